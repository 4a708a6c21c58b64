import { PERSONAL_KINDS } from '$lib/text/personal';
import { redacted } from '$lib/text/redact';
import { onSchema } from '../schema';
import type { RedactStep } from '../types';
import type { StepDefinition } from './definition';
import { checkNames, TEXTS } from './fields';

/** Kinds of spans, as the columns of personal data find them. */
export const SPAN_KINDS: readonly string[] = [...PERSONAL_KINDS, 'secret'];

export const redact: StepDefinition<RedactStep> = {
  kind: 'redact',
  schema: {
    type: 'object',
    description: 'Puts a sign in place of personal data. Drops no record.',
    required: ['kinds'],
    additionalProperties: false,
    properties: {
      kinds: {
        type: 'array',
        items: { type: 'string', enum: SPAN_KINDS },
        minItems: 1,
        uniqueItems: true,
        description: 'What is replaced.',
      },
      with: { type: 'string', description: '{kind} stands for the kind. Default [{kind}].', default: '[{kind}]' },
      on: onSchema('prompt, response, system or field names. Default: prompt, response and system.'),
    },
  },
  initial: { kinds: ['email', 'phone', 'id-card-cn', 'bank-card'], with: '[{kind}]' },
  check: (body, context) => checkNames(body.on ?? [], ['on'], TEXTS, context),
  plan(body, planner) {
    const kinds = SPAN_KINDS.filter((kind) => body.kinds.includes(kind));
    const sign = body.with ?? '[{kind}]';
    planner.rewrite({
      signature: JSON.stringify(['redact', kinds, sign, body.on ?? null]),
      on: body.on ?? null,
      apply: (text, tools) => redacted(text, tools.spans(text, kinds), sign),
    });
  },
};
