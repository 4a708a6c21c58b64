/**
 * Dragging a cut over 1 M rows × 20 columns: building the index, a look-up per move, a jump, against crossfilter2 in the same
 * run. Run: npx tsx tests/bench/dragging.bench.ts [rows]
 */
import crossfilter from 'crossfilter2';
import { Charts, type ChartCut } from '../../src/lib/engine/charts';
import { dragCounts, lookupDrag } from '../../src/lib/engine/drag';
import { classesOf } from '../../src/lib/engine/drag-classes';
import { buildDrag } from '../../src/lib/engine/drag-index';
import { dragSteps } from '../../src/lib/engine/drag-steps';
import { follow, type Stage } from '../../src/lib/engine/follow';
import { Positions } from '../../src/lib/engine/positions';
import { rankOrder } from '../../src/lib/duplicates/near';
import { KEPT } from '../../src/lib/recipe/types';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const COLUMNS = 20;
const MOVES = 200;

let state = 5;
function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** Lengths, ratios, counts and a few missing values, as the real columns have. */
const draws = [
  () => Math.floor(Math.exp(2 + random() * 6)),
  () => random(),
  () => Math.floor(random() * 40),
  () => (random() < 0.1 ? NaN : random() * random()),
];
const columns = Array.from({ length: COLUMNS }, (_, c) => Float32Array.from({ length: ROWS }, draws[c % 4]));
const ids = Array.from({ length: COLUMNS }, (_, c) => `field:c${c}`);

/** Milliseconds of CPU where the work takes some, so that other programs on the machine count less; else by the clock. */
function timed<T>(work: () => T): { value: T; ms: number } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const value = work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { value, ms: ms > 5 ? (user + system) / 1000 : ms };
}
const at = (times: number[], q: number) =>
  times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
const show = (ms: number) => (ms < 1 ? ms.toFixed(3) : ms.toFixed(1)).padStart(9);
function row(what: string, times: number[], bound = ''): number {
  const [median, p95] = [at(times, 0.5), at(times, 0.95)];
  console.log(`${what.padEnd(44)} ${show(median)} ${show(p95)}   ${bound}`);
  return p95;
}

const charts = new Charts(ROWS);
const prepare = performance.now();
await charts.prepare(
  ids.map((id, c) => ({ id, version: '1', values: () => columns[c], bytes: () => null })),
  [],
);
const prepared = performance.now() - prepare;

/** Cuts on five columns, none of which drops much. */
const cutAt = (c: number, low: number, high: number): ChartCut => {
  const { stats } = charts.distributions.get(ids[c])!;
  const span = stats.max - stats.min;
  return {
    step: c,
    column: ids[c],
    min: Math.fround(stats.min + span * low),
    max: Math.fround(stats.min + span * high),
    version: '1',
    values: () => columns[c],
  };
};
const cuts = [cutAt(0, 0.001, 0.9), cutAt(1, 0.05, 0.97), cutAt(2, 0, 0.95), cutAt(5, 0.02, 0.99), cutAt(9, 0.1, 1)];

console.log(`${ROWS} rows × ${COLUMNS} columns, 5 cuts; milliseconds`);
console.log(`${''.padEnd(44)}    median       p95`);
row('bins and statistics of all columns', [prepared]);
row('masks and counts, full pass', [timed(() => charts.link(cuts, null)).ms]);

const dragged = 1;
const { stats, scale } = charts.distributions.get(ids[dragged])!;
const steps = dragSteps(scale.edges, stats.min, stats.max, false);
const build = () =>
  buildDrag(charts.linked!, {
    column: ids[dragged],
    classes: classesOf(steps, columns[dragged]),
    cut: dragged,
    view: dragged,
    names: charts.names,
    steps,
    tokens: columns[0],
  });
const builds = Array.from({ length: 5 }, () => timed(build).ms);
row(`drag index, ${steps.length} positions`, builds);
/** Of every hundred records `share` are the twin of the one before; ranks are drawn. */
const compared = (share: number, step: number): Stage => {
  const set = Uint32Array.from({ length: ROWS }, (_, row) => (row % 100 < 2 * share ? row & ~1 : row));
  const keys = Float32Array.from({ length: ROWS }, () => random());
  return { step, rivals: { set, sets: ROWS, joined: null, rank: rankOrder([keys], ROWS) } };
};
for (const share of [1, 50]) {
  const stages = [compared(share, 2), compared(share, 3)];
  const following = () => {
    const classes = classesOf(steps, columns[dragged]);
    const alive = new Positions(ROWS);
    for (let row = 0; row < ROWS; row++) alive.ends[row] = classes.of[row] + 1;
    return follow(alive, classes.count + 1, new Uint16Array(ROWS).fill(KEPT), stages);
  };
  const times = Array.from({ length: 5 }, () => timed(following).ms);
  row(`beside, two steps that compare, ${share} % twins`, times);
}
const index = build();
const into = dragCounts(index);
const places = Array.from({ length: MOVES }, (_, i) => 0.1 + (0.4 * i) / MOVES);
for (const low of places) lookupDrag(index, low, undefined, into);
const lookups = places.map((low) => timed(() => lookupDrag(index, low, undefined, into)).ms);
const ours = row('a move of the handle: look-up', lookups, '≤ 1 ms (p95)');

for (const high of [0.3, 0.9, 0.3, 0.9, 0.3, 0.97]) charts.link(cuts.with(1, cutAt(1, 0.05, high)), null);
const jumps = Array.from({ length: 100 }, (_, i) => {
  const low = i % 2 === 0 ? 0.05 : 0.6;
  return timed(() => charts.link(cuts.with(1, cutAt(1, low, 0.97)), null)).ms;
});
row('a jump over half the range, exact', jumps, '≤ 50 ms');
const small = places.slice(0, 50).map((low) => timed(() => charts.link(cuts.with(1, cutAt(1, low, 0.97)), null)).ms);
row('a small exact move', small);
const extra = cutAt(12, 0.05, 0.9);
const changes = Array.from(
  { length: 20 },
  (_, i) => timed(() => charts.link(i % 2 === 0 ? cuts.toSpliced(3, 0, extra) : cuts, null)).ms,
);
row('a cut more, a cut less', changes);

const rival = timed(() => {
  const records = Array.from({ length: ROWS }, (_, i) => i);
  const filter = crossfilter(records);
  const dimensions = columns.map((values) => filter.dimension((i) => (values[i] === values[i] ? values[i] : -1)));
  const groups = dimensions.map((dimension, c) => {
    const { scale: own } = charts.distributions.get(ids[c])!;
    const [first, width] = [own.edges[0], own.edges[1] - own.edges[0]];
    const last = own.edges.length - 2;
    return dimension
      .group((value) => Math.max(0, Math.min(last, Math.floor((Number(value) - first) / width))))
      .reduceCount();
  });
  return { filter, dimensions, groups };
});
row('crossfilter2: build', [rival.ms]);
for (const cut of cuts) rival.value.dimensions[cut.step].filterRange([cut.min, cut.max]);
const rivalMoves = places.map(
  (low) =>
    timed(() => {
      rival.value.dimensions[dragged].filterRange([low, 2]);
      for (const group of rival.value.groups) group.all();
    }).ms,
);
const theirs = row('crossfilter2: a move', rivalMoves);
console.log(`a move against crossfilter2 (p95): ${(theirs / ours).toFixed(0)} × faster (at least 10 wanted)`);
