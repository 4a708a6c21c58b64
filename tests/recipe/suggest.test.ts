import { expect, it } from 'vitest';
import type { ColumnStats } from '$lib/columns/types';
import { parseRecipe, stringifyRecipe, suggestRecipe, type SuggestInput } from '$lib/recipe';
import { columns } from '$lib/columns';
import { alpaca } from './helpers';

const stats = (min: number, p05: number, p95: number, max: number): ColumnStats => ({
  count: 1000,
  missing: 0,
  min,
  p01: min,
  p05,
  p25: p05,
  p50: p05,
  p75: p95,
  p95,
  p99: max,
  max,
  mean: p05,
});
const input: SuggestInput = {
  rows: 1000,
  mapping: alpaca,
  profile: { language: 'en', kind: 'chat' },
  findings: [],
  stats: {},
};
const finding = { severity: 3 as const, detail: {} };

it('suggests nothing for data in which nothing is wrong', () => {
  const { recipe, reasons } = suggestRecipe(input);
  expect(recipe.steps).toEqual([]);
  expect(reasons).toEqual([]);
  expect(recipe.source).toEqual({
    format: 'alpaca',
    map: { prompt: ['instruction', 'input'], response: 'output', label: 'category', source: 'from' },
  });
});

it('rewrites, drops, then balances; each with its reason', () => {
  const { recipe, reasons, head } = suggestRecipe({
    ...input,
    findings: [
      { ...finding, id: 'empty-response', count: 7, cut: { cut: { column: 'empty_response', max: 0 } } },
      {
        ...finding,
        id: 'personal-data',
        count: 3,
        cut: { redact: { kinds: ['phone', 'email'] } },
        detail: { kinds: 'email 2, phone 1' },
      },
      { ...finding, id: 'html', count: 9, severity: 2, cut: { normalise: { strip: ['html'] } } },
      { ...finding, id: 'truncated', count: 600, cut: { cut: { column: 'truncated', max: 0 } } },
      { ...finding, id: 'small-talk', count: 5, severity: 1, cut: { cut: { column: 'small_talk', max: 0 } } },
      { ...finding, id: 'exact-duplicates', count: 12, cut: { exact: { on: ['instruction', 'input', 'output'] } } },
      {
        ...finding,
        id: 'class-majority',
        count: 1,
        cut: { balance: { by: 'label', cap: 90 } },
        detail: { class: 'a', percent: 88.5 },
      },
      { ...finding, id: 'label-conflicts', count: 2, cut: null },
    ],
    stats: {
      char_repetition: stats(0, 0.01, 0.2, 0.9),
      word_repetition: stats(0, 0, 0, 0.1),
      special: stats(0, 0.1, 0.4, 0.9),
    },
  });
  expect(recipe.steps).toEqual([
    { normalise: { unicode: 'NFC', strip: ['html'] } },
    { redact: { kinds: ['email', 'phone'] } },
    { cut: { column: 'empty_response', max: 0 } },
    { cut: { column: 'char_repetition', max: 0.5 } },
    { exact: { on: ['prompt', 'response'] } },
    { balance: { mode: 'cap', by: 'label', cap: 90 } },
  ]);
  expect(reasons).toEqual([
    ['html: 9 of 1000 records (0.9 %).'],
    ['personal-data: 3 of 1000 records (0.3 %): email 2, phone 1.'],
    ['empty-response: 7 of 1000 records (0.7 %).'],
    ['Published by Data-Juicer; here the greatest is 0.9, 5 % lie above 0.2.'],
    ['exact-duplicates: 12 of 1000 records (1.2 %).'],
    ['One class holds 88.5 % of the records: a.'],
  ]);
  expect(head).toHaveLength(3);
  const text = stringifyRecipe(recipe, { head, steps: reasons });
  expect(parseRecipe(text, { columns: columns.map(({ id }) => id) })).toEqual({ recipe, problems: [] });
});

it('names no other file', () => {
  const cut = { cut: { column: 'against_similarity', below: 0.8 } };
  const { recipe } = suggestRecipe({ ...input, findings: [{ ...finding, id: 'contamination', count: 4, cut }] });
  expect(recipe.steps).toEqual([]);
});
