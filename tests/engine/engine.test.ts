import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterEach, describe, expect, it } from 'vitest';
import type { Range } from '$lib/columns/types';
import type { Recipe } from '$lib/recipe/types';
import type { InternalEvents } from '$lib/engine/client';
import type { EngineApi, Views } from '$lib/engine/protocol';
import type { Client } from '$lib/engine/rpc';
import type { Storage } from '$lib/engine/storage';
import { engine, jsonl, type Engine } from './session';

const recipe = (...steps: Recipe['steps']): Recipe => ({ siftbook: 1, seed: 7, steps });

const exactOn = (...on: string[]): Recipe['steps'][number] => ({ exact: { on } });

/** 300 alpaca records: output i characters long (every tenth empty), three labels, every 50th a copy of its predecessor. */
function records(count = 300): Record<string, unknown>[] {
  const list: Record<string, unknown>[] = [];
  for (let i = 0; i < count; i++) {
    if (i % 50 === 49) list.push({ ...list[i - 1] });
    else
      list.push({
        instruction: `Question ${i} about the bill, please explain.`,
        input: '',
        output: i % 10 === 0 ? '' : 'a'.repeat(i),
        category: ['a/x', 'a/y', 'b'][i % 3],
        id: i,
      });
  }
  return list;
}

let running: Engine | null = null;
afterEach(() => running?.stop());

async function opened(objects = records()) {
  running = engine();
  const views: Views[] = [];
  running.on('views', (value) => views.push(value));
  const summary = await running.api.open([{ kind: 'file', file: jsonl(objects) }]);
  return { ...running, summary, views };
}

