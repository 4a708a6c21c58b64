/** Microseconds per record of every layout, beside what one would write by hand. Run: npx tsx tests/bench/write.bench.ts */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import Papa from 'papaparse';
import * as parquet from 'parquet-wasm/esm/parquet_wasm.js';
import { read } from '../../src/lib/formats/read';
import { createWriter, layouts, mergeShapes, shapesOf } from '../../src/lib/formats/write';
import { detectMapping, rowJson, type Batch } from '../../src/lib/record';

parquet.initSync({
  module: readFileSync(createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm')),
});
const path = '../shared/data/alpaca/alpaca_data.json';
if (!existsSync(path)) {
  console.log(`${path} is not here`);
  process.exit(0);
}
const bytes = new Uint8Array(readFileSync(path));
const batches: Batch[] = [];
const source = {
  name: path,
  size: bytes.length,
  slice: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
  stream: () => new Blob([bytes]).stream(),
};
for await (const chunk of read(source)) if (chunk.batch) batches.push(chunk.batch);
const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
const objects = batches.flatMap((batch) =>
  Array.from({ length: batch.rows }, (_, row) => JSON.parse(rowJson(batch, row)) as Record<string, string>),
);
const encoder = new TextEncoder();

async function best(work: () => Promise<number> | number): Promise<{ micros: number; bytes: number }> {
  let micros = Infinity;
  let size = 0;
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    size = await work();
    micros = Math.min(micros, ((performance.now() - start) * 1000) / rows);
  }
  return { micros, bytes: size };
}

const rivals: Record<string, () => number> = {
  jsonl: () => encoder.encode(objects.map((object) => JSON.stringify(object)).join('\n')).length,
  json: () => encoder.encode(JSON.stringify(objects)).length,
  csv: () => encoder.encode(Papa.unparse(objects)).length,
  arrow: () => columnsIpc('file').length,
  parquet: () =>
    parquet.writeParquet(
      parquet.Table.fromIPCStream(columnsIpc('stream')),
      new parquet.WriterPropertiesBuilder().setCompression(parquet.Compression.ZSTD).build(),
    ).length,
};
function columnsIpc(kind: 'file' | 'stream') {
  const column = (name: string) => objects.map((object) => object[name]);
  return tableToIPC(
    tableFromArrays({ instruction: column('instruction'), input: column('input'), output: column('output') }),
    kind,
  );
}

const mapping = detectMapping(batches);
const fields = batches.map(shapesOf).reduce(mergeShapes, []);
const table: Record<string, Record<string, string | number>> = {};
for (const layout of layouts) {
  const ours = await best(async () => {
    const writer = createWriter(layout, { mapping, fields, parquet });
    let size = 0;
    for (const batch of batches) {
      for (let row = 0; row < batch.rows; row++) writer.write(batch, row);
      size += (await writer.take()).length;
    }
    return size + (await writer.finish()).length;
  });
  const rival = rivals[layout] ? await best(rivals[layout]) : null;
  table[layout] = {
    'us/record': ours.micros.toFixed(2),
    MB: (ours.bytes / 1e6).toFixed(1),
    'by hand us/record': rival?.micros.toFixed(2) ?? '',
    ratio: rival ? (rival.micros / ours.micros).toFixed(2) : '',
  };
}
console.log(`${rows} records of Alpaca; "by hand": whole arrays of objects with the usual library`);
console.table(table);
