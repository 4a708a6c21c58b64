/** Deciding a recipe over a million records: cold (groups and draws made), warm (a cut moved), against filtering row objects. */
import { compile, decide, Measured, type Recipe, type Step } from '$lib/recipe';
import { emptyMapping } from '$lib/record/mapping';
import { normaliser } from '$lib/text/normalise';

const ROWS = 1_000_000;
const mapping = { ...emptyMapping('alpaca', 1), prompt: ['q'], response: 'a', label: ['l'], scores: ['s'] };
const steps: Step[] = [
  { cut: { column: 'response_chars', min: 0.05 } },
  { cut: { column: 'char_repetition', max: 0.95 } },
  { cut: { column: 'alnum', min: 0.02 } },
  { cut: { column: 'field:s', max: 0.99 } },
  { exact: { on: ['prompt', 'response'] } },
  { relabel: { merge: { c1: 'c2' } } },
  { balance: { by: 'label', cap: 9000 } },
  { split: { train: 0.8, validation: 0.1, test: 0.1 } },
];
const recipe: Recipe = { siftbook: 1, seed: 1, steps };

let state = 12345;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

const plan = compile(recipe, mapping);
const hashes = () => BigUint64Array.from({ length: ROWS }, () => (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | 5n);
const measured = new Measured(hashes());
for (const { signature } of plan.columns) measured.setColumn(signature, Float32Array.from({ length: ROWS }, random));
for (const { signature } of plan.groups) {
  const group = hashes();
  for (let i = 0; i < ROWS; i += 10) group[i] = group[i >> 1];
  measured.setGroup(signature, group);
}
const names = Array.from({ length: 100 }, (_, i) => `c${i}`);
for (const { signature } of plan.classes)
  measured.setClasses(signature, {
    codes: Int32Array.from({ length: ROWS }, () => Math.floor(random() ** 2 * 100)),
    names,
  });

/** Milliseconds of processor time, the middle of some runs: what else the machine does counts less than by the clock. */
function time(work: () => unknown, runs: number): number {
  const times = [];
  for (let i = 0; i < runs; i++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[runs >> 1];
}

const cold = time(() => decide(plan, measured), 1);
const warm = time(() => decide(plan, measured), 15);

// The rival: an array of objects, filtered step by step, groups in a Set, classes by sorting.
const [columns, group, classes] = [plan.columns.map((need) => measured.column(need)), plan.groups[0], plan.classes[0]];
const objects = Array.from({ length: ROWS }, (_, i) => ({
  values: columns.map((column) => column[i]),
  group: measured.groups(group).ids[i],
  label: measured.classes({ ...classes, merges: plan.merges }).codes[i],
  draw: random(),
}));
const naive = time(() => {
  let rows = objects.filter((row) => row.values[0] >= 0.05);
  rows = rows.filter((row) => row.values[1] <= 0.95);
  rows = rows.filter((row) => row.values[2] >= 0.02);
  rows = rows.filter((row) => row.values[3] <= 0.99);
  const seen = new Set<number>();
  rows = rows.filter((row) => !seen.has(row.group) && seen.add(row.group));
  const taken = new Map<number, number>();
  rows = rows
    .sort((a, b) => a.draw - b.draw)
    .filter((row) => {
      const count = taken.get(row.label) ?? 0;
      taken.set(row.label, count + 1);
      return count < 9000;
    });
  return rows.map((row) => (row.draw < 0.8 ? 0 : row.draw < 0.9 ? 1 : 2));
}, 1);

console.table({
  'first decision (groups and draws made)': { ms: cold.toFixed(0) },
  'a decision': { ms: warm.toFixed(1) },
  'row objects, filtered': { ms: naive.toFixed(0), 'times a decision': (naive / warm).toFixed(0) },
});

const texts = Array.from({ length: 2000 }, (_, i) =>
  `第 ${i} 条  Some  text with <b>tags</b> &amp; a link https://a.example/${i}.\n\n\n\n`.repeat(4),
);
const all = normaliser({
  unicode: 'NFC',
  strip: ['control', 'zero-width', 'bidi', 'html', 'urls', 'emoji'],
  collapse: ['spaces', 'newlines'],
  fullWidth: true,
});
const light = normaliser({ unicode: 'NFC', strip: ['control', 'zero-width'], collapse: ['spaces', 'newlines'] });
const perText = (work: (text: string) => string) => (time(() => texts.forEach(work), 9) / texts.length) * 1000;
console.table({
  'normalise, everything': { 'µs a text of 360 characters': perText(all).toFixed(1) },
  'normalise, the usual': { 'µs a text of 360 characters': perText(light).toFixed(1) },
});
