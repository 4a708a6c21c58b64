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

/** Records and rows (copies counted) of each class among those that are there; `copies` is 0 for the others. */
export function tally(
  codes: Int32Array,
  copies: Uint16Array,
  classes: number,
): { members: Uint32Array; rows: Float64Array } {
  const members = new Uint32Array(classes);
  const rows = new Float64Array(classes);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code < 0 || copies[i] === 0) continue;
    members[code]++;
    rows[code] += copies[i];
  }
  return { members, rows };
}

/** Entries of the table that counts draws by class and leading bits: small enough for a core's own cache (2^17 took half as long again). */
const TABLE = 1 << 15;

/**
 * Gives every member of a class its copies: fewer rows wanted than members keeps those of the smallest draws; more repeats
 * all of them whole times and those of the smallest draws once more (equal draws: by place). Members of no class (-1) are
 * not touched, nor is a class that has its rows already. `copies` is 0 for a record that is not there, and is rewritten.
 * Nothing is sorted but the few draws that share their leading bits with a class's limit.
 */
export function balance(draws: Uint32Array, codes: Int32Array, copies: Uint16Array, targets: ArrayLike<number>): void {
  const classes = targets.length;
  const { members, rows } = tally(codes, copies, classes);
  const whole = new Uint32Array(classes);
  const extra = new Uint32Array(classes);
  const open = new Uint8Array(classes);
  for (let c = 0; c < classes; c++) {
    if (rows[c] === targets[c] || members[c] === 0) continue;
    open[c] = 1;
    whole[c] = Math.min(MOST_COPIES, Math.floor(targets[c] / members[c]));
    extra[c] = whole[c] === MOST_COPIES ? 0 : targets[c] - whole[c] * members[c];
  }
  const bits = Math.max(1, Math.min(12, Math.floor(Math.log2(TABLE / Math.max(1, classes)))));
  const shift = 32 - bits;
  const counts = new Uint32Array(classes << bits);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code >= 0 && open[code] === 1 && copies[i] > 0) counts[(code << bits) | (draws[i] >>> shift)]++;
  }
  // Per class: the leading bits at which its extra rows run out, and how many of those with just these bits get one.
  const limit = new Uint32Array(classes);
  const left = new Uint32Array(classes);
  for (let c = 0; c < classes; c++) {
    let rest = extra[c];
    let at = 0;
    while (rest > 0 && counts[(c << bits) | at] <= rest) rest -= counts[(c << bits) | at++];
    limit[c] = at;
    left[c] = rest;
  }
  const close: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code < 0 || open[code] === 0 || copies[i] === 0) continue;
    const lead = draws[i] >>> shift;
    if (lead === limit[code] && left[code] > 0) close.push(i);
    else copies[i] = whole[code] + (lead < limit[code] ? 1 : 0);
  }
  close.sort((a, b) => codes[a] - codes[b] || draws[a] - draws[b] || a - b);
  for (const i of close) {
    const code = codes[i];
    copies[i] = whole[code] + (left[code] > 0 ? 1 : 0);
    if (left[code] > 0) left[code]--;
  }
}
