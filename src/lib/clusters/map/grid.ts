import type { Bounds } from './view';

const POINTS_A_CELL = 4;
const MOST_CELLS = 2048;

/**
 * Points of the plane in the order of a grid of square cells, row by row: what lies near in the plane lies near in memory.
 * A *slot* is a point's position in that order. Records without a finite position have none.
 */
export interface PointGrid {
  /** Records given, placed or not. */
  rows: number;
  /** Record of each slot. */
  places: Int32Array;
  /** Position of each slot. */
  x: Float32Array;
  y: Float32Array;
  /** First slot of each cell, and one more: columns × lines + 1. */
  starts: Uint32Array;
  columns: number;
  lines: number;
  /** Side of a cell. */
  cell: number;
  bounds: Bounds;
}

/** Column of the cell that holds abscissa `x`; monotone in `x`, and within the grid. */
export function columnOf(grid: Pick<PointGrid, 'bounds' | 'cell' | 'columns'>, x: number): number {
  return Math.max(0, Math.min(grid.columns - 1, Math.floor((x - grid.bounds.left) / grid.cell)));
}

/** Line of the cell that holds ordinate `y`; monotone in `y`, and within the grid. */
export function lineOf(grid: Pick<PointGrid, 'bounds' | 'cell' | 'lines'>, y: number): number {
  return Math.max(0, Math.min(grid.lines - 1, Math.floor((y - grid.bounds.top) / grid.cell)));
}

/** Sorts points into a grid of about four points a cell; O(n). `x` and `y` hold one float a record, NaN where it has no place. */
export function buildGrid(x: Float32Array, y: Float32Array): PointGrid {
  const rows = x.length;
  if (y.length !== rows) throw new RangeError(`a map needs as many x as y: ${rows} and ${y.length} were given`);
  const bounds: Bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  let placed = 0;
  for (let i = 0; i < rows; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue;
    placed++;
    if (x[i] < bounds.left) bounds.left = x[i];
    if (x[i] > bounds.right) bounds.right = x[i];
    if (y[i] < bounds.top) bounds.top = y[i];
    if (y[i] > bounds.bottom) bounds.bottom = y[i];
  }
  if (placed === 0) Object.assign(bounds, { left: 0, top: 0, right: 0, bottom: 0 });
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const cells = Math.max(1, placed / POINTS_A_CELL);
  const wanted = width > 0 && height > 0 ? Math.sqrt((width * height) / cells) : Math.max(width, height) / cells;
  const cell = Math.max(wanted, Math.max(width, height) / MOST_CELLS) || 1;
  const columns = Math.min(MOST_CELLS, Math.floor(width / cell) + 1);
  const lines = Math.min(MOST_CELLS, Math.floor(height / cell) + 1);
  const grid: PointGrid = {
    rows,
    places: new Int32Array(placed),
    x: new Float32Array(placed),
    y: new Float32Array(placed),
    starts: new Uint32Array(columns * lines + 1),
    columns,
    lines,
    cell,
    bounds,
  };
  const { starts } = grid;
  const cellOf = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) {
      cellOf[i] = -1;
      continue;
    }
    cellOf[i] = lineOf(grid, y[i]) * columns + columnOf(grid, x[i]);
    starts[cellOf[i] + 1]++;
  }
  for (let c = 1; c < starts.length; c++) starts[c] += starts[c - 1];
  const next = starts.slice();
  for (let i = 0; i < rows; i++) {
    if (cellOf[i] < 0) continue;
    const slot = next[cellOf[i]]++;
    grid.places[slot] = i;
    grid.x[slot] = x[i];
    grid.y[slot] = y[i];
  }
  return grid;
}

/**
 * The slot nearest to a point of the plane within `radius` (units of the plane), -1 where there is none. Of equally near ones
 * the first record; where `preferred` (a byte a slot) marks any within reach, the nearest of those.
 */
export function nearestSlot(grid: PointGrid, x: number, y: number, radius: number, preferred?: Uint8Array): number {
  const { bounds, columns, starts, places } = grid;
  if (x + radius < bounds.left || x - radius > bounds.right) return -1;
  if (y + radius < bounds.top || y - radius > bounds.bottom) return -1;
  const [first, last] = [columnOf(grid, x - radius), columnOf(grid, x + radius)];
  const found = [-1, -1];
  const nearest = [radius * radius, radius * radius];
  for (let line = lineOf(grid, y - radius); line <= lineOf(grid, y + radius); line++) {
    const end = starts[line * columns + last + 1];
    for (let slot = starts[line * columns + first]; slot < end; slot++) {
      const distance = (grid.x[slot] - x) ** 2 + (grid.y[slot] - y) ** 2;
      const rank = preferred?.[slot] ? 0 : 1;
      if (distance > nearest[rank]) continue;
      if (distance === nearest[rank] && found[rank] >= 0 && places[slot] > places[found[rank]]) continue;
      nearest[rank] = distance;
      found[rank] = slot;
    }
  }
  return found[0] >= 0 ? found[0] : found[1];
}
