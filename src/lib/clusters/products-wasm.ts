/**
 * A WebAssembly module of one function, assembled here byte by byte: inner products of two blocks of rows with 128-bit SIMD, in tiles of
 * ROWS × 4 whose sums stay in registers. There is no fused multiply-add in it, so each product is the same number on every machine:
 * lane l adds components l, l + 4, l + 8, …, and the lanes add up as (0 + 2) + (1 + 3), whatever tile the pair is in.
 */

/** Rows of the first block are taken this many at a time; of the second four at a time. */
export const ROWS = 2;
export const COLUMNS = 4;
/** Components are taken sixteen at a time. */
export const STEP = 16;

const I32 = 0x7f;
const V128 = 0x7b;
const SIMD = 0xfd;

function leb(value: number): number[] {
  const out = [];
  for (; value > 127; value >>>= 7) out.push((value & 127) | 128);
  return [...out, value];
}
/** A small constant, 0 to 8191, in signed form. */
const constant = (value: number) => [0x41, (value & 127) | 128, value >> 7];
const section = (id: number, content: number[]) => [id, ...leb(content.length), ...content];
const get = (local: number) => [0x20, ...leb(local)];
const set = (local: number) => [0x21, ...leb(local)];
const simd = (code: number, ...operands: number[]) => [SIMD, ...leb(code), ...operands];
const load = (address: number, offset: number) => [...get(address), ...simd(0x00, 4, ...leb(offset))];
const add = [0x6a];
const addF32x4 = simd(0xe4);
const multiplyF32x4 = simd(0xe6);
/** Four lanes out of the eight of two vectors. */
const shuffle = (...lanes: number[]) => simd(0x0d, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((b) => lane * 4 + b)));
/** `local += by`. */
const advance = (local: number, by: number[]) => [...get(local), ...by, ...add, ...set(local)];
/** Repeats the body while `local` (unsigned) is less than `end`. */
const repeat = (body: number[], local: number, end: number) => [
  ...[0x03, 0x40],
  ...body,
  ...get(local),
  ...get(end),
  ...[0x49, 0x0d, 0x00],
  0x0b,
];

/** `product(a, b, out, endA, endB, stride, pitch)`, all in bytes: rows from a to endA by rows from b to endB, out by rows of `pitch`. */
function body(): number[] {
  const [a, b, out, endA, endB, stride, pitch] = [0, 1, 2, 3, 4, 5, 6];
  let locals = 7;
  const many = (count: number) => Array.from({ length: count }, () => locals++);
  const x = many(ROWS);
  const y = many(COLUMNS);
  const [end, row, column, to] = many(4);
  const scalars = locals - 7;
  const sums = many(ROWS * COLUMNS);
  const left = many(ROWS);
  const [right] = many(1);

  const code: number[] = [];
  const pointers = (list: number[], from: number) =>
    list.flatMap((p, i) => [...(i ? [...get(list[i - 1]), ...get(stride), ...add] : get(from)), ...set(p)]);
  const steps: number[] = [];
  for (let offset = 0; offset < STEP * 4; offset += 16) {
    x.forEach((p, r) => steps.push(...load(p, offset), ...set(left[r])));
    y.forEach((p, c) => {
      steps.push(...load(p, offset), ...set(right));
      left.forEach((value, r) => {
        const sum = sums[r * COLUMNS + c];
        steps.push(...get(sum), ...get(value), ...get(right), ...multiplyF32x4, ...addF32x4, ...set(sum));
      });
    });
  }
  [...x, ...y].forEach((p) => steps.push(...advance(p, constant(STEP * 4))));

  const tile = [...pointers(x, row), ...pointers(y, column), ...get(row), ...get(stride), ...add, ...set(end)];
  sums.forEach((sum) => tile.push(...simd(0x0c, ...new Array<number>(16).fill(0)), ...set(sum)));
  tile.push(...repeat(steps, x[0], end));
  for (let r = 0; r < ROWS; r++) {
    const pair = (p: number, q: number) => [
      ...[...get(p), ...get(q), ...shuffle(0, 4, 1, 5)],
      ...[...get(p), ...get(q), ...shuffle(2, 6, 3, 7)],
      ...addF32x4,
    ];
    const [s0, s1, s2, s3] = sums.slice(r * COLUMNS);
    tile.push(...pair(s0, s1), ...set(left[0]), ...pair(s2, s3), ...set(right));
    tile.push(...get(to));
    for (let i = 0; i < r; i++) tile.push(...get(pitch), ...add);
    tile.push(...get(left[0]), ...get(right), ...shuffle(0, 1, 4, 5));
    tile.push(...get(left[0]), ...get(right), ...shuffle(2, 3, 6, 7), ...addF32x4, ...simd(0x0b, 4, 0));
  }
  const times = (count: number, value: number) => [...constant(count), ...get(value), 0x6c];
  tile.push(...advance(column, times(COLUMNS, stride)), ...advance(to, constant(16)));

  const line = [...get(b), ...set(column), ...get(out), ...set(to), ...repeat(tile, column, endB)];
  line.push(...advance(row, times(ROWS, stride)), ...advance(out, times(ROWS, pitch)));
  code.push(...get(a), ...set(row), ...repeat(line, row, endA), 0x0b);
  const vectors = locals - 7 - scalars;
  return [2, ...leb(scalars), I32, ...leb(vectors), V128, ...code];
}

/** The module's bytes; it imports its memory as `host.memory` and exports `product`. */
export function productsModule(): Uint8Array<ArrayBuffer> {
  const name = (text: string) => [text.length, ...[...text].map((c) => c.charCodeAt(0))];
  const code = body();
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 7, ...new Array<number>(7).fill(I32), 0]),
    ...section(2, [1, ...name('host'), ...name('memory'), 0x02, 0x00, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('product'), 0, 0]),
    ...section(10, [1, ...leb(code.length), ...code]),
  ]);
}
