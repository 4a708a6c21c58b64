/**
 * The map over 1 M points at 900 × 600: drawing from scratch, 200 moves of a cut, jumps, lasso, hover, against a plain loop over all
 * points at every move in the same run. Run: npx tsx tests/bench/map.bench.ts [rows]
 */
import { MapView, type Inks } from '../../src/lib/engine/map';
import { fit } from '../../src/lib/engine/viewport';
import { makePoints, naive } from './points';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const MOVES = 200;
const [WIDTH, HEIGHT] = [900, 600];

/** Milliseconds by the clock and of CPU: on a busy machine the former says more of the others. */
function timed(work: () => unknown): { clock: number; cpu: number } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  work();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { clock, cpu: (user + system) / 1000 };
}
const at = (times: number[], q: number) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))];
const show = (ms: number) => ms.toFixed(ms < 10 ? 2 : 1).padStart(9);
function row(what: string, times: { clock: number; cpu: number }[], bound = ''): number {
  const clock = times.map((time) => time.clock);
  const cpu = times.map((time) => time.cpu);
  console.log(
    `${what.padEnd(46)} ${show(at(clock, 0.5))} ${show(at(clock, 0.95))} ${show(at(cpu, 0.5))} ${show(at(cpu, 0.95))}   ${bound}`,
  );
  return at(cpu, 0.5);
}
const times = (n: number, work: (i: number) => unknown) => Array.from({ length: n }, (_, i) => timed(() => work(i)));

const inks: Inks = {
  kept: [69, 82, 90],
  dropped: [221, 141, 116],
  categories: Array.from({ length: 12 }, (_, i) => [20 * i, 100, 220 - 15 * i] as const),
  other: [165, 162, 153],
  none: [201, 198, 189],
  ramp: [
    [195, 211, 207],
    [28, 39, 72],
  ],
};
const points = makePoints(ROWS);
const map = new MapView();
console.log(`${ROWS} points, ${WIDTH} × ${HEIGHT}; milliseconds`);
console.log(`${''.padEnd(46)}    median       p95   CPU med   CPU p95`);
row('grid of the points, once', [timed(() => map.setPoints(points.x, points.y))]);
const view = fit(map.bounds()!, WIDTH, HEIGHT);
const everyone = new Uint8Array(ROWS).fill(1);

const plain = naive(points, WIDTH, HEIGHT);
for (let i = 0; i < 5; i++) plain(view, 0);
const rival = row(
  'plain loop over all points: a move',
  times(40, (i) => plain(view, i / 40).slice()),
);
const ours: number[] = [];
for (const by of ['nothing', 'category', 'column'] as const) {
  map.setKept(everyone);
  map.setColour(
    by === 'nothing'
      ? null
      : by === 'category'
        ? { by, codes: points.codes }
        : { by, values: points.values, scale: 'linear' },
  );
  // The view is moved by less than a pixel, so that nothing of the last picture can be used.
  for (let i = 0; i < 5; i++) map.frame({ ...view, cx: view.cx + (i + 1) * 1e-4 }, inks);
  row(
    `coloured by ${by}: drawn from scratch`,
    times(30, (i) => map.frame({ ...view, cx: view.cx - i * 1e-4 }, inks)),
    by === 'nothing' ? '≤ 16 ms (median)' : '',
  );
  map.frame(view, inks);
  row(
    '  a cut taken in hand',
    times(5, () => map.beginDrag(points.values, everyone)),
    '≤ 150 ms',
  );
  map.moveDrag(0, 1);
  map.frame(view, inks);
  const move = (min: number) => {
    map.moveDrag(min, 1);
    return map.frame(view, inks);
  };
  for (let i = 0; i < 20; i++) move(i / 40);
  move(0);
  ours.push(
    row(
      '  a move of it, with its picture',
      times(MOVES, (i) => move((i + 1) / MOVES)),
      '≤ 16 ms (median)',
    ),
  );
  row(
    '  a jump over half of its range',
    times(40, (i) => move(i % 2 ? 0.05 : 0.55)),
    '≤ 16 ms wanted',
  );
  map.cancelDrag();
}
const star = Array.from({ length: 400 }, (_, i) => {
  const angle = ((i >> 1) / 200) * 2 * Math.PI;
  const reach = 190 + 60 * Math.sin(9 * angle);
  return i % 2 === 0 ? WIDTH / 2 + 1.4 * reach * Math.cos(angle) : HEIGHT / 2 + reach * Math.sin(angle);
});
for (let i = 0; i < 3; i++) map.lasso(view, star);
console.log(`lasso of 200 corners holds ${map.lasso(view, star).length} records`);
row(
  'lasso of 200 corners',
  times(20, () => map.lasso(view, star)),
  '≤ 50 ms',
);
row(
  'rectangle around all',
  times(20, () => map.lasso(view, [0, 0, WIDTH, 0, WIDTH, HEIGHT, 0, HEIGHT])),
  '≤ 50 ms',
);
row(
  'hover, 1,000 times',
  times(20, (k) => {
    for (let i = 0; i < 1000; i++) map.hit(view, (i * 7919 + k * 13) % WIDTH, (i * 104729 + k * 17) % HEIGHT);
  }),
);
console.log(
  `a move against the plain loop (CPU): ${ours.map((ms) => (rival / ms).toFixed(1)).join(', ')} × faster (by nothing, category, column)`,
);
