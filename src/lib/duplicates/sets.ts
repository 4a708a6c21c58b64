import { sharedShingles, type ShingleSets } from '$lib/text/shingles';
import { mixed } from '$lib/text/units';
import { GroupTable } from './groups';

/** Number of a record without shingles. */
export const NO_SET = 0xffffffff;

/** Which records have equal shingle sets. */
export interface DistinctSets {
  /** Number of each record's set, in order of first appearance; NO_SET where it has no text. */
  set: Uint32Array<ArrayBuffer>;
  /** The first record of each set. */
  first: Uint32Array<ArrayBuffer>;
}

/** Numbers the distinct sets. Sets are told apart by 64 bits over their shingles and their size, and compared with the first of theirs. */
export function distinctSets(shingles: ShingleSets): DistinctSets {
  const { offsets, hashes, checks } = shingles;
  const rows = offsets.length - 1;
  const set = new Uint32Array(rows);
  const first = new Uint32Array(rows);
  const table = new GroupTable();
  for (let row = 0; row < rows; row++) {
    const from = offsets[row];
    const to = offsets[row + 1];
    if (from === to) {
      set[row] = NO_SET;
      continue;
    }
    let low = to - from;
    let high = ~low;
    for (let i = from; i < to; i++) {
      low = Math.imul((low << 5) ^ (low >>> 27) ^ hashes[i], 0x9e3779b1);
      high = mixed(high ^ hashes[i]) + checks[i];
    }
    low = mixed(low) >>> 0;
    high = mixed(high) >>> 0;
    for (;;) {
      const before = table.size;
      const id = table.add(low, high);
      if (id === before) first[id] = row;
      else if (!equal(shingles, first[id], row)) {
        // Two sets of one hash, once in ages: the later one looks for another place.
        high = (high + 1) >>> 0;
        continue;
      }
      set[row] = id;
      break;
    }
  }
  return { set, first: first.slice(0, table.size) };
}

function equal(shingles: ShingleSets, a: number, b: number): boolean {
  const { offsets } = shingles;
  const size = offsets[a + 1] - offsets[a];
  return size === offsets[b + 1] - offsets[b] && sharedShingles(shingles, a, b, size) === size;
}
