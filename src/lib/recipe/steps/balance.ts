import { balance as assign, balanceMode, balanceTargets, tally } from '$lib/sampling/balance';
import { KEPT, type BalanceStep } from '../types';
import { checkCategory } from './fields';
import type { Fault, StepDefinition } from './definition';

export { balanceTargets };

const modes = ['natural', 'uniform', 'temperature', 'cap', 'per-class'] as const;

export const balance: StepDefinition<BalanceStep> = {
  kind: 'balance',
  schema: {
    type: 'object',
    description:
      'Chooses how many records of each class are kept. Which ones: the smallest of a hash of seed and record.',
    required: ['by'],
    additionalProperties: false,
    properties: {
      by: {
        type: 'string',
        minLength: 1,
        description: 'label, label:1 (first level), source, language, task_type, sentence_type, cluster, or a field.',
      },
      mode: { type: 'string', enum: modes, description: 'Default: what the other keys say, else natural.' },
      temperature: { type: 'number', exclusiveMinimum: 0, description: 'p ∝ n^(1/T): 1 natural, large uniform.' },
      cap: { type: 'integer', minimum: 0, description: 'No class keeps more than this.' },
      'per-class': { type: 'integer', minimum: 0, description: 'Each class gets this many.' },
      counts: {
        type: 'object',
        description: 'Rows of single classes, over the mode.',
        additionalProperties: { type: 'integer', minimum: 0 },
      },
      total: { type: 'integer', minimum: 0, description: 'Rows of an epoch; default: what is there.' },
      over: { type: 'boolean', description: 'Classes short of their target are repeated. Default false.' },
    },
  },
  initial: { by: 'label', mode: 'natural' },
  check(body, context) {
    const faults: Fault[] = checkCategory(body.by, 'by', context);
    const mode = balanceMode(body);
    for (const key of ['temperature', 'cap', 'per-class'] as const) {
      if (mode === key && body[key] === undefined)
        faults.push({ path: ['mode'], code: 'missing-key', values: { key } });
      if (mode !== key && body[key] !== undefined)
        faults.push({ path: [key], code: 'not-with-mode', values: { key, mode } });
    }
    if (body.total !== undefined && (mode === 'cap' || mode === 'per-class'))
      faults.push({ path: ['total'], code: 'not-with-mode', values: { key: 'total', mode } });
    return faults;
  },
  plan(body, planner) {
    const category = planner.category(body.by);
    const draw = planner.draw('balance');
    return {
      decide(measured, { index, fate, copies }) {
        const { codes, names } = measured.classes(category);
        const { rows } = tally(codes, copies, names.length);
        assign(measured.draws(draw), codes, copies, balanceTargets(rows, names, body));
        let dropped = 0;
        for (let i = 0; i < fate.length; i++)
          if (copies[i] === 0 && fate[i] === KEPT) {
            fate[i] = index;
            dropped++;
          }
        return dropped;
      },
      explain(measured, { fate }, index) {
        const { codes, names } = measured.classes(category);
        const ranks = new Uint32Array(codes.length);
        const seen = new Uint32Array(names.length);
        const kept = new Uint32Array(names.length);
        for (const place of measured.order(draw)) {
          const code = codes[place];
          if (code < 0 || fate[place] < index) continue;
          ranks[place] = seen[code]++;
          if (fate[place] > index) kept[code]++;
        }
        return (place) => ({ column: 'class_rank', value: ranks[place], cut: { max: kept[codes[place]] - 1 } });
      },
    };
  },
};
