import { afterEach, describe, expect, it } from 'vitest';
import { modelById } from '$lib/embedding/models';
import type { EmbeddingState, ModelRequest } from '$lib/engine/protocol';
import type { Recipe, Step } from '$lib/recipe/types';
import { fakeEmbedding, type FakeEmbedding } from './fake-embedding';
import { privateFiles } from './private-files';
import { engine, jsonl, type Engine } from './session';

/** A text's vector: its topic's axis, leaning a little by its length. */
const TOPICS = ['refund', 'train', 'poem'];
function vectorOf(text: string): number[] {
  const topic = TOPICS.findIndex((one) => text.includes(one));
  const vector = [0.01, 0.01, 0.01, (text.length % 7) / 50];
  vector[topic < 0 ? 3 : topic] = 1;
  const length = Math.hypot(...vector);
  return vector.map((one) => one / length);
}

const spec = { ...modelById('Xenova/all-MiniLM-L6-v2')!, id: 'fake', dim: 4, prefix: '' };
const request: ModelRequest = { source: { kind: 'served', path: '/models/fake/' }, spec, dtype: 'fp32' };
const ROWS = 240;
const rows = Array.from({ length: ROWS }, (_, i) => ({
  instruction: `${'x'.repeat(i % 11)} ${TOPICS[i % 3]} number ${i}`,
  input: '',
  output: `answer ${i}`,
}));
const recipe = (steps: Step[] = []): Recipe => ({ siftbook: 1, seed: 3, embedding: { model: 'fake' }, steps });

const running: { stop(): void }[] = [];
afterEach(() => {
  for (const one of running.splice(0)) one.stop();
});
function start(files = privateFiles()): { fake: FakeEmbedding; made: Engine; figures: Record<string, unknown>[] } {
  const fake = fakeEmbedding(vectorOf);
  const made = engine(null, 1, { spawnEmbedding: () => fake.spawn(), privateFiles: files });
  running.push(made, { stop: fake.close });
  const figures: Record<string, unknown>[] = [];
  made.session.around.emit = ((emit) => (name, value) => {
    if (name === 'measured' && (value as { name: string }).name === 'siftbook:embed')
      figures.push((value as { detail: Record<string, unknown> }).detail);
    emit(name, value);
  })(made.session.around.emit);
  return { fake, made, figures };
}
async function open(made: Engine, objects: unknown[] = rows, steps: Step[] = []) {
  await made.api.open([{ kind: 'file', file: jsonl(objects) }]);
  await made.api.setRecipe(recipe(steps));
}

