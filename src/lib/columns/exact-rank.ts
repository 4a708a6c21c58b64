import type { Column } from './types';

/** Place of a record among those equal to it over the chosen fields, from 0; measured over the whole dataset (duplicates). */
export const exactRank: Column = {
  id: 'exact_rank',
  unit: 'rank',
  group: 'duplicates',
  cost: 'set',
  source: 'Siftbook',
};
