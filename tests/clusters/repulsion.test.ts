import { expect, it } from 'vitest';
import { Fourier, transpose } from '../../src/lib/clusters/fft';
import { Random } from '../../src/lib/clusters/random';
import { Repulsion } from '../../src/lib/clusters/repulsion';
import { normal } from './vectors';

it.each([4, 8, 32, 64])('transforms of length %i are the sums they stand for, and come back', (n) => {
  const random = new Random(n);
  const columns = 3;
  const re = Float32Array.from({ length: n * columns }, () => random.unit() - 0.5);
  const im = Float32Array.from({ length: n * columns }, () => random.unit() - 0.5);
  const [re0, im0] = [re.slice(), im.slice()];
  const fourier = new Fourier(n);
  fourier.forward(re, im, columns, 2);
  for (let column = 0; column < 2; column++)
    for (let k = 0; k < n; k++) {
      let sumR = 0;
      let sumI = 0;
      for (let r = 0; r < n; r++) {
        const angle = (-2 * Math.PI * r * k) / n;
        const at = r * columns + column;
        sumR += re0[at] * Math.cos(angle) - im0[at] * Math.sin(angle);
        sumI += re0[at] * Math.sin(angle) + im0[at] * Math.cos(angle);
      }
      const at = fourier.rowOf[k] * columns + column;
      expect(re[at]).toBeCloseTo(sumR, 4);
      expect(im[at]).toBeCloseTo(sumI, 4);
    }
  // The third column was left alone.
  for (let r = 0; r < n; r++) expect(re[r * columns + 2]).toBe(re0[r * columns + 2]);
  fourier.inverse(re, im, columns, 2);
  for (let at = 0; at < re.length; at++)
    if (at % columns < 2) {
      expect(re[at] / n).toBeCloseTo(re0[at], 5);
      expect(im[at] / n).toBeCloseTo(im0[at], 5);
    }
  expect(() => new Fourier(n + 1)).toThrow(RangeError);
});

it('a plane turns over its diagonal', () => {
  const n = 32;
  const plane = Float32Array.from({ length: n * n }, (_, i) => i);
  transpose(plane, n);
  for (let row = 0; row < n; row++) for (let c = 0; c < n; c++) expect(plane[row * n + c]).toBe(c * n + row);
});

it.each([
  // Dense as at the start, and as wide as at the end of a small and a larger map.
  { points: 500, width: 1, error: 0.005 },
  { points: 1500, width: 8, error: 0.02 },
  { points: 1500, width: 25, error: 0.05 },
])('the push on $points points $width wide is that of all pairs', ({ points, width, error }) => {
  const random = new Random(points + width);
  const positions = Float32Array.from({ length: points * 2 }, () => normal(random) * width * 0.3);
  const push = new Float32Array(points * 2);
  const repulsion = new Repulsion();
  const sum = repulsion.of(positions, push);
  let all = 0;
  let square = 0;
  let off = 0;
  for (let i = 0; i < positions.length; i += 2) {
    let x = 0;
    let y = 0;
    for (let j = 0; j < positions.length; j += 2) {
      if (i === j) continue;
      const dx = positions[i] - positions[j];
      const dy = positions[i + 1] - positions[j + 1];
      const w = 1 / (1 + dx * dx + dy * dy);
      all += w;
      x += w * w * dx;
      y += w * w * dy;
    }
    square += x * x + y * y;
    off += (x - push[i]) ** 2 + (y - push[i + 1]) ** 2;
  }
  expect(Math.abs(sum / all - 1)).toBeLessThan(0.01);
  expect(Math.sqrt(off / square)).toBeLessThan(error);
  // Actions and reactions cancel.
  const net = push.reduce((x, value, i) => x + (i % 2 ? 0 : value), 0);
  expect(Math.abs(net)).toBeLessThan(0.01 * Math.sqrt(square * points));
  // The same object serves for points that have spread, and gives what a new one gives.
  const wider = positions.map((value) => value * 3);
  const [again, fresh] = [new Float32Array(points * 2), new Float32Array(points * 2)];
  repulsion.of(wider, again);
  new Repulsion().of(wider, fresh);
  again.forEach((value, i) => expect(Math.abs(value - fresh[i])).toBeLessThan(0.05));
});
