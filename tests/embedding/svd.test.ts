import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '$lib/embedding/eigen';
import { truncatedSvd, type SparseMatrix, type TruncatedSvd } from '$lib/embedding/svd';

function sparse(dense: number[][]): SparseMatrix {
  const entries = dense.map((row) => row.flatMap((value, column) => (value ? [{ column, value }] : [])));
  const offsets = new Uint32Array(dense.length + 1);
  entries.forEach((row, i) => (offsets[i + 1] = offsets[i] + row.length));
  return {
    rows: dense.length,
    columns: dense[0].length,
    offsets,
    indices: Uint32Array.from(entries.flat(), ({ column }) => column),
    values: Float64Array.from(entries.flat(), ({ value }) => value),
  };
}

function decompose(dense: number[][], rank: number, seed = 1): TruncatedSvd & { shares: number[] } {
  const matrix = sparse(dense);
  const names = Uint32Array.from({ length: matrix.columns }, (_, i) => 10 + i);
  const work = truncatedSvd(matrix, rank, seed, names);
  const shares: number[] = [];
  for (;;) {
    const step = work.next();
    if (step.done) return { ...step.value, shares };
    shares.push(step.value);
  }
}

// numpy.linalg.svd gives the values 5.40816478, 4.4182158, 3.34085339, 2.46538417, 1.41127684 and these first right vectors.
const matrix = [
  [1, 0, 2, 0, 0],
  [0, 3, 0, 0, 1],
  [4, 0, 0, 1, 0],
  [0, 0, 1, 0, 2],
  [2, 1, 0, 0, 0],
  [0, 0, 0, 5, 1],
];
const values = [5.40816478, 4.4182158, 3.34085339, 2.46538417, 1.41127684];
const first = [0.45117842, 0.07814771, 0.05376017, 0.86440374, 0.20061652];
const second = [0.86912502, 0.14561079, 0.10355067, -0.44601991, -0.11731449];

describe('eigenvalues', () => {
  it('agree with numpy.linalg.eigh', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(4, 1, -2, 2, 1, 2, 0, 1, -2, 0, 3, -2, 2, 1, -2, -1), 4);
    [6.84462111, 2.26853141, 1.08436446, -2.19751698].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 8));
    const sign = Math.sign(vectors[0]);
    [0.71804596, 0.22115299, -0.55735138, 0.35335647].forEach((value, i) =>
      expect(sign * vectors[i * 4]).toBeCloseTo(value, 7),
    );
  });

  it('refuses what is no number', () => {
    expect(() => symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow('NaN');
  });
});

describe('truncated singular value decomposition', () => {
  it('agrees with numpy.linalg.svd, the greatest component positive', () => {
    const { values: found, vectors } = decompose(matrix, 2);
    values.slice(0, 2).forEach((value, i) => expect(found[i]).toBeCloseTo(value, 7));
    first.forEach((value, i) => expect(vectors[2 * i]).toBeCloseTo(value, 7));
    second.forEach((value, i) => expect(vectors[2 * i + 1]).toBeCloseTo(value, 7));
  });

  it('gives zeros beyond the rank', () => {
    const { values: found, vectors } = decompose(matrix, 7);
    values.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 7));
    expect([...found.subarray(5)]).toEqual([0, 0]);
    for (let c = 0; c < 5; c++) expect([vectors[c * 7 + 5], vectors[c * 7 + 6]].map(Math.abs)).toEqual([0, 0]);
  });

  it('is found whatever the seed, and the same for the same seed', () => {
    const one = decompose(matrix, 3, 5);
    expect(decompose(matrix, 3, 5)).toEqual(one);
    decompose(matrix, 3, 6).vectors.forEach((value, i) => expect(value).toBeCloseTo(one.vectors[i], 6));
  });

  it('tells how much is done, rising to 1', () => {
    const { shares } = decompose(matrix, 2);
    expect(shares).toEqual(shares.slice().sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 9);
  });

  it('takes a matrix of zeros', () => {
    expect([...decompose([[0, 0]], 2).values]).toEqual([0, 0]);
  });
});
