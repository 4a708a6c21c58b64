import { beforeAll, describe, expect, it } from 'vitest';
import { KEPT, parseRecipe, type Recipe, type RunOptions } from '$lib/recipe';
import { compile } from '$lib/recipe/plan';
import { judge } from '$lib/recipe/run';
import { emptyMapping } from '$lib/record/mapping';
import { options, sourceOf } from './helpers';

let opts: RunOptions;
beforeAll(async () => {
  opts = await options();
});

const mapping = { ...emptyMapping('alpaca', 1), prompt: ['q'], response: 'a' };
const semantic = (at: number): Recipe => ({
  siftbook: 1,
  seed: 1,
  steps: [{ semantic: { on: 'prompt', model: 'field:v', at } }],
});

/** Numbers of a linear congruential generator, between -1 and 1. */
function numbers(count: number): number[] {
  let state = 11;
  return Array.from({ length: count }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1);
}

describe('vectors that the file holds', () => {
  const flat = numbers(40 * 4);
  const rows = Array.from({ length: 40 }, (_, i) => ({
    q: `question ${i}`,
    a: '',
    // Neither of unit length nor in every record.
    v: i % 9 === 4 ? null : flat.slice(i * 4, i * 4 + 4).map((one) => one * (i + 1)),
  }));
  const cosine = (a: number[], b: number[]) => {
    const dot = (x: number[], y: number[]) => x.reduce((sum, one, d) => sum + one * y[d], 0);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  };
  it.each([3, 7, 65536])('are compared as they are, with %i records a batch', async (size) => {
    const { decision, measured } = await judge(semantic(0.9), sourceOf(rows, mapping, size), opts);
    // The longer text stays, then the first: "question 10" has one character more than "question 9".
    const better = (i: number, j: number) => rows[j].q.length - rows[i].q.length || i - j;
    const expected = rows.map(({ v }, i) =>
      v && rows.some((other, j) => other.v && better(i, j) > 0 && cosine(v, other.v) >= 0.9) ? 0 : KEPT,
    );
    expect(expected.filter((one) => one === 0).length).toBeGreaterThan(0);
    expect([...decision.fate]).toEqual(expected);
    const [need] = compile(semantic(0.9), mapping).sets;
    if (!('model' in need.from)) throw new Error('compared by shingles');
    const { values, dim } = measured.vectors(need.from);
    expect(dim).toBe(4);
    expect([...values.subarray(16, 20)]).toEqual([0, 0, 0, 0]);
    expect(Math.hypot(...values.subarray(0, 4))).toBeCloseTo(1, 6);
  });
  it('are those of the records as they came, whatever a step rewrites', () => {
    const rewriting: Recipe = {
      ...semantic(0.9),
      steps: [{ normalise: { unicode: 'NFKC' } }, ...semantic(0.9).steps],
    };
    expect(compile(rewriting, mapping).sets[0].signature).toBe(compile(semantic(0.9), mapping).sets[0].signature);
  });
  it('must be of one length, wherever the batches end', async () => {
    const torn = rows.map((row, i) => (i === 21 ? { ...row, v: [1, 2, 3] } : row));
    for (const size of [1, 4, 10, 20])
      await expect(judge(semantic(0.9), sourceOf(torn, mapping, size), opts)).rejects.toThrow(/3 numbers.*have 4/);
    const none = rows.map((row) => ({ ...row, v: null }));
    await expect(judge(semantic(0.9), sourceOf(none, mapping, 8), opts)).rejects.toThrow(/No record has a vector/);
  });
  it('have no distance to a phrase', async () => {
    const recipe: Recipe = {
      siftbook: 1,
      seed: 1,
      embedding: { model: 'field:v' },
      steps: [{ cut: { column: 'meaning:refund', max: 0.5 } }],
    };
    await expect(judge(recipe, sourceOf(rows, mapping), opts)).rejects.toThrow(/“v”/);
  });
  it('must be a field of the file', () => {
    const text = (model: string) =>
      `siftbook: 1\nembedding: {model: "${model}"}\nsteps: [{semantic: {on: prompt, model: "${model}", at: 0.9}}]`;
    const problems = (model: string) => parseRecipe(text(model), { fields: ['q', 'a', 'vec'] }).problems;
    expect(problems('field:vec')).toEqual([]);
    expect(problems('field:vek').map(({ code, line }) => [code, line])).toEqual([
      ['unknown-field', 2],
      ['unknown-field', 3],
    ]);
  });
});
