import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardService, type Fault } from '../../datasets/generate/card-service';
import { heldOut } from './held-out';
import { scores } from './planted';

const here = (name: string) => new URL(`../../datasets/${name}`, import.meta.url);

describe('planted faults', () => {
  it('of the demo set are found with recall and precision of at least 0.95, each kind', async () => {
    const key: Fault[] = JSON.parse(readFileSync(here('KEY.json'), 'utf8')).faults;
    const table = await scores(readFileSync(here('card-service-zh.jsonl')), key);
    console.table(table);
    // By record drift is printed only: its windows end where days do, the planted rise does not.
    const weak = Object.entries(table).filter(
      ([id, { recall, precision }]) => id !== 'drift, by record' && (recall < 0.95 || precision < 0.95),
    );
    expect(weak).toEqual([]);
  });

  // The detectors and the demo set were made together, so the table above flatters. This one's faults were worded apart from them and
  // are never used to tune them: a kind that is weak here stays weak here until it is mended on other data.
  it('of a second set with other words are found for the most part', async () => {
    const { records, faults } = cardService(77, heldOut);
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    const table = await scores(new TextEncoder().encode(text), faults);
    console.table(table);
    const planted = faults.filter(({ id }) => heldOut.faults.some((fault) => fault.id === id)).length;
    const seen = heldOut.faults.reduce((n, { id }) => n + table[id].recall * table[id].planted, 0);
    expect(seen / planted).toBeGreaterThan(0.7);
  });
});
