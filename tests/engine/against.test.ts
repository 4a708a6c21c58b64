import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const held = await opened.api.againstList({ kind: 'holds', at: 0, offset: 0, limit: 10 });
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
    expect(found).toMatchObject({ severity: 2, cut: null, count: 2, remaining: 2 });
    const places = (await opened.api.records({ finding: 'contamination', offset: 0, limit: 10 })).records;
    expect(places.map(({ place }) => place)).toEqual([0, 2]);
    await opened.api.forgetAgainst();
    const after = await opened.api.setRecipe({ siftbook: 1, seed: 0, steps: [] });
    expect(after.findings.some(({ id }) => id === 'contamination')).toBe(false);
    expect((await opened.api.againstList({ kind: 'near', at: 0.5, offset: 0, limit: 10 })).total).toBe(0);
  });

  it('refuses a file without records and stays as it was', async () => {
    await opened.api.against(other(), ['prompt']);
    const empty = [{ kind: 'file' as const, file: new File(['\n'], 'empty.jsonl') }];
    await expect(opened.api.against(empty, ['prompt'])).rejects.toThrow(/no records|empty/i);
    expect((await opened.api.againstList({ kind: 'near', at: 0.5, offset: 0, limit: 10 })).total).toBe(2);
  });
});
