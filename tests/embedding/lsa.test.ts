import { beforeAll, describe, expect, it } from 'vitest';
import { sampleRows } from '$lib/embedding/draw';
import { BUCKETS, termRows } from '$lib/embedding/features';
import { fitLsa, fitSample, lsaSteps, project, projectText, type Lsa } from '$lib/embedding/lsa';
import { addDocumentFrequencies, joinRows, pickRows } from '$lib/embedding/rows';
import type { Vectors } from '$lib/embedding/types';
import { loadSegmenter } from '$lib/text/segment';

beforeAll(loadSegmenter);

const texts = [
  'How do I reset my card PIN?',
  'Please reset the PIN of my card',
  'When will the new card arrive?',
  'My new card has not arrived',
  '怎么修改银行卡密码',
  '如何修改我的密码',
  '新的银行卡什么时候到',
  '银行卡还没有到',
];
const keysOf = (count: number) => BigUint64Array.from({ length: count }, (_, i) => BigInt(i + 1) * 0x9e3779b97f4a7c15n);

/** toEqual takes seconds over a million numbers. */
function expectSame(one: Lsa, other: Lsa): void {
  expect([other.dim, other.seed, [...other.singular]]).toEqual([one.dim, one.seed, [...one.singular]]);
  const bytes = ({ buffer }: Float32Array | Int32Array) => Buffer.from(buffer);
  for (const part of ['weights', 'slots', 'table'] as const)
    expect(bytes(other[part]).equals(bytes(one[part]))).toBe(true);
}

