import { SEMANTIC_DEFAULT, SEMANTIC_FLOOR, TFIDF } from '../alike';
import { onSchema } from '../schema';
import type { SemanticStep } from '../types';
import { checkModel, checkNames, PARTS } from './fields';
import type { StepDefinition } from './definition';
import { checkPreference, preferenceSchemas } from './preference';
import { dropTwins } from './twins';

export const semantic: StepDefinition<SemanticStep> = {
  kind: 'semantic',
  schema: {
    type: 'object',
    description: 'Of records that mean nearly the same the best one stays.',
    required: ['on', 'at'],
    additionalProperties: false,
    properties: {
      on: {
        description: 'prompt, response, system, or a field name; or a list of them.',
        anyOf: [{ type: 'string', minLength: 1 }, onSchema('Their texts together are embedded.')],
      },
      model: {
        type: 'string',
        minLength: 1,
        default: TFIDF,
        description:
          'tfidf (built in), field:NAME (vectors that the file holds) or the id of an embedding model. Thresholds belong to a model.',
      },
      at: {
        type: 'number',
        minimum: SEMANTIC_FLOOR,
        maximum: 1,
        description: 'Cosine similarity from which on a record is a semantic duplicate.',
      },
      ...preferenceSchemas,
    },
  },
  initial: { ...SEMANTIC_DEFAULT, on: SEMANTIC_DEFAULT.on[0] },
  check: (body, context) => [
    ...(Array.isArray(body.on)
      ? checkNames(body.on, ['on'], PARTS, context)
      : checkNames([body.on], [], PARTS, context).map((fault) => ({ ...fault, path: ['on'] }))),
    ...checkModel(body.model, context),
    ...checkPreference(body, context),
  ],
  plan: (body, planner) =>
    dropTwins('semantic_similarity', {
      pairs: planner.semantic(body),
      prefer: planner.preference(body.prefer, body.keep),
      at: body.at,
    }),
};
