import type { Column } from './types';
import type { Turn } from '$lib/record/types';

/** True where turns do not alternate: a system message not in front, two of one side in a row, an assistant first, a user last. */
function broken(turns: Turn[]): boolean {
  let last: 'user' | 'assistant' | 'tool' | null = null;
  for (let t = 0; t < turns.length; t++) {
    const { role } = turns[t];
    if (role === 'system') {
      if (t > 0) return true;
    } else if (role === 'tool' || role === 'function') last = 'tool';
    else if (role === 'user' || role === 'assistant') {
      if (role === last || (role === 'assistant' && last === null)) return true;
      last = role;
    }
  }
  return last === 'user' && turns.some((turn) => turn.role === 'assistant');
}

/** 1 where the order of roles is at fault; NaN without turns. */
export const roleOrder: Column = {
  id: 'role_order',
  unit: 'flag',
  group: 'instruction',
  cost: 'cheap',
  source: 'Siftbook',
  severity: 2,
  measure: (s) => (s.view.turns.length ? Number(broken(s.view.turns)) : NaN),
};
