import { htmlRemains, htmlWanted } from '$lib/text/html-remains';
import { normaliser } from '$lib/text/normalise';
import { onSchema } from '../schema';
import type { NormaliseStep } from '../types';
import type { Around, Fault, StepDefinition } from './definition';
import { checkNames, TEXTS } from './fields';

const strips = ['control', 'zero-width', 'bidi', 'html', 'emoji', 'urls'] as const;
const collapses = ['spaces', 'newlines'] as const;

export const normalise: StepDefinition<NormaliseStep> = {
  kind: 'normalise',
  schema: {
    type: 'object',
    description: 'Tidies texts. Drops no record.',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      unicode: {
        type: 'string',
        enum: ['NFC', 'NFKC', 'NFD', 'NFKD'],
        description: 'Unicode form of the texts. NFKC and NFKD make Chinese punctuation plain, too.',
      },
      strip: {
        type: 'array',
        items: { type: 'string', enum: strips },
        uniqueItems: true,
        description:
          'What is taken out. Code blocks and inline code are left alone by html, emoji and urls; html goes only where the column html finds remains.',
      },
      collapse: {
        type: 'array',
        items: { type: 'string', enum: collapses },
        uniqueItems: true,
        description: 'Runs of spaces become one (indentation and code stay); three or more newlines become two.',
      },
      'full-width': {
        type: 'boolean',
        description:
          'Full-width letters, digits and signs (Ａ, １, ％) and the ideographic space become plain ones. Chinese punctuation (，。：；？！（）) stays.',
      },
      on: onSchema('prompt, response, system or field names. Default: prompt, response and system.'),
    },
  },
  initial: { unicode: 'NFC', strip: ['control', 'zero-width'], collapse: ['spaces', 'newlines'] },
  check(body, context) {
    const works = body.unicode || body.strip?.length || body.collapse?.length || body['full-width'];
    const faults: Fault[] = works ? [] : [{ path: [], code: 'nothing-to-do' }];
    return [...faults, ...checkNames(body.on ?? [], ['on'], TEXTS, context)];
  },
  plan(body, planner) {
    const { unicode, strip = [], collapse = [], on } = body;
    const options = {
      unicode,
      strip: strips.filter((item) => strip.includes(item)),
      collapse: collapses.filter((item) => collapse.includes(item)),
      fullWidth: body['full-width'] ?? false,
    };
    const rewrite = normaliser(options);
    planner.rewrite({
      signature: JSON.stringify(['normalise', options, on ?? null]),
      on: on ?? null,
      apply: (text, _, { role, view }) => rewrite(text, (now) => leftOver(now, role, view)),
    });
  },
};

/** The judgement of the column `html` on one text of a record; a text in no role is judged as an answer is. */
function leftOver(text: string, role: Around['role'], view: Around['view']): boolean {
  if (htmlRemains(text, role).length === 0) return false;
  return role === 'other' ? !htmlWanted({ ...view(), response: text }, 'response') : !htmlWanted(view(), role);
}
