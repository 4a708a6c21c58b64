/** Sets of positions of a handle, one an entry: positions are whole numbers from 1 on, and most sets are all those up to one. */

/** Ranges above `low` up to and with `high`, flat: low, high, low, high…; ascending, no two touch. */
export type Ranges = readonly number[];

const NOWHERE: Ranges = [];

/** Marks a set that is not simply all positions up to one. */
export const LISTED = 0xffff;

/** Positions below LISTED. Nothing is allocated for a set that is empty or reaches from the first position to some other. */
export class Positions {
  /** Each set's last position where it begins with the first; 0: it is empty; LISTED: it is neither. */
  readonly ends: Uint16Array;
  #lists = new Map<number, Ranges>();

  constructor(length: number) {
    this.ends = new Uint16Array(length);
  }

  get(entry: number): Ranges {
    const end = this.ends[entry];
    if (end === LISTED) return this.#lists.get(entry)!;
    return end === 0 ? NOWHERE : [0, end];
  }

  set(entry: number, ranges: Ranges): void {
    const listed = ranges.length > 2 || ranges[0] > 0;
    if (listed) this.#lists.set(entry, ranges);
    else if (this.ends[entry] === LISTED) this.#lists.delete(entry);
    this.ends[entry] = listed ? LISTED : (ranges[1] ?? 0);
  }
}

/** What is left of `ranges` without `taken`; `ranges` itself where that is all. */
export function minus(ranges: Ranges, taken: Ranges): Ranges {
  const left: number[] = [];
  let touched = false;
  let first = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    let low = ranges[i];
    const high = ranges[i + 1];
    while (first < taken.length && taken[first + 1] <= low) first += 2;
    for (let k = first; k < taken.length && taken[k] < high; k += 2) {
      touched = true;
      if (taken[k] > low) left.push(low, taken[k]);
      low = taken[k + 1];
    }
    if (low < high) left.push(low, high);
  }
  return touched ? left : ranges;
}

/** The positions of either. */
export function plus(a: Ranges, b: Ranges): Ranges {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const next = j >= b.length || (i < a.length && a[i] <= b[j]) ? a : b;
    const from = next === a ? i : j;
    if (next === a) i += 2;
    else j += 2;
    const last = both.length - 1;
    if (last >= 0 && next[from] <= both[last]) both[last] = Math.max(both[last], next[from + 1]);
    else both.push(next[from], next[from + 1]);
  }
  return both;
}
