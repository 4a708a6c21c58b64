import { apportion } from './apportion';

/** How many rows each class shall have. Absent `mode` is read from what is given, else `natural`. */
export interface BalanceRule {
  mode?: 'natural' | 'uniform' | 'temperature' | 'cap' | 'per-class';
  temperature?: number;
  cap?: number;
  'per-class'?: number;
  counts?: Record<string, number>;
  total?: number;
  over?: boolean;
}

/** The mode that a rule means where it names none. */
export function balanceMode(rule: BalanceRule): NonNullable<BalanceRule['mode']> {
  if (rule.mode) return rule.mode;
  if (rule['per-class'] !== undefined) return 'per-class';
  if (rule.cap !== undefined) return 'cap';
  if (rule.temperature !== undefined) return 'temperature';
  return 'natural';
}

/**
 * Rows wanted of each class, from the rows it has. Temperature sampling is p ∝ n^(1/T) (T = 1 natural, T → ∞ uniform;
 * Devlin et al. 2018, multilingual BERT); its whole and that of `uniform` is `total` or what is there, shared out by
 * largest remainders. Without `over` no class gets more than it has. A class with no rows gets none.
 */
export function balanceTargets(sizes: ArrayLike<number>, names: readonly string[], rule: BalanceRule): number[] {
  const have = Array.from(sizes);
  const there = have.reduce((a, b) => a + b, 0);
  const total = rule.total ?? there;
  let targets: number[];
  switch (balanceMode(rule)) {
    case 'natural':
      targets = rule.total === undefined ? have.slice() : apportion(have, total);
      break;
    case 'uniform':
      targets = apportion(
        have.map((n) => (n > 0 ? 1 : 0)),
        total,
      );
      break;
    case 'temperature': {
      const power = 1 / (rule.temperature ?? 1);
      targets = apportion(
        have.map((n) => (n > 0 ? Math.pow(n, power) : 0)),
        total,
      );
      break;
    }
    case 'cap':
      targets = have.map((n) => Math.min(n, rule.cap ?? n));
      break;
    case 'per-class':
      targets = have.map((n) => rule['per-class'] ?? n);
      break;
  }
  const counts = rule.counts;
  return targets.map((target, c) => {
    const wanted = counts && Object.hasOwn(counts, names[c]) ? counts[names[c]] : target;
    return have[c] === 0 ? 0 : rule.over ? wanted : Math.min(wanted, have[c]);
  });
}

/** Most copies of one record (they are kept in 16 bits). */
export const MOST_COPIES = 0xffff;

/**
 * Gives every member of a class its copies: fewer rows wanted than members keeps those of the smallest draws; more repeats
 * all of them whole times and the first of the draw order once more. Members of no class (-1) are not touched.
 * `order` holds all places by draw; `copies` is 0 for a record that does not reach the step and is rewritten in place.
 */
export function balance(order: Uint32Array, codes: Int32Array, copies: Uint16Array, targets: ArrayLike<number>): void {
  const classes = targets.length;
  const members = new Uint32Array(classes);
  const rows = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++)
    if (copies[i] > 0 && codes[i] >= 0) {
      members[codes[i]]++;
      rows[codes[i]] += copies[i];
    }
  const whole = new Uint32Array(classes);
  const extra = new Uint32Array(classes);
  const settled = new Uint8Array(classes);
  for (let c = 0; c < classes; c++) {
    if (rows[c] === targets[c]) settled[c] = 1;
    else if (members[c] > 0) {
      whole[c] = Math.min(MOST_COPIES, Math.floor(targets[c] / members[c]));
      extra[c] = whole[c] === MOST_COPIES ? 0 : targets[c] - whole[c] * members[c];
    }
  }
  for (let j = 0; j < order.length; j++) {
    const i = order[j];
    const c = codes[i];
    if (c < 0 || copies[i] === 0 || settled[c]) continue;
    if (extra[c] > 0) {
      extra[c]--;
      copies[i] = whole[c] + 1;
    } else copies[i] = whole[c];
  }
}
