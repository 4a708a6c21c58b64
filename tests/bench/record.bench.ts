/** Microseconds per record of what every pass does: keys, views, JSON lines. Run: npx tsx tests/bench/record.bench.ts */
import { existsSync, readFileSync } from 'node:fs';
import { read } from '../../src/lib/formats/read';
import { linesWriter } from '../../src/lib/formats/write/lines';
import {
  canonicalJson,
  detectMapping,
  editsOf,
  labelOf,
  partsOf,
  recordHashes,
  rowJson,
  rowsToBatch,
  viewOf,
  type Batch,
} from '../../src/lib/record';
import { loadHash } from '../../src/lib/text/hash';

const hash = await loadHash();
const encoder = new TextEncoder();

async function load(path: string): Promise<Batch[]> {
  const bytes = new Uint8Array(readFileSync(path));
  const batches: Batch[] = [];
  const source = {
    name: path,
    size: bytes.length,
    slice: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    stream: () => new Blob([bytes]).stream(),
  };
  for await (const chunk of read(source)) if (chunk.batch) batches.push(chunk.batch);
  return batches;
}

/** Best of several runs, in microseconds per record. */
function time(rows: number, work: () => void): number {
  let best = Infinity;
  for (let run = 0; run < 7; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return (best * 1000) / rows;
}

const made = rowsToBatch(
  Array.from({ length: 20000 }, (_, i) => ({
    instruction: `Explain step ${i} of the procedure in plain words, please. `.repeat(2),
    input: i % 3 ? '' : `Context number ${i}`,
    output: `It begins with "${i}" and goes on for a while without an end in sight.\n`.repeat(4),
  })),
);
const sets: [string, Batch[]][] = [['made (flat)', [made]]];
for (const [name, path] of [
  ['alpaca', '../shared/data/alpaca/alpaca_data.json'],
  ['carbonz0 zh', '../shared/data/alpaca-zh/carbonz0-part-00.json'],
  ['sharegpt-zh', '../shared/data/sharegpt-zh/sharegpt_zh_1K_format.jsonl'],
  ['glaive tools', '../shared/data/llamafactory/glaive_toolcall_en_demo.json'],
])
  if (existsSync(path)) sets.push([name, await load(path)]);

const table: Record<string, Record<string, string | number>> = {};
for (const [name, batches] of sets) {
  const mapping = detectMapping(batches);
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const each = (work: (batch: Batch, row: number) => void) =>
    time(rows, () => {
      for (const batch of batches) for (let row = 0; row < batch.rows; row++) work(batch, row);
    });
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.keys(value)
              .sort()
              .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
          )
        : value;
  const texts = batches.map((batch) => Array.from({ length: batch.rows }, (_, row) => rowJson(batch, row)));
  const bytes = texts.flat().reduce((sum, text) => sum + encoder.encode(text).length, 0);
  const keys = time(rows, () => batches.forEach((batch) => recordHashes(batch, hash)));
  const rival = time(rows, () => {
    for (const list of texts)
      for (const text of list) hash.hash64(encoder.encode(JSON.stringify(sorted(JSON.parse(text)))));
  });
  const writer = linesWriter();
  table[name] = {
    rows,
    'bytes/record': Math.round(bytes / rows),
    canonical: each((batch, row) => canonicalJson(batch, row)),
    'canonical + hash': keys,
    'JSON.parse, sort, stringify, hash': rival,
    ratio: rival / keys,
    viewOf: each((batch, row) => viewOf(batch, row, mapping)),
    labelOf: each((batch, row) => labelOf(batch, row, mapping)),
    'parts + edits': each((batch, row) =>
      editsOf(
        batch,
        row,
        partsOf(batch, row, mapping).map((part) => ({ ...part, text: part.text + ' ' })),
      ),
    ),
    'JSONL write': time(rows, () => {
      for (const batch of batches) {
        for (let row = 0; row < batch.rows; row++) writer.write(batch, row);
        writer.take();
      }
    }),
  };
  for (const [key, value] of Object.entries(table[name]))
    if (typeof value === 'number') table[name][key] = Math.round(value * 100) / 100;
}
console.log('microseconds per record');
console.table(table);
