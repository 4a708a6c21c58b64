import type { Groups } from '$lib/duplicates/groups';
import { onSchema } from '../schema';
import { KEPT, type ExactStep } from '../types';
import { checkNames, PARTS } from './fields';
import type { StepDefinition } from './definition';

/** What `exact_rank` and a fresh step compare. */
export const EXACT_FIELDS: readonly string[] = ['prompt', 'response'];

export const exact: StepDefinition<ExactStep> = {
  kind: 'exact',
  schema: {
    type: 'object',
    description: 'Of records that are equal in these fields the first in the file stays.',
    required: ['on'],
    additionalProperties: false,
    properties: { on: onSchema('prompt, response, system, label, or field names.') },
  },
  initial: { on: [...EXACT_FIELDS] },
  check: (body, context) => checkNames(body.on, ['on'], PARTS, context),
  plan(body, planner) {
    const need = planner.group(body.on);
    return {
      decide(measured, { index, fate, copies }) {
        const { ids, count } = measured.groups(need);
        const seen = new Uint8Array(count);
        let dropped = 0;
        for (let i = 0; i < fate.length; i++) {
          if (fate[i] !== KEPT) continue;
          const group = ids[i];
          if (seen[group] === 0) seen[group] = 1;
          else {
            fate[i] = index;
            copies[i] = 0;
            dropped++;
          }
        }
        return dropped;
      },
      explain(measured, { fate }, index) {
        const ranks = ranksAmong(measured.groups(need), (place) => fate[place] >= index);
        return (place) => ({ column: 'exact_rank', value: ranks[place], cut: { max: 0 } });
      },
    };
  },
};

/** Number of each record among the earlier members of its group that reach the step. */
function ranksAmong({ ids, count }: Groups, reaches: (place: number) => boolean): Uint32Array {
  const seen = new Uint32Array(count);
  const ranks = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) if (reaches(i)) ranks[i] = seen[ids[i]]++;
  return ranks;
}
