import type { Column } from './types';
import { SPACE } from '$lib/text/unicode';

/** 1 where the layout has a response and it holds nothing but white space. */
export const emptyResponse: Column = {
  id: 'empty_response',
  unit: 'flag',
  group: 'instruction',
  cost: 'cheap',
  source: 'Siftbook',
  severity: 3,
  measure: (s) => (s.response ? Number(s.response.count(SPACE) === s.response.length) : NaN),
};
