import type { Column } from './types';

/** Number of a record's k-means cluster, 1 the largest; measured over the whole dataset (clusters). */
export const cluster: Column = {
  id: 'cluster',
  unit: 'count',
  group: 'meaning',
  cost: 'set',
  source: 'Siftbook',
};
