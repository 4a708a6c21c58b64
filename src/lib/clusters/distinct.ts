import type { Vectors } from '../embedding/types';
import { GroupTable } from '../duplicates/groups';

/** Number of the set of a record that has no vector. */
export const NONE = 0xffffffff;

/** Records by equal vectors, so that a text repeated 50,000 times is compared once. */
export interface Distinct {
  /** Number of each record's vector among the distinct ones, in order of first appearance; NONE for a row of zeros. */
  set: Uint32Array;
  sets: number;
  /** Record at which each distinct vector first stands. */
  first: Uint32Array;
}

/** Which vectors are equal, bit by bit (by two 32-bit hashes of the row). */
export function distinctVectors({ rows, dim, values }: Vectors): Distinct {
  const words = new Int32Array(values.buffer, values.byteOffset, rows * dim);
  const table = new GroupTable();
  const set = new Uint32Array(rows);
  const first = new Uint32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let low = 0x811c9dc5 | 0;
    let high = 0x9747b28c | 0;
    let any = 0;
    for (const end = at + dim; at < end; at++) {
      const word = words[at];
      any |= word;
      low = Math.imul(low ^ word, 0x01000193);
      low ^= low >>> 15;
      high = Math.imul(high + word, 0x85ebca6b);
      high ^= high >>> 13;
    }
    // A row of zeros, of either sign, is no vector.
    if ((any & 0x7fffffff) === 0) {
      set[row] = NONE;
      continue;
    }
    const before = table.size;
    set[row] = table.add(low >>> 0, high >>> 0);
    if (table.size > before) first[before] = row;
  }
  return { set, sets: table.size, first: first.slice(0, table.size) };
}

/** Records of each set, in order: those of set s are `members[starts[s]]` to `members[starts[s + 1] - 1]`. */
export function membersOf({ set, sets }: Distinct): { starts: Uint32Array; members: Uint32Array } {
  const starts = new Uint32Array(sets + 1);
  for (const s of set) if (s !== NONE) starts[s + 1]++;
  for (let s = 0; s < sets; s++) starts[s + 1] += starts[s];
  const members = new Uint32Array(starts[sets]);
  const next = starts.slice();
  for (let row = 0; row < set.length; row++) if (set[row] !== NONE) members[next[set[row]]++] = row;
  return { starts, members };
}
