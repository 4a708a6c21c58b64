import { splitByDraw, splitStratified } from '$lib/sampling/split';
import type { GroupNeed } from '../plan';
import type { Planner } from '../planner';
import type { SplitStep } from '../types';
import { checkCategory } from './fields';
import type { Fault, StepDefinition } from './definition';

const share = (of: string) => ({ type: 'number', minimum: 0, maximum: 1, description: `Share of ${of}.` }) as const;

/** What stays together. */
function groupOf(by: string, planner: Planner): GroupNeed {
  if (by === 'near') return planner.nearGroup();
  return by === 'exact' ? planner.group(['prompt']) : planner.group([by], true);
}

export const split: StepDefinition<SplitStep> = {
  kind: 'split',
  schema: {
    type: 'object',
    description: 'Shares the records out. Records of one group never straddle two splits.',
    required: ['train'],
    additionalProperties: false,
    properties: {
      train: share('training data'),
      validation: share('validation data'),
      test: share('test data'),
      stratify: {
        type: 'string',
        minLength: 1,
        description: 'Each class of this (label, a field, …) is shared out alike.',
      },
      group: {
        type: 'string',
        minLength: 1,
        description:
          'exact: equal prompts stay together (default); near: near-duplicate prompts too; none; or a field whose equal values stay together.',
      },
    },
  },
  initial: { train: 0.8, validation: 0.1, test: 0.1 },
  check(body, context) {
    const faults: Fault[] = [];
    const sum = body.train + (body.validation ?? 0) + (body.test ?? 0);
    if (Math.abs(sum - 1) > 1e-6)
      faults.push({ path: [], code: 'shares-sum', values: { sum: Number(sum.toPrecision(6)) } });
    const named = ['exact', 'near', 'none'];
    if (body.group !== undefined && !named.includes(body.group))
      faults.push(...checkCategory(body.group, 'group', context, named));
    if (body.stratify !== undefined) faults.push(...checkCategory(body.stratify, 'stratify', context));
    return faults;
  },
  plan(body, planner) {
    const shares = [body.train, body.validation ?? 0, body.test ?? 0];
    const by = body.group ?? 'exact';
    const group = by === 'none' ? null : groupOf(by, planner);
    const draw = planner.draw('split', group);
    const strata = body.stratify === undefined ? null : planner.category(body.stratify);
    return {
      decide(measured, { copies, split: out }) {
        if (strata === null) out.set(splitByDraw(copies, measured.draws(draw), shares));
        else {
          const { codes, names } = measured.classes(strata);
          const groups = group === null ? null : measured.memberships(group);
          out.set(splitStratified(copies, measured.order(draw), groups, codes, names.length, shares));
        }
        return 0;
      },
      explain: () => () => null,
    };
  },
};
