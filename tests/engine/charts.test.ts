import { describe, expect, it } from 'vitest';
import { binIndex } from '$lib/columns/histogram';
import { columnStats } from '$lib/columns/stats';
import { Charts, type ChartColumn, type ChartCut } from '$lib/engine/charts';
import { random } from './table';

const ROWS = 9000;
const draw = random(8);
const values: Record<string, Float32Array> = {
  response_chars: Float32Array.from({ length: ROWS }, () => Math.floor(Math.exp(draw() * 9))),
  alnum: Float32Array.from({ length: ROWS }, () => (draw() < 0.1 ? NaN : draw())),
  empty_response: Float32Array.from({ length: ROWS }, () => (draw() < 0.02 ? 1 : 0)),
  'field:score': Float32Array.from({ length: ROWS }, () => draw() * 4 - 2),
};
const column = (id: string, version = '1'): ChartColumn => ({
  id,
  version,
  values: () => values[id],
  bytes: () => (id === 'empty_response' ? Uint8Array.from(values[id]) : null),
});
const ids = Object.keys(values);
const labels = {
  by: 'label',
  version: '1',
  classes: () => ({ codes: Int32Array.from({ length: ROWS }, (_, row) => (row % 5) - 1), names: ['a', 'b', 'c', 'd'] }),
};
const cut = (id: string, min: number, max: number, step = 0): ChartCut => ({
  step,
  column: id,
  min,
  max,
  version: '1',
  values: () => values[id],
});

describe('charts', () => {
  it('bins and counts every column as the columns themselves do', async () => {
    const charts = new Charts(ROWS);
    await charts.prepare(
      ids.map((id) => column(id)),
      [labels],
    );
    ids.forEach((id, view) => {
      const { stats, scale, all } = charts.distributions.get(id)!;
      expect(stats).toEqual(columnStats(values[id]));
      const bins = binIndex(values[id], scale.edges);
      const own = [...values[id].keys()].map((row) => charts.table.bins[row * charts.table.width + view]);
      const missing = scale.edges.length - 1;
      expect(own).toEqual([...bins].map((bin) => (bin === 255 ? missing : bin)));
      expect(all[3 % all.length]).toBe(bins.filter((bin) => bin === 3 % all.length).length);
    });
    charts.link([], null);
    expect([...charts.cells('category:label')!]).toEqual([1800, 1800, 1800, 1800, 1800]);
  });

  it('measures again only what changed, and moves one cut as a full pass would', async () => {
    const charts = new Charts(ROWS);
    await charts.prepare(
      ids.map((id) => column(id)),
      [labels],
    );
    const first = charts.distributions.get('alnum');
    charts.link([cut('alnum', 0.2, 0.8), cut('field:score', -1, Infinity, 1)], null);
    const linked = charts.linked;
    charts.link([cut('alnum', 0.2, 0.6), cut('field:score', -1, Infinity, 1)], null);
    expect(charts.linked).toBe(linked);
    const fresh = new Charts(ROWS);
    await fresh.prepare(
      ids.map((id) => column(id)),
      [labels],
    );
    fresh.link([cut('alnum', 0.2, 0.6), cut('field:score', -1, Infinity, 1)], null);
    expect(charts.linked!.counts).toEqual(fresh.linked!.counts);
    // One cut comes between the others, one goes.
    const three = [cut('alnum', 0.2, 0.6), cut('response_chars', 3, 500, 1), cut('field:score', -1, Infinity, 2)];
    for (const cuts of [three, three.slice(1), three.slice(1, 2), three]) {
      charts.link(cuts, null);
      fresh.linked = null;
      fresh.link(cuts, null);
      expect(charts.linked!.counts).toEqual(fresh.linked!.counts);
      expect(charts.linked!.mask).toEqual(fresh.linked!.mask);
    }
    const changed = values.alnum;
    values.alnum = Float32Array.from(changed, (value) => value / 2);
    await charts.prepare(
      ids.map((id) => column(id, id === 'alnum' ? '2' : '1')),
      [labels],
    );
    expect(charts.distributions.get('alnum')).not.toBe(first);
    expect(charts.linked).toBeNull();
    charts.link([], null);
    expect(charts.cells('alnum')!.reduce((a, b) => a + b)).toBe(ROWS);
    expect([...charts.cells('empty_response')!]).toEqual([...fresh.distributions.get('empty_response')!.all, 0]);
    values.alnum = changed;
  });

  it('leaves categories of too many classes out of the links', async () => {
    const charts = new Charts(10);
    const many = { codes: new Int32Array(10), names: Array.from({ length: 300 }, (_, i) => `c${i}`) };
    await charts.prepare(
      [],
      [
        { by: 'source', version: '1', classes: () => many },
        { ...labels, classes: () => ({ codes: new Int32Array(10), names: ['a'] }) },
      ],
    );
    expect(charts.names).toEqual(['category:label']);
  });
});
