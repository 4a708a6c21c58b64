import { describe, expect, it } from 'vitest';
import { embedAll, type EmbedModel } from '$lib/engine/embedding/embed-all';
import { Pause } from '$lib/engine/embedding/pause';
import { emptyStore, type VectorStore } from '$lib/engine/embedding/store';
import { loadHash } from '$lib/text/hash';

const hash = await loadHash();

/** A model whose vector is the text's length and its first letter's code; counts what it is asked. */
function model(limit = Infinity): EmbedModel & { asked: string[]; sizes: number[] } {
  const asked: string[] = [];
  const sizes: number[] = [];
  return {
    asked,
    sizes,
    dim: 2,
    prefix: 'q: ',
    maxTokens: 64,
    device: () => 'wasm',
    async embed(texts) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (asked.length + texts.length > limit) throw new Error('the page died');
      asked.push(...texts);
      sizes.push(texts.length);
      return Float32Array.from(texts.flatMap((text) => [text.length, text.charCodeAt(0)]));
    },
  };
}
function memory(): VectorStore & { size(): number } {
  const kept = new Map<bigint, Float32Array>();
  return {
    kept: true,
    size: () => kept.size,
    read(hashes, into) {
      return Uint8Array.from(hashes, (key, row) => {
        const vector = kept.get(key);
        if (vector) into.set(vector, row * vector.length);
        return vector ? 0 : 1;
      });
    },
    has: (key) => kept.has(key),
    append: (key, vector) => void kept.set(key, vector.slice()),
    settle: () => undefined,
    flush: () => undefined,
    close: () => undefined,
  };
}
const from = (texts: string[]) => ({
  count: texts.length,
  texts: (start: number, end: number) => texts.slice(start, end),
});
const expected = (texts: string[]) => texts.flatMap((text) => (text ? [text.length, text.charCodeAt(0)] : [0, 0]));
const many = Array.from({ length: 10_000 }, (_, i) =>
  i % 97 === 0 ? '' : 'x'.repeat(1 + ((i * 31) % 200)) + ((i * 7) % 5000),
);

describe('embedding a dataset', () => {
  it('puts every vector in its place, equal texts once, none for no text', async () => {
    const texts = ['card', '', 'a long text about money', 'card', '天气', 'card'];
    const mine = model();
    const { vectors, figures } = await embedAll(from(texts), mine, emptyStore(), hash);
    expect(vectors).toMatchObject({ rows: 6, dim: 2 });
    expect([...vectors.values]).toEqual(expected(texts));
    expect([...mine.asked].sort()).toEqual(['a long text about money', 'card', '天气']);
    expect(figures).toMatchObject({ device: 'wasm', texts: 5, embedded: 3, restored: 0 });
  });
  it('does so over many windows, in batches of up to 32', async () => {
    const mine = model();
    const { vectors, figures } = await embedAll(from(many), mine, memory(), hash);
    expect([...vectors.values]).toEqual(expected(many));
    const distinct = new Set(many.filter(Boolean)).size;
    expect(mine.asked.length).toBe(distinct);
    expect(figures.embedded).toBe(distinct);
    expect(Math.max(...mine.sizes)).toBe(32);
    expect(figures.textsPerSecond).toBeGreaterThan(0);
  });
  it('recomputes nothing after the page died, but what was under way', async () => {
    const store = memory();
    const dying = model(2500);
    await expect(embedAll(from(many), dying, store, hash)).rejects.toThrow('the page died');
    expect(store.size()).toBe(dying.asked.length);
    expect(store.size()).toBeGreaterThan(2400);
    const again = model();
    const { vectors, figures } = await embedAll(from(many), again, store, hash);
    expect([...vectors.values]).toEqual(expected(many));
    const distinct = new Set(many.filter(Boolean)).size;
    expect(again.asked.length).toBe(distinct - dying.asked.length);
    expect(figures.restored).toBe(dying.asked.length);
    const changed = [...many];
    changed[1234] = 'one row that was changed';
    const third = model();
    const run = await embedAll(from(changed), third, store, hash);
    expect(third.asked).toEqual(['one row that was changed']);
    expect([...run.vectors.values]).toEqual(expected(changed));
  });
  it('knows a text behind another prefix as another', async () => {
    const store = memory();
    await embedAll(from(['card']), model(), store, hash);
    const other = { ...model(), prefix: '' };
    expect((await embedAll(from(['card']), other, store, hash)).figures.embedded).toBe(1);
  });
  it('tells its progress, up to all of it', async () => {
    const told: { done: number; of: number; textsPerSecond: number }[] = [];
    await embedAll(from(many), model(), memory(), hash, { progress: (progress) => void told.push(progress) });
    const done = told.map((each) => each.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(many.length);
    expect(told.at(-1)!.textsPerSecond).toBeGreaterThan(0);
  });
  it('tells the time left from what is still to embed, not from what is restored', async () => {
    const texts = Array.from({ length: 12_000 }, (_, i) => `text ${i}`);
    const store = memory();
    await embedAll(from(texts.slice(0, 6000)), model(), store, hash);
    // A clock by which every text takes 10 ms.
    const mine = model();
    const told: { left: number | null; done: number }[] = [];
    await embedAll(from(texts), mine, store, hash, {
      now: () => mine.asked.length * 10,
      progress: ({ left, done }) => void told.push({ left, done }),
    });
    expect(told.filter(({ done }) => done <= 4096).every(({ left }) => left === null)).toBe(true);
    const late = told.filter(({ done, left }) => done > 8192 && left !== null);
    expect(late.length).toBeGreaterThan(50);
    for (const { left, done } of late) expect(left!).toBeCloseTo(((12_000 - done) * 10) / 1000, -0.5);
    expect(told.at(-1)!.left).toBe(0);
  });
  it('stops at the signal, keeping what it had', async () => {
    const store = memory();
    const stop = new AbortController();
    let batches = 0;
    const run = embedAll(from(many), model(), store, hash, {
      signal: stop.signal,
      progress: () => void (++batches === 10 && stop.abort(new Error('enough'))),
    });
    await expect(run).rejects.toThrow('enough');
    expect(store.size()).toBeGreaterThan(0);
    expect(store.size()).toBeLessThan(1000);
  });
  it('waits while paused', async () => {
    const pause = new Pause();
    const mine = model();
    pause.pause();
    const run = embedAll(from(many.slice(0, 300)), mine, emptyStore(), hash, { paused: () => pause.wait() });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(mine.asked.length).toBe(0);
    expect(pause.paused).toBe(true);
    pause.resume();
    expect((await run).figures.embedded).toBe(mine.asked.length);
    expect(mine.asked.length).toBeGreaterThan(200);
  });
  it('may be cancelled while paused', async () => {
    const pause = new Pause();
    pause.pause();
    const stop = new AbortController();
    const waiting = pause.wait(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
