import { LAYOUT_NAMES, MAP_KEYS } from '$lib/record/mapping';
import { definitions, STEP_KINDS } from './steps';
import { TFIDF } from './alike';
import { onSchema, type Schema } from './schema';

/** The recipe version that this program writes. */
export const RECIPE_VERSION = 1;

const text: Schema = { type: 'string', minLength: 1 };

/** The whole recipe's schema. Published as `static/recipe.schema.json`; the validator reads the same object. */
export function recipeSchema(): Schema {
  return {
    type: 'object',
    title: 'Siftbook recipe',
    required: ['siftbook'],
    additionalProperties: false,
    properties: {
      siftbook: { type: 'integer', const: RECIPE_VERSION, description: "The recipe's version." },
      seed: { type: 'integer', minimum: 0, maximum: 4294967295, default: 0, description: 'Seed of every draw.' },
      source: {
        type: 'object',
        description: 'How the data is read. Default: detected.',
        additionalProperties: false,
        properties: {
          format: { type: 'string', enum: LAYOUT_NAMES, description: 'Layout of the records.' },
          map: {
            type: 'object',
            description: 'Role → field, or a list of fields.',
            additionalProperties: false,
            properties: Object.fromEntries(
              MAP_KEYS.map((role) => [role, { anyOf: [text, { type: 'array', items: text, minItems: 1 }] }]),
            ),
          },
        },
      },
      embedding: {
        type: 'object',
        description: 'Vectors behind outlier_distance, neighbour_disagreement, cluster and meaning:PHRASE.',
        additionalProperties: false,
        properties: {
          model: {
            ...text,
            default: TFIDF,
            description: 'tfidf (built in), field:NAME (vectors that the file holds) or the id of an embedding model.',
          },
          on: {
            description: 'prompt, response, system, or a field name; or a list of them.',
            anyOf: [text, onSchema('Their texts together are embedded.')],
          },
          clusters: {
            description: 'How many, or how tight. Default: as many as suit the data.',
            anyOf: [
              { type: 'integer', minimum: 1, maximum: 1000, description: 'So many clusters, by k-means.' },
              {
                type: 'object',
                description: 'As many as it takes: each record is as alike to the one that leads its cluster.',
                required: ['at'],
                additionalProperties: false,
                properties: {
                  at: {
                    type: 'number',
                    exclusiveMinimum: 0,
                    maximum: 1,
                    description: 'The least cosine. A record that nothing joins is in no cluster.',
                  },
                },
              },
            ],
          },
        },
      },
      against: {
        type: 'object',
        description: 'Other files, such as a test set, behind against_similarity and against_overlap.',
        required: ['files'],
        additionalProperties: false,
        properties: {
          files: {
            type: 'array',
            items: text,
            minItems: 1,
            uniqueItems: true,
            description: 'Names without folders; they are looked for beside the recipe, then in the current folder.',
          },
          on: {
            description: 'prompt, response, system, or a field name; or a list of them. Default: prompt.',
            anyOf: [text, onSchema('Their texts together are compared.')],
          },
        },
      },
      steps: {
        type: 'array',
        description: 'What is done, in order. Each step has one key.',
        default: [],
        items: {
          type: 'object',
          minProperties: 1,
          maxProperties: 1,
          additionalProperties: false,
          properties: Object.fromEntries(STEP_KINDS.map((kind) => [kind, definitions[kind].schema])),
        },
      },
      export: {
        type: 'array',
        description: 'What a run writes.',
        items: {
          type: 'object',
          required: ['layout'],
          additionalProperties: false,
          properties: {
            layout: { ...text, description: 'same, jsonl, json, csv, parquet, arrow, messages, alpaca, sharegpt.' },
            dir: { type: 'string', description: 'Folder below the output directory.' },
          },
        },
      },
    },
  };
}

/** The published JSON Schema, as `static/recipe.schema.json` holds it. */
export function schemaText(): string {
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...recipeSchema() }, null, 2) + '\n';
}
