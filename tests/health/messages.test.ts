import { describe, expect, it } from 'vitest';
import { findingColumns } from '$lib/columns/index';
import en from '$lib/i18n/en/findings';
import zh from '$lib/i18n/zh/findings';

const set = [
  'exact-duplicates',
  'repeated-response',
  'label-conflicts',
  'class-majority',
  'long-tail',
  'personal-data',
  'near-duplicates',
  'semantic-duplicates',
];
const ids = [...findingColumns.map(({ id }) => id.replaceAll('_', '-')), ...set, 'disagreement', 'drift'];

describe('words of findings', () => {
  it.each(ids)('%s has a name, a message and a reason in both languages', (id) => {
    for (const table of [en, zh] as Record<string, string>[])
      for (const key of ['', '.message', '.why']) expect(table[`finding.${id}${key}`]).toBeTruthy();
  });

  it('names the same parameters in both languages', () => {
    const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en))
      expect([key, names((zh as Record<string, string>)[key])]).toEqual([key, names(text)]);
  });
});
