import type { Range } from '$lib/columns/types';

/** What cures a finding, in the shape of a recipe's step (health does not know recipe). */
export type Cure =
  | { cut: { column: string } & Range }
  | { exact: { on: string[] } }
  | { redact: { kinds: string[] } }
  | { balance: { by: string; cap?: number; mode?: 'cap' } };

/** Something wrong with the data, named as in the surface's list (`empty-response`, `exact-duplicates`, …). */
export interface Finding {
  id: string;
  severity: 1 | 2 | 3;
  count: number;
  /** Among the records the recipe still keeps. */
  remaining: number;
  /** Three places to show. */
  examples: number[];
  /** The step that cures it; null where only a look helps. */
  cut: Cure | null;
  /** Numbers for the message (a class's name and share, …). */
  detail: Record<string, string | number>;
}
