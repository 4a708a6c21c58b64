import { expect, it } from 'vitest';
import { neighbours } from '../../src/lib/clusters/neighbours';
import { finish } from '../../src/lib/clusters/steps';
import { Transferred, type CallContext } from '../../src/lib/engine/rpc';
import { setHandlers } from '../../src/lib/engine/set-api';
import { Sketch } from '../../src/lib/engine/space/sketch';
import { blobs } from '../clusters/vectors';

it('a growing map keeps its size and its middle', () => {
  const places = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i * i) * (i % 2 ? 1 : 2) + 5);
  places.set([NaN, NaN], 10);
  const sketch = new Sketch();
  const small = sketch.grow(places)!;
  const before = sketch.map.locate(3)!;
  expect([small.top, small.bottom]).toEqual([-1, 1]);
  expect(small.left).toBeCloseTo(-small.right, 6);
  expect(small.right).toBeCloseTo(2, 1);
  expect(sketch.map.locate(5)).toBeNull();
  // Forty times as wide and elsewhere: the same picture.
  const wide = sketch.grow(places.map((value) => value * 40 - 7))!;
  expect(wide.right).toBeCloseTo(small.right, 4);
  expect(sketch.map.locate(3)!.x).toBeCloseTo(before.x, 4);
  expect(sketch.map.locate(3)!.y).toBeCloseTo(before.y, 4);
  expect(new Sketch().grow(new Float32Array(6).fill(NaN))).toBeNull();
});

it('the worker hands out places at the beginning of the layout, before the map is done', async () => {
  const { vectors } = blobs(400, 16, 4, 0.5);
  const near = finish(neighbours(vectors, 10)).distinct;
  const told: [number, Float32Array?][] = [];
  const context = { signal: new AbortController().signal, progress: (one: unknown) => told.push(one as [number]) };
  const answer = await setHandlers.run({ kind: 'project', vectors, near }, context as CallContext);
  const result = (answer as unknown as Transferred<Float32Array>).value;
  const pictures = told.filter(([, places]) => places);
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures[0][0]).toBeLessThan(1);
  expect(pictures[0][1]!.length).toBe(800);
  expect(pictures[0][1]!.every(Number.isFinite)).toBe(true);
  expect(pictures[0][1]).not.toEqual(result);
});
