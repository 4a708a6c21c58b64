import { beforeAll, expect, it } from 'vitest';
import { loadColumns, measureView } from '$lib/columns/measure';
import { viewOf } from './make';

beforeAll(() => loadColumns());

const measured = (text: string, ...ids: string[]) => [...measureView(viewOf('', text), ids)];

it('counts Chinese and full-width brackets like the others', () => {
  const share = (text: string) => measured(text, 'brackets')[0];
  expect(share('（甲）【乙】「丙」〈丁〉(x)')).toBe(10 / 15);
  expect(share('［一］｛二｝｟三｠｢四｣《五》『六』〔七〕〖八〗〘九〙〚十〛⟨十⟩{a}[b]')).toBe(26 / 39);
  expect(share('，。：；？！、…—～〒〓＜＞“”‘’')).toBe(0);
});

it('counts every occurrence of the commonest phrase, overlapping or not, as datatrove does', () => {
  // find_top_duplicate: the joined phrase's length × its count, over the text's length.
  const ids = ['top_2gram', 'top_3gram', 'top_4gram'];
  const close = (text: string, expected: number[]) =>
    measured(text, ...ids).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
  close('哈哈哈'.repeat(20), [(7 * 19) / 60, (11 * 18) / 60, (15 * 17) / 60]);
  close('ha '.repeat(40), [(5 * 39) / 120, (8 * 38) / 120, (11 * 37) / 120]);
});
