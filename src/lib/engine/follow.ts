/** Who is kept, and what drops the others, at every position of a handle at once. */
import { Positions } from './positions';
import { count, takeTurns, type Rivals } from './twins';

/** A step behind the handle: one that compares records, or a cut (`rivals` null). */
export interface Stage {
  step: number;
  rivals: Rivals | null;
}

export interface Followed {
  /** Positions at which each record is kept. */
  kept: Positions;
  /** 1 for records that do not stay wherever they lie inside the handle, cuts aside. */
  touched: Uint8Array;
  /** Per stage and position p how many more it drops at p than at p + 1 (entry 0 says nothing). */
  dropped: { step: number; at: Int32Array }[];
}

/**
 * Follows every record through the stages.
 * @param alive positions at which each record reaches the first stage; used up
 * @param positions the last position there is
 * @param fate index of the first cut that drops a record wherever the handle is, or KEPT
 * @param stages in order of their steps
 */
export function follow(alive: Positions, positions: number, fate: Uint16Array, stages: readonly Stage[]): Followed {
  const touched = new Uint8Array(fate.length);
  const dropped = stages.map(({ step, rivals }) => {
    if (rivals) return { step, at: takeTurns(rivals, alive, touched, positions) };
    const at = new Int32Array(positions + 1);
    for (let row = 0; row < fate.length; row++) {
      if (fate[row] !== step || alive.ends[row] === 0) continue;
      count(at, alive.get(row), 1);
      alive.set(row, []);
    }
    return { step, at };
  });
  return { kept: alive, touched, dropped };
}
