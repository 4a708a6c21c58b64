import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dragCounts, lookupDrag } from '$lib/engine/drag';
import type { Manifest } from '$lib/recipe/manifest';
import type { Recipe, Step } from '$lib/recipe/types';
import { engine, type Engine } from './session';

const record = (instruction: string, output: string) => JSON.stringify({ instruction, output });
const jsonl = (lines: string[]) => lines.join('\n') + '\n';

const LEAKED =
  'A train leaves the station at nine and travels eighty kilometres an hour towards the coast for three hours';
const own = [
  record('Name the capital city of France and say how large it is today', 'Paris.'),
  record('How do I get my money back for a cancelled flight', 'Ask the airline.'),
  record('Tell me something', `Here is a riddle for you. ${LEAKED}. How far does it go? It goes 240 km.`),
  record('如何取消已经预订的酒店房间并且退还押金', '请联系客服。'),
  record('', 'Nothing was asked.'),
];
const benchmark = [
  record('What colour is the sky on a clear day in summer', 'Blue.'),
  // Lower case and a full stop are the same to shingles.
  record('name the capital city of france and say how large it is today.', 'Paris'),
  record(LEAKED, '240'),
  record('如何取消已经预订的酒店房间并且退还房费', '联系客服。'),
];

let opened: Engine;
beforeAll(async () => {
  opened = engine();
  await opened.api.open([{ kind: 'file', file: new File([jsonl(own)], 'own.jsonl') }]);
  await opened.api.idle();
});
afterAll(() => opened.stop());

const never = new AbortController().signal;
const other = () => [{ kind: 'file' as const, file: new File([jsonl(benchmark)], 'bench.jsonl') }];

