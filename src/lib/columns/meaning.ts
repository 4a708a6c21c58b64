import type { Column } from './types';

/** Distance of each record to a phrase (`meaning:PHRASE`), by the vectors of the recipe's embedding. */
export function meaningColumn(id: string): Column {
  return { id, unit: 'score', group: 'meaning', cost: 'set', source: 'Siftbook' };
}
