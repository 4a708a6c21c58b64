import { describe, expect, it } from 'vitest';
import { distinctVectors, NONE } from '../../src/lib/clusters/distinct';
import { neighbours } from '../../src/lib/clusters/neighbours';
import { BlockProducts } from '../../src/lib/clusters/products';
import { finish } from '../../src/lib/clusters/steps';
import { blobs, cosine, unitRows } from './vectors';

describe('products', () => {
  it('are those of a plain loop, whatever the dimension and the size of the blocks', () => {
    for (const [dim, a, b] of [
      [1, 1, 1],
      [5, 3, 7],
      [16, 2, 4],
      [100, 13, 9],
      [384, 33, 65],
    ]) {
      const { vectors } = blobs(a + b, dim, 3, 1);
      const products = new BlockProducts(dim, a, b);
      products.fill(0, vectors.values, 0, a);
      products.fill(1, vectors.values, a, a + b);
      products.multiply(a, b);
      for (let i = 0; i < a; i++)
        for (let j = 0; j < b; j++)
          expect(products.out[i * products.pitch + j]).toBeCloseTo(cosine(vectors, i, a + j), 5);
    }
  });

  it('depend on the two rows alone, to the last bit', () => {
    const { vectors } = blobs(24, 50, 2, 1);
    const products = new BlockProducts(50, 24, 24);
    products.fill(0, vectors.values, 0, 24);
    products.multiply(24, 24, true);
    const { pitch } = products;
    const whole = products.out.slice();
    for (let i = 0; i < 24; i++) {
      products.put(0, 0, vectors.values, i);
      products.fill(1, vectors.values, 0, 24);
      products.multiply(1, 24);
      for (let j = 0; j < 24; j++) {
        expect(products.out[j]).toBe(whole[i * pitch + j]);
        expect(whole[j * pitch + i]).toBe(whole[i * pitch + j]);
      }
    }
  });
});

describe('neighbours', () => {
  it('are the nearest by angle, equal ones by place', () => {
    const east = [1, 0];
    const rows = [east, [1, 1], [0, 1], [0, 0], [1, -1], east];
    const { ids, similarity } = finish(neighbours(unitRows(rows), 3));
    expect([...ids.subarray(0, 3)]).toEqual([5, 1, 4]);
    expect([...ids.subarray(3, 6)]).toEqual([0, 2, 5]);
    expect([...ids.subarray(6, 9)]).toEqual([1, 0, 5]);
    expect([...ids.subarray(9, 12)]).toEqual([-1, -1, -1]);
    expect([...ids.subarray(12, 15)]).toEqual([0, 5, 1]);
    expect(similarity[0]).toBe(1);
    expect(similarity[1]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(similarity[9]).toBeNaN();
  });

  it('are those of comparing all pairs', () => {
    const { vectors } = blobs(500, 30, 6, 0.7);
    vectors.values.fill(0, 7 * 30, 8 * 30);
    vectors.values.copyWithin(100 * 30, 3 * 30, 4 * 30);
    vectors.values.copyWithin(200 * 30, 3 * 30, 4 * 30);
    const k = 10;
    const { ids, similarity } = finish(neighbours(vectors, k));
    for (let row = 0; row < 500; row++) {
      const all = Array.from({ length: 500 }, (_, other) => ({ other, value: cosine(vectors, row, other) }))
        .filter(({ other }) => other !== row && other !== 7)
        .sort((a, b) => b.value - a.value);
      for (let i = 0; i < k; i++) {
        if (row === 7) expect(ids[row * k + i]).toBe(-1);
        else expect(similarity[row * k + i]).toBeCloseTo(all[i].value, 5);
      }
      if (row !== 7) {
        const mine = [...ids.subarray(row * k, row * k + k)];
        expect(new Set(mine).size).toBe(k);
        mine.forEach((id, i) => expect(cosine(vectors, row, id)).toBeCloseTo(similarity[row * k + i], 5));
      }
    }
    expect([...ids.subarray(3 * k, 3 * k + 2)]).toEqual([100, 200]);
    expect([...ids.subarray(200 * k, 200 * k + 2)]).toEqual([3, 100]);
  });

  it('by descent are nearly all of the true ones, and the same each time', () => {
    const { vectors } = blobs(6000, 48, 40, 0.8);
    const k = 15;
    const exact = finish(neighbours(vectors, k));
    const near = finish(neighbours(vectors, k, { exactUpTo: 0, seed: 3 }));
    let found = 0;
    for (let i = 0; i < near.ids.length; i++) {
      const row = Math.floor(i / k);
      expect(near.ids[i]).not.toBe(row);
      if (exact.ids.subarray(row * k, row * k + k).includes(near.ids[i])) found++;
    }
    expect(found / near.ids.length).toBeGreaterThan(0.95);
    expect(finish(neighbours(vectors, k, { exactUpTo: 0, seed: 3 })).ids).toEqual(near.ids);
  });

  it('can be left at any step, with the share done in order', () => {
    const { vectors } = blobs(900, 8, 4, 0.5);
    for (const exactUpTo of [0, 1000]) {
      const shares = [...neighbours(vectors, 5, { exactUpTo })];
      expect(shares.length).toBeGreaterThan(2);
      shares.forEach((share, i) => {
        expect(share).toBeGreaterThanOrEqual(i ? shares[i - 1] : 0);
        expect(share).toBeLessThanOrEqual(1);
      });
    }
  });

  it('of thousands of equal texts cost no more than one', () => {
    const { vectors } = blobs(50_000, 4, 1, 0);
    const { ids } = finish(neighbours(vectors, 2));
    expect([...ids.subarray(0, 2)]).toEqual([1, 2]);
    expect([...ids.subarray(2, 4)]).toEqual([0, 2]);
  });

  it('of fewer records than asked for leave the rest empty', () => {
    const { ids } = finish(
      neighbours(
        unitRows([
          [1, 0],
          [0, 1],
        ]),
        3,
      ),
    );
    expect([...ids]).toEqual([1, -1, -1, 0, -1, -1]);
    expect([...finish(neighbours(unitRows([[0, 0]]), 1)).ids]).toEqual([-1]);
    expect(() => neighbours(unitRows([[1, 0]]), 0).next()).toThrow(RangeError);
  });
});

it('distinct vectors are numbered in order of first appearance', () => {
  const { set, sets, first } = distinctVectors(
    unitRows([
      [0, 1],
      [0, 0],
      [1, 0],
      [0, 1],
      [-0, 0],
    ]),
  );
  expect([...set]).toEqual([0, NONE, 1, 0, NONE]);
  expect(sets).toBe(2);
  expect([...first]).toEqual([0, 2]);
});