describe('against a second file', () => {
  it('counts the records that are there too, names their twins, and finds texts inside longer ones', async () => {
    const summary = await opened.api.against(other(), ['prompt']);
    expect(summary).toMatchObject({ rows: 4, on: ['prompt'], reach: 4, holds: 2 });
    const { total, matches } = await opened.api.againstList({ kind: 'near', at: 0.5, offset: 0, limit: 10 });
    expect(total).toBe(2);
    expect(matches.map(({ place, other, line }) => ({ place, other, line }))).toEqual([
      { place: 0, other: 1, line: 2 },
      { place: 3, other: 3, line: 4 },
    ]);
    expect(matches[0].value).toBe(1);
    // 19 characters, the last two of them others: 17 triples each, 15 of them shared.
    expect(matches[1].value).toBeCloseTo(15 / 19, 6);
    expect(matches[1].otherText).toBe('如何取消已经预订的酒店房间并且退还房费');
    for (const [k, at] of summary.at.entries())
      expect(summary.matched[k]).toBe(matches.filter(({ value }) => value >= Math.fround(at)).length);
    const held = await opened.api.againstList({ kind: 'holds', at: 0.7, offset: 0, limit: 10 });
    expect(held.matches.map(({ place, other, value }) => [place, other, value])).toEqual([
      [0, 1, 1],
      [2, 2, 1],
    ]);
  });

  it('is a finding, until the other file is let go of', async () => {
    await opened.api.against(other(), ['prompt']);
    await opened.api.idle();
    const views = await opened.api.setRecipe({ siftbook: 1, seed: 0, steps: [] });
    const found = views.findings.find(({ id }) => id === 'contamination');
    expect(found).toMatchObject({
      severity: 2,
      // The first is a near twin; the riddle only stands inside the third.
      cut: {
        cuts: [
          { column: 'against_similarity', below: 0.8 },
          { column: 'against_overlap', below: 0.7 },
        ],
      },
      count: 2,
      remaining: 2,
    });
    const places = (await opened.api.records({ finding: 'contamination', offset: 0, limit: 10 })).records;
    expect(places.map(({ place }) => place)).toEqual([0, 2]);
    await opened.api.forgetAgainst();
    const after = await opened.api.setRecipe({ siftbook: 1, seed: 0, steps: [] });
    expect(after.findings.some(({ id }) => id === 'contamination')).toBe(false);
    expect((await opened.api.againstList({ kind: 'near', at: 0.5, offset: 0, limit: 10 })).total).toBe(0);
  });

  it('is cut like any column, and a recipe that names a file which is not open waits', async () => {
    await opened.api.forgetAgainst();
    const recipe: Recipe = {
      siftbook: 1,
      seed: 0,
      against: { files: ['bench.jsonl'] },
      steps: [
        { cut: { column: 'against_similarity', below: 0.8 } },
        { cut: { column: 'against_overlap', below: 0.7 } },
      ],
      export: [{ layout: 'same' }],
    };
    const waiting = await opened.api.setRecipe(recipe);
    expect(waiting.counts).toMatchObject({ rows: 5, kept: 5 });
    await expect(opened.api.exportFiles(recipe, '')).rejects.toThrow('bench.jsonl');
    // A file's name does not outlive Node's channels: the session is asked itself.
    const compare = (content: string, name: string) =>
      opened.session.against.compare([{ kind: 'file', file: new File([content], name) }], ['prompt'], never);
    await compare(jsonl(benchmark), 'bench.jsonl');
    await opened.api.idle();
    const views = await opened.api.setRecipe(recipe);
    expect(views.counts.steps.map(({ dropped }) => dropped)).toEqual([1, 1]);
    const own = views.columns.find(({ id }) => id === 'against_similarity')!;
    expect(own.cut).toEqual({ step: 0, max: 0.8 });
    const files = await opened.api.exportFiles(recipe, '');
    const manifest = JSON.parse(await files.find(({ name }) => name === 'manifest.json')!.blob.text()) as Manifest;
    expect(manifest.against).toEqual([
      {
        name: 'bench.jsonl',
        bytes: Buffer.byteLength(jsonl(benchmark)),
        sha256: createHash('sha256').update(jsonl(benchmark)).digest('hex'),
      },
    ]);
    // The handle shows at every position what the recipe decides there: what is at it goes, too.
    const index = await opened.api.beginDrag('against_similarity', undefined, 'max');
    const into = dragCounts(index);
    for (const at of index.steps.filter((_, i) => i % 25 === 0 || i === index.steps.length - 1)) {
      const [, rest] = recipe.steps;
      const steps: Step[] = [{ cut: { column: 'against_similarity', below: at } }, rest];
      const decided = await opened.api.setRecipe({ ...recipe, steps });
      lookupDrag(index, undefined, at, into);
      expect([at, into.kept]).toEqual([at, decided.counts.kept]);
    }
    const alone: Step[] = [{ cut: { column: 'against_similarity', below: 1 } }];
    await opened.api.setRecipe({ ...recipe, steps: alone });
    const near = await opened.api.onTheLine('against_similarity', 1, 'max', 5);
    expect(near.dropped.map(({ place }) => place)).toEqual([0]);
    // Another file of the same name is another file.
    const [, second] = benchmark;
    expect(await compare(jsonl([second]), 'bench.jsonl')).toMatchObject({ rows: 1, holds: 1 });
    const fewer = await opened.api.setRecipe(recipe);
    expect(fewer.counts.steps.map(({ dropped }) => dropped)).toEqual([1, 0]);
    // Another name is not what the recipe asks for.
    await compare(jsonl(benchmark), 'else.jsonl');
    expect((await opened.api.setRecipe(recipe)).counts.kept).toBe(5);
    await opened.api.setRecipe({ siftbook: 1, seed: 0, steps: [] });
  });

  it('refuses a file without records and stays as it was', async () => {
    await opened.api.against(other(), ['prompt']);
    const empty = [{ kind: 'file' as const, file: new File(['\n'], 'empty.jsonl') }];
    await expect(opened.api.against(empty, ['prompt'])).rejects.toThrow(/no records|empty/i);
    expect((await opened.api.againstList({ kind: 'near', at: 0.5, offset: 0, limit: 10 })).total).toBe(2);
  });
});
