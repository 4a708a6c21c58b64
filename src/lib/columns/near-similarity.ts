import type { Column } from './types';

/** Greatest Jaccard similarity of a record's shingles to those of a record ranked before it; measured over the whole dataset (duplicates). */
export const nearSimilarity: Column = {
  id: 'near_similarity',
  unit: 'score',
  group: 'duplicates',
  cost: 'set',
  source: 'Broder 1997',
};
