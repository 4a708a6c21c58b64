import { describe, expect, it } from 'vitest';
import { arc, fitted, radialLabel, sunburst } from '$lib/notebook/diversity/sunburst';
import { changeOf, costs } from '$lib/notebook/diversity/price';

const leaf = (label: string | null, before: number, after = before) => ({ label, before, after, children: [] });

describe('the sunburst', () => {
  it('gives each verb its share of the turn, its objects theirs of the verb, in order', () => {
    const segments = sunburst([
      { label: 'write', before: 60, after: 30, children: [leaf('poem', 30, 0), { ...leaf(null, 15), others: 4 }] },
      leaf('list', 30),
      { ...leaf(null, 10), others: 7 },
    ]);
    expect(segments.map(({ path, ring, from, to, others }) => [path, ring, from, to, others])).toEqual([
      [['write'], 0, 0, 0.6, 0],
      [['write', 'poem'], 1, 0, 0.3, 0],
      [null, 1, 0.3, 0.45, 4],
      [['list'], 0, 0.6, 0.9, 0],
      [null, 0, 0.9, 1, 7],
    ]);
    expect(segments[0].children).toEqual(['write/poem', 'write/…']);
    expect(segments[1].parent).toBe('write');
    expect(new Set(segments.map(({ id }) => id)).size).toBe(segments.length);
  });

  it('keeps the rarer verbs to a quarter of the turn, and does not move with the recipe', () => {
    const of = (after: number) => sunburst([leaf('write', 3, after), { ...leaf(null, 997, after), others: 300 }]);
    expect(of(3).map(({ from, to }) => [from, to])).toEqual([
      [0, 0.75],
      [0.75, 1],
    ]);
    expect(of(0).map(({ to }) => to)).toEqual(of(3).map(({ to }) => to));
    expect(sunburst([{ ...leaf(null, 5), others: 2 }])).toMatchObject([{ from: 0, to: 1 }]);
    expect(sunburst([])).toEqual([]);
    expect(sunburst([leaf('write', 0)])).toEqual([]);
  });

  it('draws pieces of rings, a whole one in two halves', () => {
    expect(arc(0, 0.25, 1, 2)).toBe('M0 -2A2 2 0 0 1 2 0L1 0A1 1 0 0 0 0 -1Z');
    expect(arc(0, 0.75, 1, 2)).toContain('A2 2 0 1 1');
    expect(arc(0, 1, 1, 2).match(/Z/g)).toHaveLength(2);
    expect(arc(0, 0.5, 2, 2)).toBe('');
  });

  it('labels what has room, never upside down', () => {
    expect(fitted('poem', 3)).toBe('poem');
    expect(fitted('suggestion', 4)).toBe('sugge…');
    expect(fitted('注意事项', 3)).toBe('注意…');
    expect(fitted('注意事项', 2)).toBeNull();
    const at = (from: number, to: number) => radialLabel({ from, to }, 'poem', 50, 110, 10);
    expect(at(0, 0.5)!.transform).toMatch(/rotate\(0\.0\)$/);
    expect(at(0.5, 1)!.transform).toMatch(/rotate\(360\.0\)$/);
    expect(at(0.1, 0.101)).toBeNull();
  });
});

describe('the price of a recipe', () => {
  it('is a fall of more than five per cent, of self-BLEU a rise', () => {
    expect(changeOf(0.5, 0.4)).toBeCloseTo(-0.2, 12);
    expect(changeOf(0, 1)).toBeNull();
    expect(changeOf(NaN, 1)).toBeNull();
    expect(costs('vendi', -0.06)).toBe(true);
    expect(costs('vendi', -0.04)).toBe(false);
    expect(costs('vendi', 0.5)).toBe(false);
    expect(costs('self_bleu', 0.06)).toBe(true);
    expect(costs('self_bleu', -0.5)).toBe(false);
    expect(costs('mtld', null)).toBe(false);
    expect(costs('pairs', -0.06)).toBe(true);
    expect(costs('pairs', 0)).toBe(false);
  });
});