describe('engine', () => {
  it('opens, maps, measures and shows histograms on the way', async () => {
    const { summary, views, api } = await opened();
    expect(summary).toMatchObject({ rows: 300, complete: true, rejected: { count: 0 } });
    expect(summary.mapping).toMatchObject({ layout: 'alpaca', response: 'output', label: ['category'] });
    expect(summary.fields.map(({ name, empty, distinct }) => [name, empty, distinct])).toContainEqual([
      'input',
      300,
      1,
    ]);
    expect(views.length).toBeGreaterThan(0);
    const chars = views.at(-1)!.columns.find(({ id }) => id === 'response_chars')!;
    expect(chars.stats).toMatchObject({ count: 300, min: 0, max: 298 });
    expect(chars.all.reduce((a, b) => a + b)).toBe(300);
    expect(await api.column('response_chars')).toHaveLength(300);
    await api.idle();
    expect(views.at(-1)!.counts.tokens.estimated).toBe(false);
  });

  it('says why a record is dropped while more are measured', async () => {
    running = engine();
    const { api, session } = running;
    const short = records(5000).map((row) => ({ ...row, output: String(row.output).slice(0, 9) }));
    const done = api.open([{ kind: 'file', file: jsonl(short) }]);
    await api.setRecipe(recipe({ cut: { column: 'empty_response', max: 0 } })).catch(() => undefined);
    const asked: number[] = [];
    let waiting: Promise<unknown> = Promise.resolve();
    running.on('dataset', () => {
      const rows = session.opened?.table.rows ?? 0;
      if (!session.opened?.judged || asked.includes(rows)) return;
      asked.push(rows);
      const page = api.records({ fate: 'dropped', lane: String(rows), offset: 0, limit: 2 });
      waiting = Promise.all([waiting, page]);
    });
    await done;
    await waiting;
    expect(asked.length).toBeGreaterThan(1);
    const { records: two } = await api.records({ fate: 'dropped', offset: 0, limit: 2 });
    expect(two.map(({ fate }) => fate)).toEqual([
      { step: 0, column: 'empty_response', value: 1, cut: { max: 0 } },
      { step: 0, column: 'empty_response', value: 1, cut: { max: 0 } },
    ]);
  }, 60_000);

  it('judges a recipe exactly', async () => {
    const { api } = await opened();
    const views = await api.setRecipe(
      recipe({ cut: { column: 'response_chars', min: 1, max: 200 } }, { exact: { on: ['prompt', 'response'] } }),
    );
    const lengths = await api.column('response_chars');
    const inside = [...lengths].filter((n) => n >= 1 && n <= 200).length;
    expect(views.counts.steps[0]).toMatchObject({ step: 'cut', in: 300, kept: inside, dropped: 300 - inside });
    // Copies stand at 49, 99, 149 and 199 within the range.
    expect(views.counts).toMatchObject({ rows: 300, kept: inside - 4 });
    expect((await api.kept()).reduce((a, b) => a + b)).toBe(inside - 4);
    const own = views.columns.find(({ id }) => id === 'response_chars')!;
    expect(own.cut).toEqual({ step: 0, min: 1, max: 200 });
    expect(own.drops).toBe(300 - inside - 2);
    const label = views.categories.find(({ by }) => by === 'label')!;
    expect(label.names).toEqual(['a/x', 'a/y', 'b']);
    expect(label.kept.reduce((a, b) => a + b)).toBe(inside - 4);
  });

  it('answers a drag as a full judgement would, exact step and all', async () => {
    const { api } = await opened();
    const { lookupDrag, lookupTokens, dragCounts } = await import('$lib/engine/drag');
    const steps: Recipe['steps'] = [
      { cut: { column: 'response_chars', min: 1, max: 200 } },
      { cut: { column: 'prompt_chars', min: 10 } },
      { exact: { on: ['prompt', 'response'] } },
    ];
    // Until then tokens are estimates.
    await api.idle();
    await api.setRecipe(recipe(...steps));
    const index = await api.beginDrag('response_chars');
    const into = dragCounts(index);
    for (const min of [1, 17, 60, 150]) {
      lookupDrag(index, min, 200, into);
      const later = [1, 2].map((step) => into.views.get(`step:${step}`)![0]);
      const views = await api.setRecipe(
        recipe({ cut: { column: 'response_chars', min, max: 200 } }, steps[1], steps[2]),
      );
      expect([min, into.kept]).toEqual([min, views.counts.kept]);
      expect([min, lookupTokens(index, min, 200)]).toEqual([min, views.counts.tokens.after]);
      expect([min, ...later]).toEqual([min, ...views.counts.steps.slice(1).map(({ dropped }) => dropped)]);
      for (const { id, kept } of views.columns)
        if (id !== 'response_chars') expect([id, ...into.views.get(id)!]).toEqual([id, ...kept]);
      for (const { by, kept } of views.categories)
        expect([by, ...into.views.get(`category:${by}`)!]).toEqual([by, ...kept]);
    }
  });

  const nearOn = (at: number, ...on: string[]): Recipe['steps'][number] => ({ near: { on, at } });
  const shortest = (at: number): Recipe['steps'][number] => ({
    near: { on: ['prompt'], at, prefer: ['prompt_chars'] },
  });
  const alikeIn = (at: number): Recipe['steps'][number] => ({
    semantic: { on: ['prompt'], at, prefer: ['response_words'] },
  });
  /** Each prompt of 60 stands four times, with answers of other lengths, some of them none. */
  const twins = Array.from({ length: 240 }, (_, i) => ({
    instruction: `Please tell me about topic ${(i * 7) % 60} now.`,
    output: i % 23 === 0 ? '' : 'ab '.repeat(1 + ((i * 37) % 41)),
    category: ['x', 'y', 'z'][i % 3],
    id: i,
  }));
  /** The same with some prompts a little longer and labels that differ among twins, so that each way of comparing finds others. */
  const kin = twins.map((one, i) => ({
    ...one,
    instruction: `${one.instruction}${['', ' Many thanks.', ' Please.'][i % 11 > 2 ? 0 : i % 11]}`,
    category: ['x', 'y', 'z'][(i + Math.floor(i / 60)) % 3],
  }));
  const cutOf = (column: string, min?: number, max?: number): Recipe['steps'][number] => ({
    cut: { column, ...(min !== undefined && { min }), ...(max !== undefined && { max }) },
  });
  it.each<[string, 'min' | 'max', Recipe['steps'], number]>([
    ['a lower handle', 'min', [cutOf('response_chars', 20, 100), cutOf('prompt_chars', 10), exactOn('prompt')], 0],
    ['an upper handle', 'max', [cutOf('response_chars', 20, 100), exactOn('prompt')], 0],
    ['a cut that is not there yet', 'min', [cutOf('prompt_chars', 33), exactOn('prompt')], -1],
    ['its upper handle', 'max', [exactOn('prompt', 'label')], -1],
    [
      'a cut behind the step too',
      'min',
      [cutOf('response_chars', 8), exactOn('prompt'), cutOf('response_words', 5)],
      0,
    ],
    ['a cut behind the step', 'max', [exactOn('prompt'), cutOf('response_chars', 0, 90)], 1],
    [
      'a step before the cut and one behind',
      'min',
      [exactOn('prompt', 'label'), cutOf('response_chars', 9), exactOn('prompt')],
      1,
    ],
    ['near-duplicates', 'min', [cutOf('response_chars', 8), nearOn(0.7, 'prompt'), cutOf('prompt_chars', 30)], 0],
    ['near-duplicates, the upper handle', 'max', [cutOf('response_chars', 3, 90), nearOn(0.6, 'prompt')], 0],
    ['near-duplicates of which the short ones stay', 'max', [shortest(0.6)], -1],
    [
      'a step before the cut, cuts around it',
      'max',
      [cutOf('prompt_chars', 33), exactOn('prompt'), cutOf('response_chars', 0, 90), cutOf('response_words', 6)],
      2,
    ],
    ['two steps', 'min', [exactOn('label', 'prompt'), shortest(0.6)], -1],
    [
      'two steps, the upper handle',
      'max',
      [cutOf('response_chars', 5, 110), exactOn('label', 'prompt'), shortest(0.6)],
      0,
    ],
    [
      'three steps with cuts between and behind',
      'min',
      [
        cutOf('response_chars', 8),
        exactOn('prompt', 'label'),
        cutOf('response_words', 4),
        shortest(0.95),
        cutOf('prompt_chars', 32),
        alikeIn(0.8),
        cutOf('total_tokens', 16),
      ],
      0,
    ],
    [
      'a step before the cut, two behind with a cut between, the upper handle',
      'max',
      [
        exactOn('response', 'prompt'),
        cutOf('response_chars', 3, 90),
        nearOn(0.7, 'prompt'),
        cutOf('total_tokens', 18),
        exactOn('label'),
      ],
      1,
    ],
    [
      'equal ones before near ones before equal ones',
      'max',
      [exactOn('label', 'prompt'), shortest(0.7), exactOn('label', 'response')],
      -1,
    ],
  ])('follows who of equal records stays, exactly: %s', async (_, side, steps, at) => {
    const { lookupDrag, lookupTokens, dragCounts } = await import('$lib/engine/drag');
    const { api } = await opened(kin);
    await api.idle();
    const first = await api.setRecipe(recipe(...steps));
    const index = await api.beginDrag('response_chars', undefined, side);
    const into = dragCounts(index);
    const reach = () => into.views.get('reach')?.[0] ?? into.kept;
    const all = (lookupDrag(index, undefined, undefined, into), reach());
    const before: Range = at < 0 ? {} : (steps[at] as { cut: Range }).cut;
    const seen = new Map<number, Set<number>>();
    const place = at < 0 ? first.counts.steps.filter(({ step }) => step === 'cut').length : at;
    for (let k = 0; k < index.steps.length; k += 9) {
      const { min, max }: Range = { ...before, [side]: index.steps[k] };
      if (min !== undefined && max !== undefined && min > max) continue;
      const now = cutOf('response_chars', min, max);
      const views = await api.setRecipe(recipe(...(at < 0 ? steps.toSpliced(place, 0, now) : steps.with(at, now))));
      lookupDrag(index, min, max, into);
      const { counts } = views;
      const later = counts.steps.filter(({ index: i, dropped }) => i > place && dropped >= 0);
      const own = views.columns.find(({ id }) => id === 'response_chars')!;
      expect([k, into.kept, lookupTokens(index, min, max)]).toEqual([k, counts.kept, counts.tokens.after]);
      expect([k, all - reach()]).toEqual([k, own.drops]);
      for (const { id, kept } of views.columns)
        if (id !== 'response_chars') expect([k, id, ...into.views.get(id)!]).toEqual([k, id, ...kept]);
      for (const { index: i, dropped } of later)
        expect([k, i, into.views.get(`step:${at < 0 ? i - 1 : i}`)![0]]).toEqual([k, i, dropped]);
      for (const { index: i, step, dropped } of later)
        if (step !== 'cut') seen.set(i, (seen.get(i) ?? new Set()).add(dropped));
    }
    // The handle moves what every later step drops that compares records.
    for (const counts of seen.values()) expect(counts.size).toBeGreaterThan(2);
  });

  it.each<[string, Recipe['steps'], number]>([
    ['alone', [nearOn(0.7, 'prompt')], 0],
    ['between cuts', [cutOf('response_chars', 20), nearOn(0.9, 'prompt'), cutOf('prompt_chars', 33)], 1],
    ['before an exact step', [nearOn(0.9, 'prompt'), exactOn('label')], 0],
    ['not in the recipe yet', [cutOf('response_chars', 9, 80), exactOn('response')], 2],
    ['not in the recipe yet, another step behind it', [exactOn('response'), alikeIn(0.9)], 1],
    [
      'before two steps with cuts between and behind',
      [
        nearOn(0.9, 'prompt'),
        cutOf('response_chars', 9),
        exactOn('label', 'response'),
        shortest(0.7),
        cutOf('prompt_chars', 33),
      ],
      0,
    ],
  ])('answers a drag of a threshold of likeness as a full judgement would: %s', async (_, steps, at) => {
    const { lookupDrag, lookupTokens, dragCounts } = await import('$lib/engine/drag');
    const { api } = await opened(kin);
    await api.idle();
    await api.setRecipe(recipe(...steps));
    const curve = (await api.alike({ near: { on: ['prompt'], at: 0.8 } }))!;
    const id = `near:${JSON.stringify((steps[at] as { near?: object } | undefined)?.near ?? { on: ['prompt'], at: 0.8 })}`;
    const index = await api.beginDrag(id, undefined, 'max');
    const into = dragCounts(index);
    const seen = new Set<number>();
    for (let k = 0; k < index.steps.length; k += 7) {
      const threshold = index.steps[k];
      const views = await api.setRecipe(
        recipe(...steps.toSpliced(at, 'near' in (steps[at] ?? {}) ? 1 : 0, nearOn(threshold, 'prompt'))),
      );
      lookupDrag(index, undefined, threshold, into);
      const { counts } = views;
      expect([threshold, into.kept, lookupTokens(index, undefined, threshold)]).toEqual([
        threshold,
        counts.kept,
        counts.tokens.after,
      ]);
      const inserted = 'near' in (steps[at] ?? {}) ? 0 : 1;
      for (const { index: i, dropped } of counts.steps.slice(at + 1))
        expect([threshold, i, into.views.get(`step:${i - inserted}`)?.[0]]).toEqual([threshold, i, dropped]);
      expect([threshold, curve.dropped[curve.at.indexOf(threshold)]]).toEqual([threshold, counts.steps[at].dropped]);
      seen.add(counts.kept);
      for (const { id: view, kept } of views.columns)
        expect([threshold, view, ...into.views.get(view)!]).toEqual([threshold, view, ...kept]);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('lists the groups of records that are alike, the one that stays first', async () => {
    const { api } = await opened(twins);
    const found = (await api.alikeGroups({ near: { on: ['prompt'], at: 0.99 } }, 0, 3))!;
    expect(found.groups).toBe(60);
    const [{ size, members }] = found.largest;
    expect(size).toBe(4);
    const lengths = members.map(({ place }) => twins[place].output.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(members.map(({ similarity }) => similarity)).toEqual([null, 1, 1, 1]);
    expect(members.slice(1).map(({ twin }) => twin)).toEqual(Array(3).fill(members[0].place));
  });

  it('holds only the views that are asked for in a drag index', async () => {
    const { api } = await opened();
    await api.setRecipe(recipe({ cut: { column: 'response_chars', min: 1 } }));
    const index = await api.beginDrag('response_chars', ['prompt_chars', 'category:label']);
    expect(index.layout.map(({ id }) => id)).toEqual(['kept', 'prompt_chars', 'category:label']);
  });

  it('narrows every view to the records pointed at', async () => {
    const { api } = await opened();
    const step: Recipe['steps'][number] = { cut: { column: 'response_chars', min: 1, max: 200 } };
    const views = await api.setRecipe(recipe(step));
    const lengths = await api.column('response_chars');
    const category = views.categories.find(({ by }) => by === 'label')!;
    const first = category.names.indexOf('a/x');
    const narrowed = (await api.narrow({ category: { by: 'label', name: 'a/x' } }))!;
    expect(narrowed.total).toBe(category.all[first]);
    expect(narrowed.kept).toBe(category.kept[first]);
    const of = (id: string) => narrowed.views.find((view) => view.id === id)!;
    expect([...of('category:label').all]).toEqual([...category.all].map((n, i) => (i === first ? n : 0)));
    expect([...of('category:label').kept]).toEqual([...category.kept].map((n, i) => (i === first ? n : 0)));
    // The cut's own chart shows what every other cut keeps: all of them here.
    const own = of('response_chars');
    expect(own.all.reduce((a, b) => a + b)).toBe(narrowed.total);
    expect([...own.kept]).toEqual([...own.all]);
    expect(of('prompt_chars').kept.reduce((a, b) => a + b)).toBe(narrowed.kept);
    const short = (await api.narrow({ column: { id: 'response_chars', max: 0 } }))!;
    expect([short.total, short.kept]).toEqual([[...lengths].filter((n) => n === 0).length, 0]);
    const some = (await api.narrow({ places: [3, 5, 5_000_000] }))!;
    expect(some.total).toBe(2);
    expect((await api.narrow({ search: 'no such text' }))!.total).toBe(0);
  });

  it('measures a rewriting step anew and keeps the rest', async () => {
    const objects = records(40).map((row) => ({ ...row, output: `${row.output as string}   \u200b  end` }));
    const { api, views } = await opened(objects);
    const raw = await api.column('response_chars');
    const steps: Recipe['steps'] = [
      { normalise: { strip: ['zero-width'], collapse: ['spaces'] } },
      { cut: { column: 'response_chars', max: 20 } },
    ];
    const judged = await api.setRecipe(recipe(...steps));
    const shown = await api.column('response_chars');
    expect([...shown].every((n, i) => n < raw[i])).toBe(true);
    expect(judged.counts.kept).toBe([...shown].filter((n) => n <= 20).length);
    const preview = await api.preview(recipe(...steps), 0, 3);
    expect(preview).toMatchObject({ changed: 40, sampled: 40 });
    expect(preview.records[0]).toMatchObject({ place: 0, field: 'response' });
    expect(preview.records[0].after).not.toContain('\u200b');
    await api.idle();
    const special = views.at(-1)!.columns.find(({ id }) => id === 'whitespace')!;
    expect(special.stats.count).toBe(40);
    const back = await api.setRecipe(recipe());
    expect(back.columns.find(({ id }) => id === 'response_chars')!.stats.max).toBe(Math.max(...raw));
  });

  it('measures what a step rewrites as if the file had come so, whichever records it touches', async () => {
    const objects = records(60);
    const touched = objects.map((row, i) =>
      i % 3 ? row : { ...row, output: `\u200b${row.output as string}<b>x</b>`, label: 'a/x' },
    );
    const clean = touched.map((row, i) => (i % 3 ? row : { ...row, output: `${objects[i].output as string}x` }));
    const first = await opened(touched);
    await first.api.setRecipe(recipe({ normalise: { strip: ['zero-width', 'html'] } }));
    await first.api.idle();
    const second = await opened(clean);
    await second.api.idle();
    for (const id of ['response_chars', 'total_tokens', 'special', 'html', 'whitespace'])
      expect([id, [...(await first.api.column(id))]]).toEqual([id, [...(await second.api.column(id))]]);
    const counts = (views: Views[]) => views.at(-1)!.categories.map(({ by, names, all }) => [by, names, [...all]]);
    expect(counts(first.views)).toEqual(counts(second.views));
    first.stop();
  });

  it('shows records: narrowed, searched, ordered, explained', async () => {
    const { api } = await opened();
    await api.setRecipe(recipe({ cut: { column: 'response_chars', min: 1 } }));
    const dropped = await api.records({ fate: 'dropped', offset: 0, limit: 3 });
    expect(dropped.total).toBe(30);
    expect(dropped.records.map(({ place }) => place)).toEqual([0, 10, 20]);
    expect(dropped.records[0]).toMatchObject({
      line: 1,
      label: 'a/x',
      copies: 0,
      fate: { step: 0, column: 'response_chars', value: 0, cut: { min: 1 } },
      columns: { response_chars: 0, empty_response: 1 },
    });
    expect(dropped.records[0].findings).toContain('empty-response');
    expect(dropped.records[0].key).toMatch(/^[0-9a-f]{16}-0$/);
    expect(JSON.parse(dropped.records[0].json)).toMatchObject({ id: 0 });
    const found = await api.records({ search: 'QUESTION 12', offset: 0, limit: 50 });
    expect(found.records.map(({ place }) => place)).toEqual([12, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129]);
    const longest = await api.records({ column: { id: 'response_chars' }, order: 'descending', offset: 0, limit: 2 });
    expect(longest.records.map(({ place }) => place)).toEqual([298, 299]);
    expect((await api.records({ category: { by: 'label:1', name: 'b' }, offset: 0, limit: 0 })).total).toBeGreaterThan(
      90,
    );
    const places = await api.records({ places: [7, 3], offset: 0, limit: 5 });
    expect(places.records.map(({ place }) => place)).toEqual([7, 3]);
    const line = await api.onTheLine('response_chars', 5, 'min', 2);
    expect(line).toEqual({
      kept: [
        { place: 5, value: 5 },
        { place: 6, value: 6 },
      ],
      dropped: [
        { place: 4, value: 4 },
        { place: 3, value: 3 },
      ],
    });
  });

  it('lists groups and percentiles by class', async () => {
    const { api } = await opened();
    const groups = await api.groups('exact', ['prompt', 'response'], 2);
    expect(groups).toMatchObject({ groups: 6, extra: 6 });
    expect(groups.largest[0]).toMatchObject({ size: 2, places: [48, 49] });
    const rows = await api.byCategory('response_chars', 'label');
    expect(rows.map(({ name }) => name)).toEqual(['a/x', 'a/y', 'b']);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(300);
  });

  it('follows a mapping, of the page or of the recipe', async () => {
    const { api, summary } = await opened();
    const mapped = await api.setMapping({ ...summary.mapping, response: 'instruction', prompt: ['output'] });
    expect(mapped.mapping.response).toBe('instruction');
    expect((await api.column('response_chars'))[0]).toBeGreaterThan(10);
    await api.setRecipe({ ...recipe(), source: { map: { prompt: 'instruction', response: 'output' } } });
    expect((await api.column('response_chars'))[0]).toBe(0);
  });

  it('keeps what is open when another file cannot be read, and takes a waiting recipe along', async () => {
    const { api } = await opened();
    await expect(api.open([{ kind: 'file', file: new File([''], 'bad.jsonl') }])).rejects.toThrow();
    expect((await api.records({ offset: 0, limit: 0 })).total).toBe(300);
    const opening = api.open([{ kind: 'file', file: jsonl(records(60)) }]);
    const source = { map: { prompt: 'output', response: 'instruction' } };
    // Comes before or after the records are read: either way it counts.
    const early = api.setRecipe({ ...recipe({ cut: { column: 'response_chars', min: 43 } }), source });
    early.catch((error: Error) => expect(error.name).toBe('Superseded'));
    const summary = await opening;
    expect(summary.mapping).toMatchObject({ prompt: ['output'], response: 'instruction' });
    expect(summary.detected).toMatchObject({ prompt: ['instruction', 'input'], response: 'output' });
    await api.idle();
    const kept = (await api.kept()).reduce((a, b) => a + b);
    expect(kept).toBe([...(await api.column('response_chars'))].filter((n) => n >= 43).length);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(60);
  });

  it('goes on judging after a recipe has mapped anew', async () => {
    const { api } = await opened(records(60));
    const source = { map: { prompt: 'output', response: 'instruction' } };
    await api.setRecipe({ ...recipe(), source });
    for (const min of [40, 41, 42]) {
      const views = await api.setRecipe({ ...recipe({ cut: { column: 'response_chars', min } }), source });
      expect(views.counts.rows).toBe(60);
    }
    await api.idle();
    expect((await api.suggest()).source?.map).toMatchObject({ response: 'instruction' });
  });

  it('stops when told to, keeps what is measured, and exports no part for the whole', async () => {
    running = engine();
    const { api, on } = running;
    const views = new Promise<Views>((resolve) => on('views', resolve));
    const opening = api.open([
      { kind: 'file', file: jsonl(records(9000).map((row) => ({ ...row, output: 'short' }))) },
    ]);
    const stopped = expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    const { counts } = await views;
    await api.cancel('columns');
    await stopped;
    expect(counts.rows).toBeLessThan(9000);
    const after = await api.setRecipe(recipe({ cut: { column: 'response_chars', min: 1 } }));
    expect(after.counts.rows).toBeGreaterThan(0);
    expect(after.counts.rows).toBeLessThan(9000);
    expect((await api.records({ offset: 8999, limit: 1 })).records[0]).toMatchObject({ place: 8999, fate: null });
    await expect(api.exportFiles(recipe(), '')).rejects.toThrow('Not every record is read and measured');
  });

  it('exports the files of a run', async () => {
    const { api } = await opened();
    const chosen: Recipe = {
      ...recipe({ cut: { column: 'response_chars', min: 1 } }, { split: { train: 0.8, test: 0.2 } }),
      export: [{ layout: 'same' }],
    };
    const files = await api.exportFiles(chosen, 'siftbook: 1\n# mine\n');
    expect(files.map(({ name }) => name).sort()).toEqual([
      'ledger.jsonl',
      'manifest.json',
      'recipe.yaml',
      'test.jsonl',
      'train.jsonl',
    ]);
    const text = async (name: string) => files.find((file) => file.name === name)!.blob.text();
    const manifest = JSON.parse(await text('manifest.json'));
    expect(manifest.steps[0]).toEqual({ index: 0, step: 'cut', in: 300, kept: 270, dropped: 30 });
    expect((await text('train.jsonl')).trim().split('\n').length).toBe(manifest.splits.train);
    expect((await text('ledger.jsonl')).trim().split('\n')).toHaveLength(300);
    expect(await text('recipe.yaml')).toContain('# mine');
  });

  it('says how many records a layout could not hold', async () => {
    const calls = [{ id: '1', type: 'function', function: { name: 'f', arguments: '{}' } }];
    const talks = Array.from({ length: 20 }, (_, i) => ({
      messages: [
        { role: 'user', content: `Question ${i}?` },
        { role: 'assistant', content: `Answer ${i}.`, ...(i % 4 === 0 && { tool_calls: calls }) },
      ],
    }));
    const { api } = await opened(talks);
    const layouts = [{ layout: 'alpaca', dir: 'a' }, { layout: 'jsonl' }];
    const files = await api.exportFiles({ ...recipe(), export: layouts }, '');
    const lost = Object.fromEntries(files.map((file) => [file.name, file.lost]));
    expect(lost).toMatchObject({ 'a/data.jsonl': 5, 'data.jsonl': 0, 'ledger.jsonl': 0 });
  });

  it('counts tokens exactly for an export though their counting was stopped, and waits while a handle is held', async () => {
    const many = records(8000).map((row, i) => ({ ...row, output: 'a'.repeat(i % 200) }));
    const { api, session } = await opened(many);
    await api.hold(true);
    await api.cancel('tokens');
    await api.hold(false);
    await api.idle();
    expect(session.current.table.estimated).toBe(true);
    const cut = { ...recipe({ cut: { column: 'response_tokens', max: 12 } }), export: [{ layout: 'same' as const }] };
    const files = await api.exportFiles(cut, '');
    expect(session.current.table.estimated).toBe(false);
    const lines = (await files.find(({ name }) => name === 'data.jsonl')!.blob.text()).trim().split('\n');
    const short = many.filter(({ output }) => encode(output).length <= 12) as { id?: number }[];
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(short.map(({ id }) => id));
  });

  it('keeps what it has read before it is measured', async () => {
    const order: string[] = [];
    const storage: Storage = {
      keep: async () => void order.push('kept'),
      restore: async () => null,
      keepOther: async () => undefined,
      other: async () => null,
      forgetOther: async () => undefined,
      saveRecipe: async () => undefined,
      recipe: async () => null,
      forget: async () => undefined,
    };
    running = engine(storage);
    (running as unknown as Client<EngineApi, InternalEvents>).on('measured', ({ name }) => order.push(name));
    await running.api.open([{ kind: 'file', file: jsonl(records(300)) }]);
    await running.api.idle();
    expect(order.filter((what) => /kept|columns/.test(what))).toEqual(['kept', 'siftbook:columns']);
  });

  it('tells of refused lines and of files it cannot read', async () => {
    running = engine();
    const bad = new File(['{"prompt":"a","completion":"b"}\nnot json\n'], 'some.jsonl');
    const summary = await running.api.open([{ kind: 'file', file: bad }]);
    expect(summary).toMatchObject({ rows: 1, rejected: { count: 1, first: [{ line: 2 }] } });
    expect(await running.api.rejections(0, 10)).toHaveLength(1);
    await expect(running.api.open([{ kind: 'file', file: new File([''], 'empty.json') }])).rejects.toMatchObject({
      name: 'UnreadableError',
    });
    await expect(running.api.open([{ kind: 'stored' }])).rejects.toThrow('no stored dataset');
  });
});
