import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fill, messages, translate } from '$lib/i18n';

const areas = readdirSync(new URL('../../src/lib/i18n/en', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));

async function table(lang: string, area: string): Promise<Record<string, string>> {
  return (await import(`../../src/lib/i18n/${lang}/${area}.ts`)).default;
}

it.each(areas)('says the same things in Chinese and English: %s', async (area) => {
  const [en, zh] = [await table('en', area), await table('zh', area)];
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  const holes = (text: string) => [...new Set([...text.matchAll(/\{([\w-]+)\}/g)].map((m) => m[1]))].sort();
  for (const key of Object.keys(en)) expect(holes(zh[key]), key).toEqual(holes(en[key]));
});

it('lets no area overwrite another', async () => {
  const keys = (await Promise.all(areas.map((area) => table('en', area)))).flatMap(Object.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(Object.keys(messages.en).length).toBe(keys.length);
});

it('fills in names, numbers and plurals', () => {
  expect(fill('{n} {n|record|records}', { n: 1 })).toBe('1 record');
  expect(fill('{n} {n|record|records}', { n: 52002 })).toBe('52\u2009002 records');
  expect(fill('{unknown} stays', {})).toBe('{unknown} stays');
  expect(translate('zh', 'cell.overview')).toBe('概览');
  expect(translate('en', 'no.such.key')).toBe('no.such.key');
});

it('has one name for a column and the finding that counts it', () => {
  for (const table of Object.values(messages))
    for (const [key, name] of Object.entries(table)) {
      const column = key.replace(/^finding\./, 'column.').replaceAll('-', '_');
      if (/^finding\.[\w-]+$/.test(key) && Object.hasOwn(table, column)) expect(name, key).toBe(table[column]);
    }
});
