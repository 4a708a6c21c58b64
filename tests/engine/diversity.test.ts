import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InstructionSummaries, measureInstructions, SENTENCE_TYPES, TASK_TYPES } from '$lib/diversity';
import { DiversityFigures as Figures } from '$lib/diversity/diversity';
import { WordNumbers } from '$lib/diversity/texts';
import { dragCounts, lookupDrag } from '$lib/engine/drag';
import type { Progress } from '$lib/engine/protocol';
import { loadSegmenter } from '$lib/text/segment';
import { engine, jsonl, type Engine } from './session';

beforeAll(loadSegmenter);

const VERBS = ['Write', 'List', 'Explain', 'Translate', 'Summarize', 'Classify', 'Describe'];
const THINGS = ['poem', 'story', 'animal', 'city', 'recipe', 'letter', 'planet', 'river', 'engine', 'novel', 'bridge'];
const ZH = ['写一首关于春天的诗。', '总结下面的段落。', '把这句话翻译成英文。', '什么是光合作用？', '列出三种水果。'];

/** Prompts of both languages, no two alike; every third response is short. */
const records = Array.from({ length: 300 }, (_, i) => ({
  instruction:
    i % 6 === 5
      ? `${ZH[i % ZH.length]}（${i}）`
      : `${VERBS[i % VERBS.length]} the ${THINGS[i % THINGS.length]} number ${i}${i % 4 ? '.' : '?'}`,
  output: i % 3 ? `An answer that is long enough to be kept by the cut of this test, number ${i}.` : 'Short.',
}));
const prompts = records.map(({ instruction }) => instruction);
const LONG = { siftbook: 1 as const, seed: 3, steps: [{ cut: { column: 'response_chars', min: 20 } }] };
const kept = Uint8Array.from(records, (_, i) => (i % 3 ? 1 : 0));

let running: Engine | null = null;
afterEach(() => running?.stop());
async function opened(rows: unknown[] = records): Promise<Engine> {
  running = engine();
  await running.api.open([{ kind: 'file', file: jsonl(rows) }]);
  return running;
}

describe('kinds of instructions', () => {
  it('are those of one direct computation, before and after a cut', async () => {
    const { api } = await opened();
    const direct = new InstructionSummaries(measureInstructions(prompts));
    const all = await api.diversity(null);
    expect(all).toEqual({ ...direct.of(new Uint8Array(300).fill(1)), read: 300, rows: 300 });
    await api.setRecipe(LONG);
    expect(await api.diversity(null)).toEqual({ ...direct.of(kept), read: 300, rows: 300 });
    expect(all!.tasks.find(({ kind }) => kind === 'translate')!.before).toBeGreaterThan(30);
  });

  it('of a sample are those of the records drawn, and make no category', async () => {
    const { api, session } = await opened();
    const some = (await api.diversity(100))!;
    expect([some.read, some.rows]).toEqual([100, 300]);
    const { places } = session.current.instructions!;
    expect(new Set(places).size).toBe(100);
    const codes = measureInstructions(Array.from(places!, (place) => prompts[place]));
    const direct = new InstructionSummaries(codes).of(new Uint8Array(100).fill(1));
    expect(some.tasks).toEqual(direct.tasks);
    expect(some.phrases).toEqual(direct.phrases);
    const views = await api.setRecipe(LONG);
    expect(views.categories.map(({ by }) => by)).not.toContain('task_type');
    // A sample as large as the set is the set.
    expect((await api.diversity(300))!.read).toBe(300);
  });

  it('narrow the records to those that have them', async () => {
    const { api } = await opened();
    await api.diversity(null);
    const narrow = async (instruction: object) => {
      const { records } = await api.records({ instruction, offset: 0, limit: 300 });
      return records.map(({ place }) => place);
    };
    const starting = (text: string) => prompts.flatMap((prompt, i) => (prompt.startsWith(text) ? [i] : []));
    expect(await narrow({ opening: ['write', 'the'] })).toEqual(starting('Write the'));
    expect(await narrow({ opening: ['write', 'the', 'poem'] })).toEqual(starting('Write the poem'));
    expect(await narrow({ opening: ['the'] })).toEqual([]);
    const codes = measureInstructions(prompts);
    const translate = TASK_TYPES.indexOf('translate');
    expect(await narrow({ task: 'translate' })).toEqual(
      [...codes.task.keys()].filter((i) => codes.task[i] === translate),
    );
    const written = await narrow({ phrase: ['write'] });
    const { labels, parents } = codes.phrase;
    const verbOf = (code: number): string => (code < 0 ? '' : parents[code] < 0 ? labels[code] : verbOf(parents[code]));
    expect(written).toEqual([...codes.phrase.codes.keys()].filter((i) => verbOf(codes.phrase.codes[i]) === 'write'));
    expect(written.length).toBeGreaterThan(10);
    const { total, kept: left } = (await api.narrow({ instruction: { phrase: ['write'] } }))!;
    expect([total, left]).toEqual([written.length, written.length]);
  });

  it('are a category once read: task types, as a recipe balances by them', async () => {
    const { api } = await opened();
    const balanced = { siftbook: 1 as const, seed: 3, steps: [{ balance: { by: 'task_type', cap: 5 } }] };
    const before = await api.setRecipe(balanced);
    const summary = (await api.diversity(null))!;
    const views = await api.setRecipe(balanced);
    expect(views.counts).toEqual(before.counts);
    const view = views.categories.find(({ by }) => by === 'task_type')!;
    const counts = new Map(summary.tasks.map(({ kind, before: count }) => [kind as string, count]));
    expect(view.names.map((name, i) => [name, view.all[i]])).toEqual(
      view.names.map((name) => [name, counts.get(name)]),
    );
    expect([...view.final].every((count) => count <= 5)).toBe(true);
  });

  it('are a category once read: sentence types, narrowed by and followed while a handle is held', async () => {
    const { api } = await opened();
    const balanced = { siftbook: 1 as const, seed: 3, steps: [{ balance: { by: 'sentence_type', cap: 7 } }] };
    const before = await api.setRecipe(balanced);
    const summary = (await api.diversity(null))!;
    expect((await api.setRecipe(balanced)).counts).toEqual(before.counts);
    const views = await api.setRecipe({ ...LONG, steps: [] });
    const view = views.categories.find(({ by }) => by === 'sentence_type')!;
    const counts = new Map(summary.sentences.map(({ kind, before: count }) => [kind as string, count]));
    expect(view.names.length).toBeGreaterThan(1);
    expect([...view.all]).toEqual(view.names.map((name) => counts.get(name)));
    const codes = measureInstructions(prompts).sentence;
    for (const name of view.names) {
      const { records: found } = await api.records({ category: { by: 'sentence_type', name }, offset: 0, limit: 300 });
      const code = SENTENCE_TYPES.indexOf(name as (typeof SENTENCE_TYPES)[number]);
      expect(found.map(({ place }) => place)).toEqual([...codes.keys()].filter((i) => codes[i] === code));
    }
    const index = await api.beginDrag('response_chars', ['category:sentence_type'], 'min');
    const into = dragCounts(index);
    lookupDrag(index, 20, undefined, into);
    const after = (await api.setRecipe(LONG)).categories.find(({ by }) => by === 'sentence_type')!;
    expect([...into.views.get('category:sentence_type')!]).toEqual([...after.kept]);
    expect(after.kept).not.toEqual(after.all);
  });

  it('are read with progress told, and can be stopped', async () => {
    const { api, on } = await opened(Array.from({ length: 5000 }, (_, i) => ({ ...records[i % 300], id: i })));
    const told: Progress[] = [];
    on('progress', (progress) => {
      if (progress.task === 'diversity') told.push(progress);
    });
    const asked = api.diversity(null);
    const stopped = expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    await api.cancel('diversity');
    await stopped;
    expect(told.at(-1)?.finished).toBe(true);
    expect((await api.diversity(null))!.read).toBe(5000);
  });
});

