import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardService } from '../../datasets/generate/card-service';
import { luhnDigit } from '../../datasets/generate/numbers';
import { textOf, type DemoRecord } from '../../datasets/generate/talk';
import { jaccard, trigrams } from '../../datasets/generate/variety';

const read = (name: string) => readFileSync(new URL(`../../datasets/${name}`, import.meta.url), 'utf8');
const records: DemoRecord[] = read('card-service-zh.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
interface Fault {
  place: number;
  id: string;
  with?: number;
  span?: { start: number; end: number; kind: string; text: string };
}
const faults: Fault[] = JSON.parse(read('KEY.json')).faults;
const planted = (id: string) => faults.filter((fault) => fault.id === id);
const asked = (place: number) => textOf(records[place].messages, 'user');
const answered = (place: number) => textOf(records[place].messages, 'assistant');

describe('the demo set', () => {
  it('is what the generator writes, byte for byte', () => {
    const made = cardService(20260901);
    expect(made.records.map((record) => JSON.stringify(record)).join('\n') + '\n').toBe(read('card-service-zh.jsonl'));
    expect(made.faults).toEqual(faults);
  });

  it('lists every exact duplicate and no other', () => {
    const seen = new Set<string>();
    const copies: number[] = [];
    records.forEach((_, place) => {
      const text = `${asked(place)}\u0000${answered(place)}`;
      if (seen.has(text)) copies.push(place);
      seen.add(text);
    });
    expect(copies).toEqual(planted('exact-duplicates').map((fault) => fault.place));
  });

  it('lists every label conflict and no other', () => {
    const labels = new Map<string, Set<string>>();
    records.forEach((record, place) =>
      labels.set(asked(place), (labels.get(asked(place)) ?? new Set()).add(record.label)),
    );
    const conflicts = records.map((_, place) => place).filter((place) => labels.get(asked(place))!.size > 1);
    expect(new Set(conflicts)).toEqual(new Set(planted('label-conflicts').map((fault) => fault.place)));
  });

  it('has near-duplicates of at least 0.8 in their questions', () => {
    for (const { place, with: twin } of planted('near-duplicates'))
      expect(jaccard(trigrams(asked(place)), trigrams(asked(twin!)))).toBeGreaterThanOrEqual(0.8);
  });

  it('points at personal data by UTF-16 offsets, with valid check digits', () => {
    for (const { place, span } of planted('personal-data')) {
      expect(asked(place).slice(span!.start, span!.end)).toBe(span!.text);
      if (span!.kind === 'bank-card') expect(luhnDigit(span!.text.slice(0, -1))).toBe(Number(span!.text.at(-1)));
    }
  });

  it('has three scenes, two languages and a source with one class above 80 %', () => {
    expect(new Set(records.map((record) => record.label.split('/')[0]))).toEqual(new Set(['账单', '积分', '逾期']));
    const calls = records.filter((record) => record.source === '短信回访');
    const payment = calls.filter((record) => record.label === '账单/还款');
    expect(payment.length / calls.length).toBeGreaterThan(0.8);
  });
});
