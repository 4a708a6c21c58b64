import { LIKENESSES, NEAR_DEFAULT, NEAR_FLOOR } from '../alike';
import { onSchema } from '../schema';
import type { NearStep } from '../types';
import { checkNames, PARTS } from './fields';
import type { StepDefinition } from './definition';
import { checkPreference, preferenceSchemas } from './preference';
import { dropTwins } from './twins';

export const near: StepDefinition<NearStep> = {
  kind: 'near',
  schema: {
    type: 'object',
    description: 'Of records whose texts are nearly the same the best one stays.',
    required: ['on', 'at'],
    additionalProperties: false,
    properties: {
      on: onSchema('prompt, response, system, or field names; their texts together are compared.'),
      at: {
        type: 'number',
        minimum: NEAR_FLOOR,
        maximum: 1,
        description: 'Jaccard similarity of the shingle sets from which on a record is a near-duplicate.',
      },
      words: { type: 'integer', minimum: 1, maximum: 32, description: 'Words in a shingle, where a text has no Han.' },
      chars: { type: 'integer', minimum: 1, maximum: 64, description: 'Characters in a shingle of Han text.' },
      ignore: {
        type: 'array',
        items: { type: 'string', enum: LIKENESSES },
        uniqueItems: true,
        description:
          'Differences that do not count: upper and lower case, full-width forms, punctuation and symbols, which number it is. Default: case, width, punctuation; [] for none.',
      },
      ...preferenceSchemas,
    },
  },
  initial: { ...NEAR_DEFAULT, on: [...NEAR_DEFAULT.on] },
  check: (body, context) => [...checkNames(body.on, ['on'], PARTS, context), ...checkPreference(body, context)],
  plan(body, planner) {
    const prefer = planner.preference(body.prefer, body.keep);
    return dropTwins('near_similarity', { pairs: planner.near(body, prefer), prefer, at: body.at });
  },
};
