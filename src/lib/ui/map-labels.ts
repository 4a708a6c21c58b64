import { toPixel, type Viewport } from '$lib/engine/viewport';

/** A name to stand at a point of the plane. */
export interface MapLabel {
  x: number;
  y: number;
  text: string;
  /** Records it stands for: the larger goes first, and stands out. */
  size: number;
  /** Of the name, as CSS; the ink where absent. */
  colour?: string;
}

/** A rectangle in CSS pixels of the view. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where a label is drawn. */
export interface PlacedLabel extends Box {
  index: number;
  font: 11 | 13;
}

export const WIDEST = 190;
const LINE = { 11: 14, 13: 17 };
const COUNT = 13;
/** Names in the larger size at most: more of them stand out from nothing. */
const LARGE = 6;
const GAP = 3;
/** Share of the view that names may cover: what is named stays visible. */
const COVER = 0.24;
/** How far a name may stand from its point, in its own widths and heights; nearer ones first. */
const SHIFTS: readonly [number, number][] = [
  [0, 0],
  [0, -0.5],
  [0, 0.5],
  [0, -1.15],
  [0, 1.15],
  [0.3, 0],
  [-0.3, 0],
  [0.3, -0.6],
  [-0.3, -0.6],
  [0.3, 0.6],
  [-0.3, 0.6],
];

/**
 * Places names over their points without any two touching: the largest first, each at the nearest free spot of a few; one without
 * a free spot is left out. Greedy point-feature placement (Christensen, Marks and Shieber 1995 compare it with others).
 * @param measure width in pixels of a text in a size.
 * @param taken where no name may stand.
 */
export function placeLabels(
  labels: readonly MapLabel[],
  view: Viewport,
  measure: (text: string, font: 11 | 13) => number,
  taken: readonly Box[] = [],
): PlacedLabel[] {
  const most = labels.reduce((max, { size }) => Math.max(max, size), 0);
  const order = [...labels.keys()].sort((a, b) => labels[b].size - labels[a].size || a - b);
  const placed: PlacedLabel[] = [];
  let room = COVER * view.width * view.height;
  for (const index of order) {
    const label = labels[index];
    if (!label.text) continue;
    const at = toPixel(view, label.x, label.y);
    if (!(at.x >= 0 && at.y >= 0 && at.x <= view.width && at.y <= view.height)) continue;
    const font = placed.length < LARGE && label.size >= most * 0.6 ? 13 : 11;
    const width = Math.min(WIDEST, Math.ceil(measure(label.text, font)));
    const height = LINE[font] + COUNT;
    if (width * height > room) continue;
    const spot = spotOf(at, width, height, view, [...taken, ...placed]);
    if (!spot) continue;
    placed.push({ index, ...spot, width, height, font });
    room -= width * height;
  }
  return placed;
}

function spotOf(
  at: { x: number; y: number },
  width: number,
  height: number,
  view: Viewport,
  taken: readonly Box[],
): { left: number; top: number } | null {
  for (const [dx, dy] of SHIFTS) {
    const left = Math.round(at.x + (dx - 0.5) * width);
    const top = Math.round(at.y + (dy - 0.5) * height);
    if (left < GAP || top < GAP || left + width > view.width - GAP || top + height > view.height - GAP) continue;
    const free = taken.every(
      (other) =>
        left + width + 2 * GAP <= other.left ||
        other.left + other.width + 2 * GAP <= left ||
        top + height + GAP <= other.top ||
        other.top + other.height + GAP <= top,
    );
    if (free) return { left, top };
  }
  return null;
}
