import type { Column } from './types';

/** Greatest Jaccard similarity of a record's shingles to those of a record of the recipe's other files (`against`). */
export const againstSimilarity: Column = {
  id: 'against_similarity',
  unit: 'score',
  group: 'duplicates',
  cost: 'set',
  source: 'Broder 1997',
};

/** Greatest share of the n-grams of a text of the recipe's other files that stand in a record. */
export const againstOverlap: Column = {
  id: 'against_overlap',
  unit: 'ratio',
  group: 'duplicates',
  cost: 'set',
  source: 'Brown et al. 2020; PaLM',
};
