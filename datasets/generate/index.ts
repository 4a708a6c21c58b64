// Writes the demo sets and the key of their planted faults: `npm run datasets`. Same seed, same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cardService } from './card-service';
import { helpdesk } from './helpdesk';

const here = new URL('../', import.meta.url);
const lines = (records: object[]) => records.map((record) => JSON.stringify(record)).join('\n') + '\n';

const { records, faults } = cardService(20260901);
mkdirSync(here, { recursive: true });
writeFileSync(new URL('card-service-zh.jsonl', here), lines(records));
const listed = faults.map((fault) => `    ${JSON.stringify(fault)}`).join(',\n');
writeFileSync(
  new URL('KEY.json', here),
  `{\n  "dataset": "card-service-zh.jsonl",\n  "faults": [\n${listed}\n  ]\n}\n`,
);
writeFileSync(new URL('helpdesk-en.jsonl', here), lines(helpdesk(11)));

const counts = new Map<string, number>();
for (const fault of faults) counts.set(fault.id, (counts.get(fault.id) ?? 0) + 1);
console.table(Object.fromEntries(counts));
console.log(`${records.length} records, ${faults.length} faults`);