/** Cosine of two rows over the components from…to. */
function cosine({ dim, values }: Vectors, a: number, b: number, from = 0, to = dim): number {
  const dot = (x: number, y: number) => {
    let sum = 0;
    for (let j = from; j < to; j++) sum += values[x * dim + j] * values[y * dim + j];
    return sum;
  };
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('latent semantic analysis', () => {
  // scikit-learn's TruncatedSVD (arpack, 4 components) on the terms that stand twice, of the weights 1 + ln(count) times smooth idf,
  // 0.7 of it for words (jieba's) and triples, scaled to unit length with all terms.
  it('has the components of scikit-learn', () => {
    const rows = termRows(texts);
    const lsa = fitLsa(rows, keysOf(8), { dim: 8, seed: 1, sample: 100 });
    [1.16619595, 1.13589737, 0.78845525, 0.78035467].forEach((value, i) =>
      expect(lsa.singular[i]).toBeCloseTo(value, 6),
    );
    const vectors = project(lsa, rows);
    const wanted: [number, number, number][] = [
      [0, 1, 0.99379],
      [0, 2, 0.25668],
      [2, 3, 0.99837],
      [1, 3, 0.41526],
      [0, 4, 0],
      [4, 5, 0.86963],
      [4, 6, 0.63311],
      [6, 7, 0.98309],
      [5, 7, -0.01497],
    ];
    for (const [a, b, value] of wanted) expect(cosine(vectors, a, b, 0, 4)).toBeCloseTo(value, 4);
  });

  // numpy: where the components span all terms that stand twice, the cosine is that of these terms' weights, the others' weights
  // times 0.7 beside them. A random projection to 64 has an error of about 0.04 (0.7² × 0.6 / 0.7 / √64); the mean of 25 has 0.008.
  it('keeps beside the components what they leave out', () => {
    const rows = termRows(texts);
    const seeds = Array.from({ length: 25 }, (_, seed) =>
      project(fitLsa(rows, keysOf(8), { dim: 128, seed, sample: 100 }), rows),
    );
    const wanted: [number, number, number][] = [
      [0, 1, 0.6395],
      [0, 2, 0.1258],
      [2, 3, 0.5164],
      [1, 3, 0.2139],
      [0, 4, 0],
      [4, 5, 0.5281],
      [4, 6, 0.3599],
      [6, 7, 0.484],
      [5, 7, 0],
    ];
    for (const [a, b, value] of wanted) {
      const mean = seeds.reduce((sum, vectors) => sum + cosine(vectors, a, b), 0) / seeds.length;
      expect(Math.abs(mean - value)).toBeLessThan(0.03);
    }
  });

  it('gives vectors of unit length, zeros without a text', () => {
    const rows = termRows([...texts, '', null, '?']);
    const { values } = project(fitLsa(rows, keysOf(11), { dim: 16, seed: 1, sample: 100 }), rows);
    const squares = Array.from({ length: 11 }, (_, row) =>
      values.subarray(row * 16, row * 16 + 16).reduce((sum, value) => sum + value * value, 0),
    );
    squares.forEach((square, row) => expect(square).toBeCloseTo(row < 8 ? 1 : 0, 6));
    expect(values.some(Number.isNaN)).toBe(false);
  });

  it('places a new text beside its like, also by terms never seen', () => {
    const lsa = fitLsa(termRows(texts), keysOf(8), { dim: 64, seed: 1, sample: 100 });
    const found = project(lsa, termRows([...texts, '改密码', 'zebra', 'zebra']));
    found.values.set(projectText(lsa, '改密码'), 8 * 64);
    const near = texts.map((_, row) => cosine(found, 8, row));
    expect(Math.min(near[4], near[5])).toBeGreaterThan(Math.max(...near.slice(0, 4), near[6], near[7]));
    expect(cosine(found, 9, 10)).toBeCloseTo(1, 6);
    expect(Math.abs(cosine(found, 9, 0))).toBeLessThan(0.5);
  });

  it('is the same whatever the batches and the order of the records', () => {
    const many = Array.from({ length: 300 }, (_, i) => `${texts[i % 8]} ${texts[(i * 7 + 3) % 8].slice(i % 5)} ${i}`);
    const keys = keysOf(300);
    const settings = { dim: 16, seed: 3, sample: 120 };
    const whole = termRows(many);
    const lsa = fitLsa(whole, keys, settings);
    const parts = [termRows(many.slice(0, 17)), termRows(many.slice(17, 200)), termRows(many.slice(200))];
    expectSame(fitLsa(joinRows(parts), keys, settings), lsa);
    const order = Uint32Array.from({ length: 300 }, (_, i) => (i * 77 + 5) % 300);
    const shuffled = pickRows(whole, order);
    const other = fitLsa(
      shuffled,
      BigUint64Array.from(order, (row) => keys[row]),
      settings,
    );
    expectSame(other, lsa);
    const vectors = project(lsa, whole).values;
    const again = project(other, shuffled).values;
    order.forEach((row, i) =>
      expect(again.subarray(i * 16, i * 16 + 16)).toEqual(vectors.subarray(row * 16, row * 16 + 16)),
    );
    const byPart = parts.flatMap((part) => [...project(lsa, part).values]);
    expect(Float32Array.from(byPart)).toEqual(vectors);
  });

  it('can be fitted to a sample gathered on the way', () => {
    const rows = termRows(texts);
    const keys = keysOf(8);
    const settings = { dim: 8, seed: 1, sample: 5 };
    const frequencies = new Uint32Array(BUCKETS);
    addDocumentFrequencies(rows, frequencies);
    const steps = fitSample(pickRows(rows, sampleRows(keys, 5, 1)), frequencies, 8, settings);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expectSame(step.value, fitLsa(rows, keys, settings));
  });

  it('takes a set without any text and a set of one', () => {
    for (const some of [[], [''], ['one']]) {
      const rows = termRows(some);
      const lsa = fitLsa(rows, keysOf(some.length), { dim: 8, seed: 1, sample: 100 });
      expect(project(lsa, rows).values.some(Number.isNaN)).toBe(false);
    }
  });

  it('refuses an odd length', () => {
    expect(() => lsaSteps(termRows(texts), keysOf(8), { dim: 7, seed: 1, sample: 9 }).next()).toThrow('dim 7');
  });
});

describe('the sample', () => {
  it('is the same records in the same order however they stand, each key once', () => {
    const keys = keysOf(1000);
    const chosen = sampleRows(keys, 50, 7);
    const turned = keys.slice().reverse();
    expect(Array.from(sampleRows(turned, 50, 7), (row) => turned[row])).toEqual(Array.from(chosen, (row) => keys[row]));
    const twice = BigUint64Array.of(...keys, ...keys);
    expect([...sampleRows(twice, 50, 7)]).toEqual([...chosen]);
    expect(sampleRows(twice, 5000, 7)).toHaveLength(1000);
  });

  it('is another with another seed, and spread evenly', () => {
    const keys = keysOf(20_000);
    const one = new Set(sampleRows(keys, 10_000, 1));
    const both = sampleRows(keys, 10_000, 2).filter((row) => one.has(row)).length;
    // Half of a half, 5,000, give or take 50 (hypergeometric).
    expect(Math.abs(both - 5000)).toBeLessThan(250);
  });
});
