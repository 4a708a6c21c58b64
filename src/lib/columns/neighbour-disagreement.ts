import type { Column } from './types';

/** Share of a record's ten nearest neighbours that bear another label; measured over the whole dataset (clusters). */
export const neighbourDisagreement: Column = {
  id: 'neighbour_disagreement',
  unit: 'ratio',
  group: 'meaning',
  cost: 'set',
  source: 'Smith, Martinez & Giraud-Carrier 2014',
};
