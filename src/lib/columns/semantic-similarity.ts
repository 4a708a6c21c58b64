import type { Column } from './types';

/** Greatest cosine similarity of a record's vector to that of a record ranked before it; measured over the whole dataset (duplicates). */
export const semanticSimilarity: Column = {
  id: 'semantic_similarity',
  unit: 'score',
  group: 'duplicates',
  cost: 'set',
  source: 'SemDeDup',
};
