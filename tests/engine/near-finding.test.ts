import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engine, type Engine } from './session';

const folder = new URL('../../datasets/', import.meta.url);
interface Fault {
  place: number;
  id: string;
}
const { faults } = JSON.parse(readFileSync(new URL('KEY.json', folder), 'utf8')) as { faults: Fault[] };
const text = readFileSync(new URL('card-service-zh.jsonl', folder), 'utf8');
const planted = faults.filter(({ id }) => id === 'near-duplicates');

let opened: Engine;
beforeAll(async () => {
  opened = engine();
  await opened.api.open([{ kind: 'file', file: new File([text], 'card-service-zh.jsonl') }]);
});
afterAll(() => opened.stop());

describe('near-duplicates, found unasked', () => {
  it('are those planted in the demo, and the suggested recipe leaves out the worse of two', async () => {
    // Asked at once: the suggestion waits for them.
    const { steps } = await opened.api.suggest();
    expect(steps).toContainEqual({ near: { on: ['prompt'], at: 0.8 } });
    await opened.api.idle();
    const views = await opened.api.setRecipe({ siftbook: 1, seed: 0, steps: [] });
    const finding = views.findings.find(({ id }) => id === 'near-duplicates')!;
    expect(finding).toMatchObject({ severity: 2, cut: { near: { on: ['prompt'], at: 0.8 } } });
    const page = await opened.api.records({ finding: 'near-duplicates', offset: 0, limit: 10_000 });
    const found = new Set(page.records.map(({ place }) => place));
    expect(found.size).toBe(finding.count);
    const right = planted.filter(({ place }) => found.has(place));
    expect(right.length / planted.length).toBeGreaterThanOrEqual(0.95);
    const known = new Set(planted.map(({ place }) => place));
    // Equal prompts with other answers are near-duplicates, too, if not planted ones.
    const records = text.trim().split('\n');
    const times = new Map<string, number>();
    const prompts = records.map((line) =>
      (JSON.parse(line) as { messages: { role: string; content: string }[] }).messages
        .filter(({ role }) => role === 'user')
        .map(({ content }) => content)
        .join('\n'),
    );
    for (const prompt of prompts) times.set(prompt, (times.get(prompt) ?? 0) + 1);
    const wrong = [...found].filter((place) => !known.has(place) && times.get(prompts[place]) === 1);
    expect(right.length / (right.length + wrong.length)).toBeGreaterThanOrEqual(0.95);
  });

  it('are a column with a histogram, and gone once the step stands in the recipe', async () => {
    await opened.api.idle();
    const views = await opened.api.setRecipe({ siftbook: 1, seed: 0, steps: [{ near: { on: ['prompt'], at: 0.8 } }] });
    expect(views.columns.some(({ id }) => id === 'near_similarity')).toBe(true);
    const values = await opened.api.column('near_similarity');
    expect(views.counts.steps[0].dropped).toBe(values.filter((value) => value >= Math.fround(0.8)).length);
    await opened.api.idle();
    const line = await opened.api.onTheLine('near:{"on":["prompt"],"at":0.8}', 0.9, 'max', 4);
    // The whole recipe is this step: whoever is like another at all reaches it.
    const sorted = [...values].filter((value) => value > 0).sort((a, b) => a - b);
    const at = Math.fround(0.9);
    expect(line.dropped.map(({ value }) => value)).toEqual(sorted.filter((value) => value >= at).slice(0, 4));
    expect(line.kept.map(({ value }) => value)).toEqual(
      sorted
        .filter((value) => value < at)
        .slice(-4)
        .reverse(),
    );
    for (const { place, value } of [...line.kept, ...line.dropped]) expect(values[place]).toBe(value);
    const after = await opened.api.narrow({ finding: 'near-duplicates', fate: 'kept' });
    expect(after!.total).toBe(0);
  });
});
