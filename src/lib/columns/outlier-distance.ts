import type { Column } from './types';

/** Mean cosine distance of a record's vector to its ten nearest neighbours; measured over the whole dataset (clusters). */
export const outlierDistance: Column = {
  id: 'outlier_distance',
  unit: 'score',
  group: 'meaning',
  cost: 'set',
  source: 'Angiulli & Pizzuti 2002',
};
