import { beforeAll, describe, expect, it } from 'vitest';
import { diversity, DiversityFigures, firstKept, keptMean, WordNumbers } from '$lib/diversity';
import { symmetricEigenvalues } from '$lib/diversity/eigenvalues';
import { cosineDistances, densities, meanNearestDistance, novelSum } from '$lib/diversity/spread';
import { distinctN, selfBleu } from '$lib/diversity/texts';
import { vendiScore } from '$lib/diversity/vendi';
import { loadSegmenter } from '$lib/text/segment';

beforeAll(loadSegmenter);

/** s ← (1103515245 s + 12345) mod 2³¹ from s = 7, as s / 2³¹ − 0.5: the numbers that numpy was given too. */
function numbers(count: number): number[] {
  let s = 7n;
  return Array.from({ length: count }, () => {
    s = (s * 1103515245n + 12345n) % 2147483648n;
    return Number(s) / 2147483648 - 0.5;
  });
}

function unit(rows: number, dim: number): Float32Array {
  const values = Float32Array.from(numbers(rows * dim));
  for (let r = 0; r < rows; r++) {
    const row = values.subarray(r * dim, (r + 1) * dim);
    const norm = Math.hypot(...row);
    row.forEach((value, d) => (row[d] = value / norm));
  }
  return values;
}

const texts = [
  'the cat sat on the mat',
  'the cat sat on the red mat',
  'a dog lay on the mat',
  'dogs and cats lay on the floor today',
  'hello',
  'the the the cat',
];
const words = (of: string[]) => {
  const known = new WordNumbers();
  return of.map((text) => known.of(text));
};

describe('figures of texts', () => {
  it('distinct-1, -2, -3 are different n-grams / n-grams (counted in Python)', () => {
    const [one, two, three] = distinctN(words(texts));
    expect([one, two, three]).toEqual([15 / 32, 16 / 26, 16 / 21]);
    expect(distinctN(words(['one']))).toEqual([1, NaN, NaN]);
  });

  it('self-BLEU is that of NLTK 3.10 (sentence_bleu, method1)', () => {
    expect(selfBleu(words(texts))).toBeCloseTo(0.3473869657774826, 12);
    expect(selfBleu(words(['the same text here', 'the same text here']))).toBeCloseTo(1, 12);
    expect(selfBleu(words(['one', '']))).toBeNaN();
  });

  it('take Chinese by its words, whatever the case of Latin ones', () => {
    const [a, b] = words(['我喜欢 Python 编程', '我喜欢 PYTHON 编程']);
    expect([...a]).toEqual([...b]);
    expect(a.length).toBeGreaterThan(2);
  });
});

describe('figures of vectors', () => {
  it('eigenvalues are those of numpy.linalg.eigvalsh', () => {
    const half = numbers(49);
    const matrix = Float64Array.from({ length: 49 }, (_, i) => half[i] + half[(i % 7) * 7 + Math.floor(i / 7)]);
    const expected = [
      -2.0411180586127715, -1.0894490596332718, -0.41444335160272905, 0.010428413503057564, 0.5030904382409522,
      0.9829254172261324, 1.891921115216026,
    ];
    symmetricEigenvalues(matrix, 7).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
    expect([...symmetricEigenvalues(Float64Array.from([2, 0, 0, 0, 3, 0, 0, 0, 1]), 3)]).toEqual([1, 2, 3]);
    expect(() => symmetricEigenvalues(Float64Array.from([NaN]), 1)).toThrow('not a number');
  });

  it('settle where the rank is low', () => {
    const n = 90;
    const [a, b] = [numbers(n), numbers(2 * n).slice(n)];
    const matrix = Float64Array.from({ length: n * n }, (_, i) => {
      const [r, c] = [Math.floor(i / n), i % n];
      return a[r] * a[c] + 1e-6 * b[r] * b[c];
    });
    const values = symmetricEigenvalues(matrix, n);
    // Of a matrix of rank 2: trace and squared norm give both.
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i], 0);
    expect(values[n - 1]).toBeCloseTo(dot(a, a), 5);
    expect(values[n - 2]).toBeCloseTo((1e-6 * (dot(a, a) * dot(b, b) - dot(a, b) ** 2)) / dot(a, a), 10);
    expect(Math.abs(values[n - 3])).toBeLessThan(1e-13);
    const ones = symmetricEigenvalues(new Float64Array(n * n).fill(1), n);
    expect(ones[n - 1]).toBeCloseTo(n, 9);
    expect([...symmetricEigenvalues(new Float64Array(9), 3)]).toEqual([0, 0, 0]);
  });

  it('hold trace and squared norm of larger matrices', () => {
    const n = 120;
    const half = numbers(n * n);
    const matrix = Float64Array.from({ length: n * n }, (_, i) => half[i] + half[(i % n) * n + Math.floor(i / n)]);
    const norm = matrix.reduce((sum, value) => sum + value * value, 0);
    const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]).reduce((a, b) => a + b, 0);
    const values = symmetricEigenvalues(matrix, n);
    expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(trace, 9);
    expect(values.reduce((sum, value) => sum + value * value, 0) / norm).toBeCloseTo(1, 12);
  });

  // vendi_score 0.0.3 (score_K), numpy 2.4 and the definition of NovelSum written with numpy; 12 rows of 5 and 6 rows of 9 numbers.
  it.each([
    [12, 5, 4.515817472912833, 0.40630014193680714, 0.5319518898500096, 0.7392391255045584],
    [6, 9, 4.6453851652807785, 0.6424654198610776, 0.6178687824918039, 0.9084077309263835],
  ])('of %i rows of %i numbers are those of Python', (rows, dim, vendi, nearest, novel, flat) => {
    const values = unit(rows, dim);
    const distances = cosineDistances(values, dim);
    expect(vendiScore(values, dim)).toBeCloseTo(vendi, 5);
    expect(meanNearestDistance(distances, rows)).toBeCloseTo(nearest, 6);
    expect(novelSum(distances, densities(values, values, dim))).toBeCloseTo(novel, 6);
    expect(novelSum(distances, new Float64Array(rows).fill(1))).toBeCloseTo(flat, 6);
  });

  it('Vendi is 1 for copies and n for unit vectors at right angles', () => {
    expect(vendiScore(Float32Array.from([1, 0, 1, 0, 1, 0]), 2)).toBeCloseTo(1, 10);
    expect(vendiScore(Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]), 3)).toBeCloseTo(3, 10);
    expect(vendiScore(new Float32Array(0), 3)).toBeNaN();
  });

  it('copies neither raise the density nor stand in their own way', () => {
    const values = unit(8, 4);
    const twice = new Float32Array([...values, ...values]);
    expect(densities(values, twice, 4)).toEqual(densities(values, values, 4));
  });
});

