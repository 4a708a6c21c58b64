import { describe, expect, it } from 'vitest';
import { detect, remaining } from '$lib/health/findings';
import { findingMessage, plain } from '$lib/i18n/finding';
import { collect } from './collect';

const rows = [
  { q: 'What is it?', a: 'yes', l: 'x', who: 'ann' },
  { q: 'what  is it?', a: 'yes', l: 'y', who: 'bob' },
  { q: 'What is it?', a: 'yes', l: 'x', who: 'ann' },
  { q: '', a: '', l: 'x', who: 'ann' },
  { q: '', a: '', l: 'y', who: 'bob' },
  { q: '价格？', a: 'no', l: 'x', who: 'bob' },
];
const map = { prompt: ['q'], response: 'a', label: ['l'], annotator: 'who' };
const columns = {
  empty_response: [0, 0, 0, 1, 1, 0],
  echo: [0, 0, 0, 0, 0, NaN],
  html: [1, 0, 0, 0, 0, 0],
  pii_email: [0, 0, 2, 0, 0, 0],
  pii_id_card_cn: [0, 0, 1, 0, 0, 1],
};
const flags = [
  { id: 'empty_response', severity: 3 },
  { id: 'echo', severity: 2 },
  { id: 'html', severity: 1 },
] as const;

describe('findings', () => {
  it('begin with it that no text is mapped', async () => {
    const first = async (map: object) => detect(await collect(rows, map, columns), flags, [])[0];
    const found = await first({ label: ['l'] });
    expect(found).toMatchObject({ id: 'unmapped', severity: 3, count: 6, cut: null });
    expect(findingMessage('en', { ...found, remaining: 6 }, 6)).toMatch(
      /^No prompt or response is mapped.*--map prompt=/,
    );
    expect(await first({ prompt: ['q'] })).toMatchObject({ id: 'no-response', count: 6 });
    for (const map of [
      { prompt: ['q'], label: ['l'] },
      { prompt: ['q'], response: 'a' },
      { response: 'a' },
      { messages: 'q' },
    ])
      expect((await first(map)).id).not.toMatch(/unmapped|no-response/);
  });

  it('names what is wrong, in order of harm', async () => {
    const found = detect(await collect(rows, map, columns), flags, ['pii_email', 'pii_id_card_cn', 'pii_ip']);
    expect(found.map(({ id, severity, count, examples }) => [id, severity, count, examples])).toEqual([
      ['empty-response', 3, 2, [3, 4]],
      ['personal-data', 3, 2, [2, 5]],
      // Case and white space do not make another prompt; empty prompts are no prompt.
      ['label-conflicts', 3, 1, [0, 1, 2]],
      ['disagreement', 2, 1, [0, 1, 2]],
      // Row 2 equals row 0 in every mapped field but the annotator, which is not content.
      ['exact-duplicates', 2, 1, [2]],
      // yes, yes, yes, '', '', no: two repeats of yes and one of the empty response.
      ['repeated-response', 1, 3, [1, 2, 4]],
      ['html', 1, 1, [0]],
    ]);
    expect(found.map(({ cut }) => cut)).toEqual([
      { cut: { column: 'empty_response', max: 0 } },
      { redact: { kinds: ['email', 'id-card-cn'] } },
      null,
      null,
      { exact: { on: ['q', 'a', 'l'] } },
      { exact: { on: ['response'] } },
      { normalise: { strip: ['html'] } },
    ]);
    const personal = remaining(found, null)[1];
    expect(plain(findingMessage('en', personal, 6))).toBe('2 records hold personal data (email 1, id-card-cn 2).');
    expect(plain(findingMessage('en', found[0] as never, 6))).toBe('2 records have no response (33.3 %).');
    expect(findingMessage('zh', personal, 6)).toContain('个人信息');
  });

  it('counts what a selection leaves', async () => {
    const found = detect(await collect(rows, map, columns), flags, ['pii_email']);
    const left = Object.fromEntries(
      remaining(found, Uint8Array.from([0, 1, 1, 1, 0, 1])).map(({ id, remaining }) => [id, remaining]),
    );
    // Without row 0 its duplicate is the only one; rows 1 and 2 still conflict; without row 4 '' is said once.
    expect(left).toEqual({
      'empty-response': 1,
      'personal-data': 1,
      'label-conflicts': 1,
      disagreement: 1,
      'exact-duplicates': 0,
      'repeated-response': 1,
      html: 0,
    });
  });

  it('takes an absent field for another thing than an empty one, and JSON values by what they mean', async () => {
    const found = detect(
      await collect(
        [
          { q: 'a', a: 'b' },
          { q: 'a', i: '', a: 'b' },
          { q: 'a', a: 'b', extra: 1 },
          { q: 'a', i: null, a: 'b' },
        ],
        { prompt: ['q', 'i'], response: 'a' },
      ),
      [],
      [],
    );
    expect(found.find(({ id }) => id === 'exact-duplicates')).toMatchObject({ count: 1, examples: [2] });
    const turns = [
      { m: [{ role: 'user', content: 'a', n: 1 }] },
      { m: [{ n: 1, content: 'a', role: 'user' }] },
      { m: [{ role: 'user', content: 'a', n: 2 }] },
    ];
    const same = detect(await collect(turns, { messages: 'm' }), [], []);
    expect(same.find(({ id }) => id === 'exact-duplicates')).toMatchObject({ count: 1, examples: [1] });
  });

  it('finds the long tail and a class above 80 %, each with a cap that cures it', async () => {
    const labels = [...Array<string>(900).fill('a'), ...Array<string>(98).fill('b'), ...Array<string>(2).fill('c')];
    const set = await collect(
      labels.map((l, i) => ({ q: `question ${i}`, l })),
      { prompt: ['q'], label: ['l'] },
      {},
      100,
    );
    const found = detect(set, [], []);
    expect(found.map(({ id, count, cut }) => [id, count, cut])).toEqual([
      ['class-majority', 1, { balance: { by: 'label', mode: 'cap', cap: 98 } }],
      // min(900, c) + min(98, c) + 2 <= 10 · 3 · 2 gives c = 29.
      ['long-tail', 1, { balance: { by: 'label', mode: 'cap', cap: 29 } }],
    ]);
    expect(found[1].detail).toMatchObject({ largest: 'a', most: 900, smallest: 'c', least: 2, ratio: 450 });
    expect(plain(findingMessage('en', remaining(found, null)[0], 1000))).toBe(
      '“a” holds 90 % of the labelled records; 1 such class.',
    );
  });

  it('finds drift', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({
      q: `question ${i}`,
      l: i >= 300 && i % 10 < 5 ? 'new' : 'old',
      t: new Date(Date.UTC(2024, 0, 1 + i)).toISOString(),
    }));
    const found = detect(await collect(rows, { prompt: ['q'], label: ['l'], time: 't' }, {}, 64), [], []);
    expect(found.filter(({ id }) => id === 'drift')).toMatchObject([{ count: 2, detail: { from: 100, to: 50 } }]);
  });
});
