import type { RelabelStep } from '../types';
import type { StepDefinition } from './definition';

export const relabel: StepDefinition<RelabelStep> = {
  kind: 'relabel',
  schema: {
    type: 'object',
    description: 'Gives labels other names, or merges several into one. Drops no record.',
    required: ['merge'],
    additionalProperties: false,
    properties: {
      merge: {
        type: 'object',
        description: 'Old label path → new one; levels are joined by "/".',
        minProperties: 1,
        additionalProperties: { type: 'string', minLength: 1 },
      },
    },
  },
  initial: { merge: {} },
  plan(body, planner) {
    planner.merge(body.merge);
  },
};
