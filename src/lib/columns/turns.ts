import type { Column } from './types';

/** Turns of a record without its system message. */
export const turns: Column = {
  id: 'turns',
  unit: 'turns',
  group: 'length',
  cost: 'cheap',
  source: 'Siftbook',
  measure: (s) => s.view.turns.reduce((n, turn) => n + Number(turn.role !== 'system'), 0),
};
