import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '$lib/health/types';
import type { EmbeddingSettings, Recipe, Step } from '$lib/recipe/types';
import { Random } from '$lib/clusters/random';
import { engine, jsonl, type Engine } from './session';

const VOCABULARY = (
  'harbour violin quantum garden bread invoice glacier kernel poem tractor lantern visa puzzle ocean recipe circuit ' +
  'falcon ballot cotton rocket sermon tunnel market fossil guitar ledger meadow nickel orchid pepper quarry ribbon ' +
  'saddle temple umbrella vessel walnut yoghurt zipper anchor bamboo candle dragon engine feather goblet hammer island'
).split(' ');

/** 400 sentences of ten words each; every tenth is told again with its words in another order, and every twentieth as it stands. */
function sentences(): { instruction: string; output: string; of: number | null }[] {
  const random = new Random(3, 5);
  const out: { instruction: string; output: string; of: number | null }[] = [];
  for (let i = 0; i < 400; i++) {
    const words = [...random.choose(VOCABULARY.length, 10)].map((word) => VOCABULARY[word]);
    out.push({ instruction: words.join(' '), output: `a long answer, number ${i}`, of: null });
    const first = out.length - 1;
    const other = words.filter((_, at) => at % 2).concat(words.filter((_, at) => at % 2 === 0));
    if (i % 10 === 0) out.push({ instruction: other.join(' '), output: 'short', of: first });
    if (i % 20 === 10) out.push({ instruction: words.join(' '), output: 'brief', of: null });
  }
  return out;
}
const told = sentences();
const ROWS = told.length;
const again = [...told.keys()].filter((place) => told[place].of !== null);
const file = jsonl(told.map(({ instruction, output }) => ({ instruction, input: '', output })));
const recipe = (steps: Step[], embedding?: EmbeddingSettings): Recipe => ({ siftbook: 1, seed: 7, embedding, steps });

let own: Engine;
beforeAll(async () => {
  own = engine();
  await own.api.open([{ kind: 'file', file }]);
  await own.api.setRecipe(recipe([]));
  await own.api.idle();
});
afterAll(() => own.stop());

async function finding(of: Recipe): Promise<Finding | undefined> {
  await own.api.setRecipe(of);
  await own.api.idle();
  const { findings } = own.session.current.judged!.views;
  return findings.find(({ id }) => id === 'semantic-duplicates');
}

it('duplicates by meaning are found once there are vectors, and cured by a step that can be taken back', async () => {
  expect(await finding(recipe([]))).toBeUndefined();
  await own.api.makeSpace(null);
  const found = (await finding(recipe([])))!;
  expect(found).toMatchObject({ severity: 1, count: again.length, remaining: again.length });
  const at = found.detail.at as number;
  expect(found.cut).toEqual({ semantic: { on: 'prompt', at } });
  const step = found.cut as { semantic: { on: string; at: number } };
  expect((await own.api.alike(step))!.suggested).toBe(at);
  const page = await own.api.records({ finding: 'semantic-duplicates', offset: 0, limit: ROWS });
  expect(page.records.map(({ place }) => place)).toEqual(again);
  // Those told again as they stand are alike, too, and found by their words.
  const alike = (await own.api.column('semantic_similarity')).filter((value) => value >= Math.fround(at));
  expect(alike.length).toBe(again.length + 20);

  const cured = (await finding(recipe([step])))!;
  expect([cured.count, cured.remaining]).toEqual([found.count, 0]);
  expect((await finding(recipe([])))!.remaining).toBe(found.count);
});

it('other vectors, another finding', async () => {
  const on = ['prompt', 'system'];
  expect((await finding(recipe([], { on })))!.cut).toMatchObject({ semantic: { on: 'prompt' } });
  await own.api.makeSpace(null);
  const now = (await finding(recipe([], { on })))!;
  // No record has a system text: the same is compared.
  expect(now).toMatchObject({ count: again.length, cut: { semantic: { on, at: now.detail.at } } });
});
