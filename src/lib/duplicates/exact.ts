import type { Groups } from './groups';

/** Each record's number among its equals before it, from 0 (0 = the first, the one that stays); the `exact_rank` column. */
export function exactRank({ ids, count }: Groups): Float32Array {
  const seen = new Uint32Array(count);
  const out = new Float32Array(ids.length);
  for (let i = 0; i < ids.length; i++) out[i] = seen[ids[i]]++;
  return out;
}

/** Repetition by whole equal records or fields. */
export interface ExactSummary {
  on: string[];
  /** Groups with more than one member. */
  groups: number;
  /** Records beyond the first of their group. */
  extra: number;
}

/** How many exact duplicates there are; `on` names the fields that were compared. */
export function exactSummary({ ids, count }: Groups, on: string[]): ExactSummary {
  const sizes = new Uint32Array(count);
  for (let i = 0; i < ids.length; i++) sizes[ids[i]]++;
  let groups = 0;
  for (let g = 0; g < count; g++) if (sizes[g] > 1) groups++;
  return { on, groups, extra: ids.length - count };
}
