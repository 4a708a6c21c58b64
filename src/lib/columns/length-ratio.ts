import type { Column } from './types';

/** Characters of the response over characters of the prompt. */
export const lengthRatio: Column = {
  id: 'length_ratio',
  unit: 'ratio',
  group: 'length',
  cost: 'cheap',
  source: 'Siftbook',
  bad: 'both',
  measure: (s) => (s.response && s.prompt.length ? s.response.length / s.prompt.length : NaN),
};