describe('figures of diversity', () => {
  it('are the same before and after where nothing is cut', async () => {
    const { api } = await opened();
    const { figures, vectors } = (await api.diversityFigures())!;
    expect(vectors).toEqual({ model: 'tfidf', on: ['prompt'], fitted: 'sample' });
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
    for (const { id, before, after } of figures) expect([id, after]).toEqual([id, before]);
    for (const { id, before } of figures.filter(({ id }) => id !== 'mtld'))
      expect([id, before > 0]).toEqual([id, true]);
  });

  it('are those of the kept records at equal numbers, by the vectors there are', async () => {
    const { api, session } = await opened();
    await api.setRecipe(LONG);
    const alone = (await api.diversityFigures())!;
    await api.makeSpace(null);
    const { figures, vectors } = (await api.diversityFigures())!;
    expect(vectors).toEqual({ model: 'tfidf', on: ['prompt'], fitted: 'set' });
    const numbers = new WordNumbers();
    const { values, dim } = session.space.vectors!.vectors;
    const direct = new Figures({
      order: session.current.table.measured.order({ seed: 0, kind: 'diversity', group: null }),
      words: (place) => numbers.of(prompts[place]),
      vector: (place) => values.subarray(place * dim, (place + 1) * dim),
      mtld: session.current.table.base('lexical_diversity'),
    }).of(kept);
    expect(figures).toEqual(direct);
    expect(figures[0].records).toEqual({ before: 200, after: 200 });
    // Words do not depend on vectors.
    expect(alone.figures.slice(0, 5)).toEqual(figures.slice(0, 5));
  });

  it('fall where the recipe leaves the same words over and over', async () => {
    const rows = Array.from({ length: 120 }, (_, i) =>
      i % 2
        ? { instruction: `Translate the word number ${i % 3}.`, output: 'A response that is long enough to stay.' }
        : { instruction: `${VERBS[i % 7]} ${THINGS[i % 11]} ${THINGS[(i * 7) % 11]} ${i}`, output: 'Short.' },
    );
    const { api } = await opened(rows);
    await api.setRecipe(LONG);
    const { figures } = (await api.diversityFigures())!;
    const change = Object.fromEntries(figures.map(({ id, before, after }) => [id, after - before]));
    for (const id of ['distinct_1', 'distinct_2', 'nearest_distance', 'vendi', 'novelsum'])
      expect([id, change[id] < 0]).toEqual([id, true]);
    expect(change.self_bleu).toBeGreaterThan(0);
  });

  it('leave out what cannot be measured', async () => {
    const { api } = await opened([{ instruction: 'Hello there.', output: 'Hi.' }]);
    const { figures } = (await api.diversityFigures())!;
    expect(figures.find(({ id }) => id === 'self_bleu')!.before).toBeNaN();
    const none = { siftbook: 1 as const, seed: 3, steps: [{ cut: { column: 'response_chars', min: 99 } }] };
    await api.setRecipe(none);
    const empty = (await api.diversityFigures())!;
    expect(empty.figures.find(({ id }) => id === 'distinct_1')!.records).toEqual({ before: 0, after: 0 });
  });
});