describe('before and after', () => {
  const dim = 4;
  const rows = 40;
  const vectors = unit(rows, dim);
  // The second half repeats the first record: cutting it makes the set more diverse.
  for (let r = rows / 2; r < rows; r++) vectors.set(vectors.subarray(0, dim), r * dim);
  const known = new WordNumbers();
  const all = Array.from({ length: rows }, (_, r) =>
    known.of(r < rows / 2 ? `record ${r} speaks of thing${r * 7} and place${r * 3}` : 'always the same old text'),
  );
  const order = Uint32Array.from({ length: rows }, (_, i) => (i * 17) % rows);
  const source = {
    order,
    words: (place: number) => all[place],
    vector: (place: number) => vectors.subarray(place * dim, (place + 1) * dim),
    mtld: Float32Array.from({ length: rows }, (_, r) => (r % 4 ? r : NaN)),
  };

  it('samples are the first kept of one order', () => {
    const kept = new Uint8Array(rows).fill(1, 0, 20);
    const places = firstKept(order, kept, 5);
    expect([...places]).toEqual([...order].filter((place) => place < 20).slice(0, 5));
    expect([...firstKept(order, null, 3, (place) => place % 2 === 1)]).toEqual(
      [...order].filter((place) => place % 2 === 1).slice(0, 3),
    );
    expect(firstKept(order, new Uint8Array(rows), 5)).toHaveLength(0);
  });

  it('means leave out what is cut and what cannot be measured', () => {
    expect(keptMean(Float32Array.from([1, NaN, 4, 9]), Uint8Array.from([1, 1, 1, 0]))).toEqual({ mean: 2.5, count: 2 });
  });

  it('a cut of copies shows in every figure, both sides on as many records', () => {
    const figures = diversity(source, new Uint8Array(rows).fill(1, 0, 20), 30);
    expect(figures.map(({ id }) => id)).toEqual([
      'distinct_1',
      'distinct_2',
      'distinct_3',
      'mtld',
      'self_bleu',
      'nearest_distance',
      'vendi',
      'novelsum',
    ]);
    for (const { id, before, after, records, sampled } of figures) {
      if (id === 'self_bleu') expect(after).toBeLessThan(before);
      else if (id !== 'mtld') expect(after).toBeGreaterThan(before);
      if (sampled) expect(records).toEqual({ before: 20, after: 20 });
      else expect(records).toEqual({ before: 30, after: 15 });
    }
  });

  it('nothing cut, nothing changed; the same records in another file order give the same figures', () => {
    const kept = new Uint8Array(rows).fill(1);
    const figures = diversity(source, kept, 16);
    for (const { before, after } of figures) expect(after).toBe(before);
    const turned = {
      order: order.map((place) => rows - 1 - place),
      words: (place: number) => all[rows - 1 - place],
      vector: (place: number) => source.vector(rows - 1 - place),
    };
    expect(diversity(turned, kept, 16)).toEqual(figures.filter(({ id }) => id !== 'mtld'));
  });

  it('everything cut leaves nothing to measure', () => {
    const figures = new DiversityFigures(source).of(new Uint8Array(rows));
    expect(figures.every(({ after }) => Number.isNaN(after))).toBe(true);
    expect(() => new DiversityFigures(source, 1)).toThrow('2 or more');
  });
});
