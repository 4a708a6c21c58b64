import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderModel, modelById, type ModelSpec } from '$lib/embedding/models';
import { embedTexts, loadRunner, type Runner } from '$lib/embedding/runner';
import type { Transformers } from '$lib/embedding/transformers';
import { shared } from '../shared';
import { TINY, tinyModel, writeTinyModel } from './tiny-model';

const library = { AutoModel, AutoTokenizer } as unknown as Transformers;
const folder = mkdtempSync(join(tmpdir(), 'siftbook-model-'));
let spec: ModelSpec;
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let [dot, x, y] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    x += a[i] * a[i];
    y += b[i] * b[i];
  }
  return dot / Math.sqrt(x * y);
};
const row = (values: Float32Array, at: number, dim: number) => values.subarray(at * dim, (at + 1) * dim);

beforeAll(async () => {
  writeTinyModel(folder);
  env.allowRemoteModels = false;
  env.localModelPath = `${folder}/`;
  const own = tinyModel().map(({ path, bytes }) => ({ path, size: bytes.length, text: async () => bytes.toString() }));
  spec = (await folderModel(own, TINY.name)).spec;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const load = (dtype: 'fp32' | 'q8', over: Partial<ModelSpec> = {}) =>
  loadRunner(library, { ...spec, ...over }, { from: TINY.name, device: 'cpu', dtype });

describe('the runner on the tiny model', () => {
  const texts = [
    'how do i get my money back',
    '信用卡丢了怎么办',
    'please get my money back',
    '天气',
    '信用卡丢了，请问怎么办？',
    'a '.repeat(200),
  ];
  let runner: Runner;
  beforeAll(async () => void (runner = await load('fp32')));

  it('gives unit vectors in the texts’ order, near where words are shared', async () => {
    const values = await embedTexts(runner, texts);
    expect(values.length).toBe(texts.length * TINY.dim);
    for (let i = 0; i < texts.length; i++) expect(Math.hypot(...row(values, i, TINY.dim))).toBeCloseTo(1, 5);
    const near = (a: number, b: number) => cosine(row(values, a, TINY.dim), row(values, b, TINY.dim));
    expect(near(0, 2)).toBeGreaterThan(near(0, 1));
    expect(near(1, 4)).toBeGreaterThan(near(1, 3));
  });
  it('gives at fp32 what each text gives alone, padding or not', async () => {
    const values = await embedTexts(runner, texts);
    for (const [i, text] of texts.entries()) {
      const alone = await runner.batch([text]);
      expect(cosine(alone, row(values, i, TINY.dim))).toBeGreaterThan(0.999999);
    }
  });
  it('gives the mean of v + tanh(v W) over a text’s tokens', async () => {
    // Worked out from the generator's numbers: two texts of one word differ from their sum only through the ends they share.
    const raw = await load('fp32', { normalise: false });
    const [a, b, both] = await Promise.all(['card', 'money', 'card money'].map((text) => raw.batch([text])));
    const ends = await raw.batch(['']);
    for (let d = 0; d < TINY.dim; d++) expect(both[d] * 4).toBeCloseTo(a[d] * 3 + b[d] * 3 - ends[d] * 2, 4);
    await raw.dispose();
  });
  it('takes the first token where asked', async () => {
    const cls = await load('fp32', { pooling: 'cls' });
    // No attention: [CLS] is the same whatever follows.
    expect(cosine(await cls.batch(['card']), await cls.batch(['天气']))).toBeCloseTo(1, 6);
    await cls.dispose();
  });
  it('puts the prefix before every text', async () => {
    const prefixed = await load('fp32', { prefix: 'query: ' });
    expect([...(await prefixed.batch(['card']))]).toEqual([...(await runner.batch(['query: card']))]);
    await prefixed.dispose();
  });
  it('agrees at 8 bits within what rounding does', async () => {
    const small = await load('q8');
    const [full, less] = [await embedTexts(runner, texts), await embedTexts(small, texts)];
    for (let i = 0; i < texts.length; i++)
      expect(cosine(row(full, i, TINY.dim), row(less, i, TINY.dim))).toBeGreaterThan(0.999);
    await small.dispose();
  });
  it('tells its progress, stops at the signal, and waits while paused', async () => {
    const many = Array.from({ length: 100 }, (_, i) => `card ${i}`);
    const told: number[] = [];
    await embedTexts(runner, many, { progress: ({ done, of }) => told.push(done, of) });
    expect(told).toEqual([32, 100, 64, 100, 96, 100, 100, 100]);
    const stop = new AbortController();
    let batches = 0;
    const stopped = embedTexts(runner, many, {
      signal: stop.signal,
      progress: () => void (++batches === 2 && stop.abort(new Error('enough'))),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(batches).toBe(2);
    let waits = 0;
    await embedTexts(runner, many, { paused: async () => void waits++ });
    expect(waits).toBe(4);
  });
  it('says so where the model’s vectors are of another length', async () => {
    const wrong = await load('fp32', { dim: 8 });
    await expect(wrong.batch(['card'])).rejects.toThrow('not 1 × tokens × 8');
    await wrong.dispose();
  });
});

const minilm = shared('models/all-MiniLM-L6-v2');
describe.skipIf(!minilm)('the runner on all-MiniLM-L6-v2', () => {
  it('puts a paraphrase nearer than another matter', async () => {
    env.localModelPath = `${shared('models')!}/`;
    const runner = await loadRunner(library, modelById('Xenova/all-MiniLM-L6-v2')!, {
      from: 'all-MiniLM-L6-v2',
      device: 'cpu',
      dtype: 'q8',
    });
    const values = await embedTexts(runner, [
      'How do I activate my new card?',
      'What must I do before I can use the card I was sent?',
      'The weather will be fine in the mountains tomorrow.',
    ]);
    const near = (a: number, b: number) => cosine(row(values, a, 384), row(values, b, 384));
    expect(near(0, 1)).toBeGreaterThan(0.6);
    expect(near(0, 2)).toBeLessThan(0.2);
    await runner.dispose();
  });
});
