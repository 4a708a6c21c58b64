import { columnOf, lineOf, type PointGrid } from './grid';

/**
 * The records inside a polygon, ascending. `polygon` holds x and y of each corner in turn, in units of the plane; its last corner
 * is joined to its first, and where it crosses itself the even–odd rule holds (crossing number, Shimrat 1962). Each point meets
 * only the edges that pass through its line of the grid.
 */
export function insidePolygon(grid: PointGrid, polygon: ArrayLike<number>): Int32Array {
  const corners = polygon.length >> 1;
  if (corners < 3 || grid.places.length === 0) return new Int32Array(0);
  const edges: number[][] = Array.from({ length: grid.lines }, () => []);
  let [left, right] = [Infinity, -Infinity];
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const [x0, y0, x1, y1] = [polygon[2 * i], polygon[2 * i + 1], polygon[2 * j], polygon[2 * j + 1]];
    left = Math.min(left, x0);
    right = Math.max(right, x0);
    if (y0 === y1) continue;
    const [low, high] = y0 < y1 ? [y0, y1] : [y1, y0];
    if (high < grid.bounds.top || low > grid.bounds.bottom) continue;
    for (let line = lineOf(grid, low); line <= lineOf(grid, high); line++) edges[line].push(x0, y0, x1, y1);
  }
  const marks = new Uint8Array(grid.rows);
  let count = 0;
  if (right >= grid.bounds.left && left <= grid.bounds.right) {
    const [first, last] = [columnOf(grid, left), columnOf(grid, right)];
    edges.forEach((list, line) => {
      if (list.length === 0) return;
      const start = grid.starts[line * grid.columns + first];
      count += markLine(grid, start, grid.starts[line * grid.columns + last + 1], Float64Array.from(list), marks);
    });
  }
  const inside = new Int32Array(count);
  for (let place = 0, n = 0; n < count; place++) if (marks[place]) inside[n++] = place;
  return inside;
}

/** Marks the records of slots from `start` to `end` that lie inside; how many. */
function markLine({ x, y, places }: PointGrid, start: number, end: number, edges: Float64Array, marks: Uint8Array) {
  let count = 0;
  for (let slot = start; slot < end; slot++) {
    const [px, py] = [x[slot], y[slot]];
    let odd = 0;
    for (let e = 0; e < edges.length; e += 4) {
      const y0 = edges[e + 1];
      const y1 = edges[e + 3];
      if (y0 > py === y1 > py) continue;
      if (px < ((edges[e + 2] - edges[e]) * (py - y0)) / (y1 - y0) + edges[e]) odd ^= 1;
    }
    count += odd;
    marks[places[slot]] = odd;
  }
  return count;
}
