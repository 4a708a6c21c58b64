import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadColumns } from '$lib/columns/measure';
import type { Inks } from '$lib/engine/map';
import type { SpaceSummary } from '$lib/engine/protocol';
import { fit, toPixel } from '$lib/engine/viewport';
import { blobSource } from '$lib/formats/source';
import { read } from '$lib/formats/read';
import { judge } from '$lib/recipe/run';
import { mapOfRecipe, see } from '$lib/recipe/sample';
import type { EmbeddingSettings, Recipe, Step } from '$lib/recipe/types';
import type { Batch } from '$lib/record/types';
import { loadHash } from '$lib/text/hash';
import { engine, type Engine } from './session';

const lines = (name: string, count: number) =>
  readFileSync(new URL(`../../datasets/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(0, count)
    .join('\n');
const ROWS = 900;
const file = new File([lines('card-service-zh.jsonl', ROWS), '\n'], 'cards.jsonl');
const inks: Inks = {
  kept: [0, 0, 0],
  dropped: [255, 0, 0],
  categories: [
    [0, 0, 255],
    [0, 255, 0],
  ],
  other: [9, 9, 9],
  none: [8, 8, 8],
  ramp: [
    [0, 0, 0],
    [255, 255, 255],
  ],
};
const recipe = (steps: Step[], embedding?: EmbeddingSettings): Recipe => ({ siftbook: 1, seed: 7, embedding, steps });

let own: Engine;
let made: SpaceSummary;
beforeAll(async () => {
  await loadColumns();
  own = engine();
  await own.api.open([{ kind: 'file', file }]);
  await own.api.idle();
  await own.api.setRecipe(recipe([]));
  made = await own.api.makeSpace(null);
}, 240_000);
afterAll(() => own.stop());

/** What a run of the recipe decides, without an engine. */
async function run(of: Recipe) {
  const all: Batch[] = [];
  for await (const { batch } of read(blobSource(file, file.name))) if (batch) all.push(batch);
  const { mapping } = see(all, mapOfRecipe(of.source));
  const batches = async function* () {
    yield* all;
  };
  const source = { batches, mapping, files: [file.name], inputs: () => [] };
  const { decision } = await judge(of, source, { hash: await loadHash() });
  return decision;
}
const bytes = (copies: Uint16Array) => [...copies].map((count) => (count > 0 ? 1 : 0));

/** How many pixels are drawn in exactly the colour of what is cut, or nearly. */
async function reds(drag: { min?: number; max?: number } | null = null): Promise<number> {
  const { pixels } = (await own.api.mapFrame(fit(made.bounds!, 500, 400), inks, drag))!;
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 0 && pixels[i] > 200 && pixels[i + 1] < 60) count++;
  return count;
}

describe('the space of the open dataset', () => {
  it('sums up every record, and makes its columns and classes', async () => {
    expect(made).toMatchObject({ model: 'tfidf', on: ['prompt'], rows: ROWS, suggested: true, figures: null });
    expect(made.clusters.length).toBeGreaterThan(1);
    expect(made.k).toBeLessThanOrEqual(40);
    expect(made.clusters.map(({ id }) => id)).toEqual(made.clusters.map((_, i) => String(i + 1)));
    const cluster = await own.api.column('cluster');
    const labels = (await own.api.records({ offset: 0, limit: ROWS })).records.map(({ label }) => label);
    for (const { id, size, label, terms } of made.clusters) {
      const places = [...cluster.keys()].filter((place) => cluster[place] === Number(id));
      expect(places.length).toBe(size);
      expect(terms.length).toBeGreaterThan(0);
      const counts = new Map<string, number>();
      for (const place of places) if (labels[place]) counts.set(labels[place], (counts.get(labels[place]) ?? 0) + 1);
      const all = [...counts.values()].reduce((a, b) => a + b, 0);
      expect(label!.share).toBeCloseTo(Math.max(...counts.values()) / all, 10);
      expect(counts.get(label!.name)).toBe(Math.max(...counts.values()));
    }
    expect(made.groups.reduce((sum, { size }) => sum + size, 0)).toBe(
      made.clusters.reduce((sum, { size }) => sum + size, 0),
    );
    const { records } = await own.api.records({ places: [3], offset: 0, limit: 1 });
    expect(Object.keys(records[0].columns)).toEqual(
      expect.arrayContaining(['outlier_distance', 'neighbour_disagreement', 'cluster']),
    );
    expect(await own.api.space()).toEqual(made);
  });

  it('keeps what a run of the recipe keeps: a cut on distances, clusters left out and capped, of rewritten texts too', async () => {
    const outliers = Float32Array.from(await own.api.column('outlier_distance')).sort();
    const far = outliers[Math.floor(ROWS * 0.95)];
    const clusters = made.k;
    const counts = { '2': 0, '3': 5 };
    const recipes = [
      recipe([{ cut: { column: 'outlier_distance', max: far } }]),
      recipe([{ balance: { by: 'cluster', counts } }], { clusters }),
      recipe([{ balance: { by: 'cluster', counts } }]),
      recipe([{ balance: { by: 'cluster', mode: 'cap', cap: 20 } }], { clusters: 6, on: ['response'] }),
      recipe([{ normalise: { unicode: 'NFKC', collapse: ['spaces'] } }, { balance: { by: 'cluster', counts } }], {
        clusters,
      }),
      recipe([{ balance: { by: 'cluster', mode: 'cap', cap: 1 } }], { clusters: { at: 0.9 } }),
    ];
    const kept: number[] = [];
    for (const one of recipes) {
      const views = await own.api.setRecipe(one);
      const decision = await run(one);
      expect(views.counts.steps).toEqual(decision.steps);
      expect([...(await own.api.kept())]).toEqual(bytes(decision.copies));
      kept.push(views.counts.kept);
    }
    expect(kept[0]).toBeLessThan(ROWS);
    // The number that was found, named: the same clusters.
    expect(kept[1]).toBe(ROWS - made.clusters[1].size - made.clusters[2].size + 5);
    expect(kept[2]).toBe(kept[1]);
    // One of each cluster, and who is alone in none.
    expect(kept[5]).toBeGreaterThan(10);
    expect(kept[5]).toBeLessThan(ROWS);
  });

  it('is made of clusters as tight as a threshold, the largest of them described', async () => {
    await own.api.setRecipe(recipe([], { clusters: { at: 0.9 } }));
    const tight = await own.api.makeSpace(null);
    expect(tight).toMatchObject({ at: 0.9, suggested: false, k: tight.clusters.length + tight.more.clusters });
    expect(tight.clusters.length).toBeLessThanOrEqual(200);
    const cluster = await own.api.column('cluster');
    const sizes = new Map<number, number>();
    for (const id of cluster) if (id > 0) sizes.set(id, (sizes.get(id) ?? 0) + 1);
    expect(tight.clusters.map(({ size }) => size)).toEqual(tight.clusters.map(({ id }) => sizes.get(Number(id))));
    expect([...sizes.values()].every((size) => size > 1)).toBe(true);
    expect(tight.alone).toBe(cluster.filter((id) => id !== id).length);
    const listed = tight.clusters.reduce((sum, { size }) => sum + size, 0);
    expect(listed + tight.more.records + tight.alone).toBe(ROWS);
    const views = await own.api.setRecipe(
      recipe([{ balance: { by: 'cluster', counts: { '1': 0 } } }], { clusters: { at: 0.9 } }),
    );
    expect(views.counts.kept).toBe(ROWS - tight.clusters[0].size);
    expect(views.categories.find(({ by }) => by === 'cluster')!.final[0]).toBe(0);
    await own.api.setRecipe(recipe([]));
    expect(await own.api.makeSpace(null)).toEqual(made);
  });

  it('tells the kept of each cluster, under the number it has on the map', async () => {
    const views = await own.api.setRecipe(
      recipe([{ balance: { by: 'cluster', counts: { '2': 0 } } }], { clusters: made.k }),
    );
    const view = views.categories.find(({ by }) => by === 'cluster')!;
    expect([...view.final]).toEqual(made.clusters.map(({ id, size }) => (id === '2' ? 0 : size)));
    const query = { category: { by: 'cluster', name: '2' }, offset: 0, limit: 0 };
    expect((await own.api.records(query)).total).toBe(made.clusters[1].size);
    await own.api.setRecipe(recipe([{ normalise: { unicode: 'NFKC' } }]));
    const again = await own.api.makeSpace(null);
    expect((await own.api.records(query)).total).toBe(again.clusters[1].size);
    await own.api.setRecipe(recipe([]));
    expect(await own.api.makeSpace(null)).toEqual(made);
  });

  it('is made again with another number of clusters, and the map stays where it is', async () => {
    await own.api.setRecipe(recipe([], { clusters: 5 }));
    const five = await own.api.makeSpace(null);
    expect(five).toMatchObject({ k: 5, suggested: false, bounds: made.bounds, signature: made.signature });
    expect(five.clusters.length).toBe(5);
    await own.api.setRecipe(recipe([]));
    await own.api.makeSpace(null);
  });

  it('marks what lies inside a lasso, each time anew', async () => {
    const view = fit(made.bounds!, 500, 400);
    const all = [0, 0, 500, 0, 500, 400, 0, 400];
    const query = { marked: true, offset: 0, limit: ROWS };
    expect(await own.api.mapLasso(view, all)).toBe(made.placed);
    expect((await own.api.records(query)).total).toBe(made.placed);
    const half = await own.api.mapLasso(view, [0, 0, 250, 0, 250, 400, 0, 400]);
    const { records, total } = await own.api.records(query);
    expect(total).toBe(half);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(made.placed);
    for (const { place } of records.slice(0, 20)) {
      const at = (await own.api.mapPlace(place))!;
      expect(toPixel(view, at.x, at.y).x).toBeLessThanOrEqual(250);
    }
    expect((await own.api.narrow({ marked: true }))!.total).toBe(half);
    expect(await own.api.mapLasso(view, null)).toBe(0);
    expect((await own.api.records(query)).total).toBe(0);
  });

  it('shows who is cut: after a judgement, while a handle is held, and again as before when it is given up', async () => {
    await own.api.mapColour(null);
    await own.api.setRecipe(recipe([]));
    expect(await reds()).toBe(0);
    const chars = Float32Array.from(await own.api.column('response_chars')).sort();
    const min = chars[ROWS >> 1];
    await own.api.setRecipe(recipe([{ cut: { column: 'response_chars', min } }]));
    const half = await reds();
    expect(half).toBeGreaterThan(0);
    const index = await own.api.beginDrag('response_chars', [], 'min');
    expect(await reds()).toBe(half);
    expect(await reds({ min: index.steps[0] })).toBe(0);
    expect(await reds({ min })).toBe(half);
    await own.api.hold(false);
    expect(await reds()).toBe(half);
  });

  it('follows the threshold of a step that compares records, what lies at it being dropped', async () => {
    await own.api.setRecipe(recipe([{ near: { on: ['prompt'], at: 0.6 } }]));
    const dropped = await reds();
    expect(dropped).toBeGreaterThan(0);
    await own.api.setRecipe(recipe([]));
    await own.api.beginDrag('near:' + JSON.stringify({ on: ['prompt'], at: 0.8 }), [], 'max');
    expect(await reds({ max: 0.6 })).toBe(dropped);
    await own.api.hold(false);
    expect(await reds()).toBe(0);
  });

  it('lets those stand out that are pointed at, and names its colours', async () => {
    await own.api.setRecipe(recipe([{ cut: { column: 'response_chars', min: 40 } }]));
    const { legend, names } = await own.api.mapColour('fate');
    expect(names).toEqual(['kept', 'step:0']);
    const kept = (await own.api.kept()).reduce((sum, one) => sum + one, 0);
    expect(legend).toMatchObject({ by: 'category', none: 0 });
    const counts = legend?.by === 'category' ? legend.shown : [];
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(made.placed);
    expect(counts.find(({ code }) => code === 0)!.count).toBeLessThanOrEqual(kept);
    const label = await own.api.mapColour('category:label:1');
    expect(label.names.every((name) => !name.includes('/'))).toBe(true);
    expect((await own.api.mapColour('column:response_chars')).legend).toMatchObject({ by: 'column' });
    await own.api.mapColour(null);
    const before = await reds();
    expect(before).toBeGreaterThan(0);
    await own.api.mapPart({ category: { by: 'cluster', name: '1' } });
    expect(await reds()).toBe(0);
    await own.api.mapPart(null);
    expect(await reds()).toBe(before);
  });
});