describe('the space by a model', () => {
  it('has the model\u2019s vectors, clusters of them, and distances to a phrase', async () => {
    const { fake, made } = start();
    await open(made);
    await expect(made.api.makeSpace(null)).rejects.toThrow(/fake/);
    await expect(made.api.searchMeaning('a refund', 3)).rejects.toThrow();
    const summary = await made.api.makeSpace(request);
    expect(summary).toMatchObject({ model: 'fake', dim: 4, rows: ROWS, placed: ROWS });
    expect(summary.figures).toMatchObject({ embedded: ROWS, restored: 0, device: 'wasm' });
    expect([...fake.texts].sort()).toEqual(rows.map(({ instruction }) => instruction).sort());
    const cluster = await made.api.column('cluster');
    const of = (topic: number) => new Set(rows.flatMap((_, i) => (i % 3 === topic ? [cluster[i]] : [])));
    for (const a of [0, 1, 2])
      for (const b of [0, 1, 2]) if (a !== b) for (const one of of(a)) expect(of(b).has(one)).toBe(false);
    const found = await made.api.searchMeaning('a refund please', 5);
    expect(fake.texts.at(-1)).toBe('a refund please');
    for (const { place, distance } of found.records) {
      expect(place % 3).toBe(0);
      const [a, b] = [vectorOf(rows[place].instruction), vectorOf('a refund please')];
      expect(distance).toBeCloseTo(1 - a.reduce((sum, one, d) => sum + one * b[d], 0), 4);
    }
  });

  it('keeps the colours of the map that is drawn until there is another one', async () => {
    const { fake, made } = start();
    await made.api.open([{ kind: 'file', file: jsonl(rows) }]);
    await made.api.setRecipe({ siftbook: 1, seed: 3, steps: [] });
    await made.api.makeSpace(null);
    const before = await made.api.mapColour('category:cluster');
    expect(before.legend).toMatchObject({ by: 'category', none: 0 });
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    const reached = new Promise<void>((resolve) => {
      fake.before = () => (resolve(), held);
    });
    await made.api.setRecipe(recipe());
    const making = made.api.makeSpace(request);
    await reached;
    expect(await made.api.mapColour('category:cluster')).toEqual(before);
    go();
    const summary = await making;
    const after = (await made.api.mapColour('category:cluster')).legend;
    expect(after).toMatchObject({ by: 'category', none: 0 });
    if (after?.by !== 'category') throw new Error('no classes');
    expect(after.shown.reduce((sum, { count }) => sum + count, after.other.count)).toBe(ROWS);
    expect(after.shown.length + after.other.classes).toBe(new Set(summary.clusters.map(({ colour }) => colour)).size);
  });

  it('is made again without embedding; a changed row costs one row', async () => {
    const files = privateFiles();
    const first = start(files);
    await open(first.made);
    expect(await first.made.api.keptVectors(['prompt'], request)).toEqual({ kept: 0, texts: ROWS });
    await first.made.api.makeSpace(request);
    expect(await first.made.api.keptVectors(['prompt'], request)).toEqual({ kept: ROWS, texts: ROWS });
    const changed = rows.map((row, i) => (i === 17 ? { ...row, instruction: 'a poem of its own' } : row));
    const second = start(files);
    await open(second.made, changed);
    expect(await second.made.api.keptVectors(['prompt'], request)).toEqual({ kept: ROWS - 1, texts: ROWS });
    const { figures } = await second.made.api.makeSpace(request);
    expect(figures).toMatchObject({ embedded: 1, restored: ROWS - 1 });
    expect(second.fake.texts).toEqual(['a poem of its own']);
    expect(second.figures).toMatchObject([{ kind: 'fake', embedded: 1, restored: ROWS - 1 }]);
  });

  it('is read without the model where every vector is kept, and not begun where one is not', async () => {
    const files = privateFiles();
    const first = start(files);
    await open(first.made);
    const summary = await first.made.api.makeSpace(request);
    const cluster = await first.made.api.column('cluster');
    const second = start(files);
    await open(second.made);
    const kept: ModelRequest = { ...request, source: null, keptOnly: true };
    const again = await second.made.api.makeSpace(kept);
    expect(again).toEqual({ ...summary, figures: again.figures });
    expect(again.figures).toMatchObject({ embedded: 0, restored: ROWS, device: '' });
    expect(await second.made.api.column('cluster')).toEqual(cluster);
    expect(second.fake.spawned).toBe(0);
    await expect(second.made.api.searchMeaning('a refund', 3)).rejects.toMatchObject({ key: 'engine.embed-not-here' });
    // Its files come to hand: phrases are embedded from here on.
    await second.made.api.makeSpace(request);
    expect((await second.made.api.searchMeaning('a refund', 3)).records.length).toBe(3);
    expect(second.fake.texts).toEqual(['a refund']);
    const third = start(files);
    await open(third.made, [...rows, { instruction: 'a poem of its own', input: '', output: 'answer' }]);
    await expect(third.made.api.makeSpace({ ...request, keptOnly: true })).rejects.toMatchObject({
      key: 'engine.embed-not-kept',
      params: { model: 'fake' },
    });
    expect([third.fake.spawned, third.fake.texts]).toEqual([0, []]);
  });

  it('counts what is kept for the last who asked, and gives way to an embedding', async () => {
    const files = privateFiles();
    const { made } = start(files);
    const many = Array.from({ length: 9000 }, (_, i) => ({ instruction: `refund number ${i % 300}`, output: `${i}` }));
    await open(made, many);
    await made.api.makeSpace(request);
    const early = made.api.keptVectors(['prompt'], request);
    const late = made.api.keptVectors(['prompt', 'response'], request);
    await expect(early).rejects.toMatchObject({ name: 'AbortError' });
    expect(await late).toEqual({ kept: 0, texts: 9000 });
    const on = { ...recipe(), embedding: { model: 'fake', on: 'response' } };
    await made.api.setRecipe(on);
    const counting = made.api.keptVectors(['response'], request);
    const making = made.api.makeSpace(request);
    await expect(counting).rejects.toMatchObject({ name: 'AbortError' });
    expect((await making).figures).toMatchObject({ embedded: 9000, restored: 0 });
    expect(await made.api.keptVectors(['response'], request)).toEqual({ kept: 9000, texts: 9000 });
  });

  it('keeps what was embedded when it is cancelled', async () => {
    const files = privateFiles();
    const { fake, made } = start(files);
    await open(made);
    let held: (() => void) | null = null;
    fake.before = (batch) => (batch === 5 ? new Promise((resolve) => (held = resolve)) : undefined);
    const making = made.api.makeSpace(request);
    await expect.poll(() => held).not.toBe(null);
    await made.api.cancel('embed');
    await expect(making).rejects.toMatchObject({ name: 'AbortError' });
    held!();
    const kept = (await made.api.keptVectors(['prompt'], request)).kept;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(ROWS);
    fake.before = () => undefined;
    const { figures } = await made.api.makeSpace(request);
    expect(figures).toMatchObject({ restored: kept, embedded: ROWS - kept });
  });

  it('waits while it is paused, and tells how far it is', async () => {
    const { fake, made } = start();
    await open(made);
    const told: EmbeddingState[] = [];
    made.on('embedding', (state) => told.push(state));
    fake.before = async (batch) => void (batch === 2 && (await made.api.pauseEmbedding(true)));
    const making = made.api.makeSpace(request);
    let over = false;
    void making.then(() => (over = true));
    await expect.poll(() => fake.texts.length).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = fake.texts.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(fake.texts.length).toBe(before);
    expect(before).toBeLessThan(ROWS);
    expect(over).toBe(false);
    await made.api.pauseEmbedding(false);
    await making;
    expect(fake.texts.length).toBe(ROWS);
    const dones = told.flatMap(({ done }) => (done === undefined ? [] : [done]));
    expect(dones).toEqual([...dones].sort((a, b) => a - b));
    expect(dones.at(-1)).toBe(ROWS);
  });

  it('serves a semantic step by the same model, and after a rewriting step once its texts are embedded', async () => {
    const { fake, made } = start();
    const plain = rows.slice(0, 60);
    const spaced = plain.map((row, i) => (i < 5 ? { ...row, instruction: `${row.instruction}   end` } : row));
    await open(made, spaced);
    const step = { semantic: { on: 'prompt', model: 'fake', at: 0.9999 } } as const;
    expect(await made.api.alike(step)).toBe(null);
    await made.api.makeSpace(request);
    const curve = (await made.api.alike(step))!;
    expect(curve.dropped[0]).toBe(57);
    expect(fake.texts.length).toBe(60);
    // Of sixty records in three tight bundles, the median distance to the nearest neighbour is nearly 0.
    expect(curve.suggested).toBeGreaterThan(0.99);
    const normalise: Step = { normalise: { collapse: ['spaces'] } };
    await made.api.setRecipe(recipe([normalise, step]));
    expect(await made.api.alike(step)).toBe(null);
    await made.api.embedFor(step, request);
    // Five prompts were rewritten, the others' vectors are kept.
    expect(fake.texts.slice(60).sort()).toEqual(
      plain
        .slice(0, 5)
        .map((row) => `${row.instruction} end`)
        .map((text) => text.replace(/ +/g, ' '))
        .sort(),
    );
    expect((await made.api.alike(step))!.dropped[0]).toBe(57);
    const views = await made.api.setRecipe(recipe([normalise, step]));
    expect(views.counts.steps[1].dropped).toBeGreaterThan(0);
  });
});

describe('the space by vectors of the file', () => {
  it('is made of the field without a model', async () => {
    const { fake, made } = start();
    const objects = rows.map((row) => ({ ...row, v: vectorOf(row.instruction) }));
    await made.api.open([{ kind: 'file', file: jsonl(objects) }]);
    expect(await made.api.vectorFields()).toEqual(['v']);
    await made.api.setRecipe({ ...recipe(), embedding: { model: 'field:v' } });
    expect(await made.api.makeSpace(null)).toMatchObject({ model: 'field:v', dim: 4, figures: null, placed: ROWS });
    expect(fake.texts).toEqual([]);
    await expect(made.api.searchMeaning('refund', 3)).rejects.toThrow(/“v”/);
    const step = { semantic: { on: 'prompt', model: 'field:v', at: 0.9 } } as const;
    expect((await made.api.alike(step))!.dropped[0]).toBe(ROWS - 3);
  });
});
