import { bestBetter } from '$lib/duplicates/near';
import type { Measured } from '../measured';
import { KEPT } from '../types';
import type { Alike, Judge } from './definition';

/**
 * Drops every record that has a twin of similarity `at` or above which is ranked before it and reaches the step too; whether that
 * twin is dropped itself does not matter, so the best of every group always stays.
 */
export function dropTwins(column: string, alike: Alike): Judge {
  const { pairs, prefer, at } = alike;
  const threshold = Math.fround(at);
  const among = (measured: Measured, alive: Uint8Array) =>
    bestBetter(measured.pairs(pairs), measured.rank(prefer), alive);
  return {
    alike,
    decide(measured, { index, fate, copies }) {
      const { similarity } = among(
        measured,
        Uint8Array.from(fate, (one) => Number(one === KEPT)),
      );
      let dropped = 0;
      for (let i = 0; i < fate.length; i++) {
        if (fate[i] !== KEPT || !(similarity[i] >= threshold)) continue;
        fate[i] = index;
        copies[i] = 0;
        dropped++;
      }
      return dropped;
    },
    explain(measured, { fate }, index) {
      const { similarity, twin } = among(
        measured,
        Uint8Array.from(fate, (one) => Number(one >= index)),
      );
      return (place) => ({ column, value: similarity[place], cut: { below: at }, twin: twin[place] });
    },
  };
}
