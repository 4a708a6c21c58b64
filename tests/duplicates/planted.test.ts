import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bestBetter, rankOrder } from '$lib/duplicates/near';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { SHINGLES, shingleSets } from '$lib/text/shingles';

const folder = new URL('../../datasets/', import.meta.url);
interface Fault {
  place: number;
  id: string;
  with?: number;
}
const { faults } = JSON.parse(readFileSync(new URL('KEY.json', folder), 'utf8')) as { faults: Fault[] };
const records = readFileSync(new URL('card-service-zh.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { messages: { role: string; content: string }[] });
const said = (record: (typeof records)[number], role: string) =>
  record.messages
    .filter((message) => message.role === role)
    .map((message) => message.content)
    .join('\n');
const prompts = records.map((record) => said(record, 'user'));
const both = records.map((record) => `${said(record, 'user')}\n${said(record, 'assistant')}`);

const planted = new Map(faults.filter(({ id }) => id === 'near-duplicates').map((fault) => [fault.place, fault.with]));

/** Recall, and precision among those that are not equal to their twin anyway: these are another fault. */
function against(texts: string[], at: number): { recall: number; precision: number; right: number } {
  const pairs = nearPairs(shingleSets(texts, SHINGLES), { floor: 0.5 });
  const { similarity, twin } = bestBetter(pairs, rankOrder([], texts.length), null);
  let found = 0;
  let wrong = 0;
  let right = 0;
  for (let i = 0; i < texts.length; i++) {
    if (similarity[i] < Math.fround(at)) continue;
    if (planted.has(i)) {
      found++;
      if (twin[i] === planted.get(i) || texts[twin[i]] === texts[planted.get(i)!]) right++;
    } else if (texts[twin[i]] !== texts[i]) wrong++;
  }
  return { recall: found / planted.size, precision: found / (found + wrong), right: right / planted.size };
}

describe('planted near-duplicates of the demo', () => {
  it.each([
    ['prompt', prompts],
    ['prompt and response', both],
  ])('are found by %s with the settings that are there when nothing is said', (_, texts) => {
    const { recall, precision, right } = against(texts, 0.8);
    expect(planted.size).toBe(160);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(right).toBeGreaterThanOrEqual(0.95);
  });
});
