/** Reading files into a dataset. */
import { read } from '$lib/formats/read';
import { blobSource } from '$lib/formats/source';
import { UnreadableError, type FormatInfo, type Rejection } from '$lib/formats/types';
import { fieldDataText } from '$lib/record/batch';
import { insideOf, type Inside } from '$lib/record/inside';
import type { Batch } from '$lib/record/types';
import type { Dataset } from './dataset';
import { engineFailure } from './messages';
import type { FieldSummary, OpenSource } from './protocol';
import type { Surroundings } from './state';
import type { FieldFacts } from '$lib/health/fields';

const UNKNOWN: FormatInfo = { name: 'jsonl', encoding: 'utf-8', compression: null, detail: {} };

/**
 * Reads files one after the other into the dataset; `batch` is told of each batch once it belongs to it, and may ask for time. Of several files one
 * that cannot be read at all is a refusal; of a single one it is an error.
 */
export async function readFiles(
  dataset: Dataset,
  sources: readonly { name: string; blob: Blob }[],
  parquet: () => Promise<typeof import('parquet-wasm')>,
  batch: (batch: Batch) => void | Promise<void>,
  progress: () => void,
  signal: AbortSignal,
): Promise<void> {
  dataset.bytes = sources.reduce((sum, { blob }) => sum + blob.size, 0);
  let before = 0;
  let failed: UnreadableError | null = null;
  for (const [file, { name, blob }] of sources.entries()) {
    const facts = { name, bytes: blob.size, format: UNKNOWN, rows: 0 };
    dataset.files.push(facts);
    try {
      const options = { file, first: dataset.rows, signal, parquet };
      for await (const chunk of read(blobSource(blob, name), options)) {
        signal.throwIfAborted();
        facts.format = chunk.format;
        dataset.refuse(chunk.rejected);
        dataset.bytesRead = before + chunk.bytesRead;
        if (chunk.batch && chunk.batch.rows > 0) {
          dataset.add(chunk.batch);
          facts.rows += chunk.batch.rows;
          await batch(chunk.batch);
        }
        progress();
      }
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      failed ??= error;
      if (sources.length === 1) throw error;
      const { code, line, offset, message } = error;
      // Where nothing could be read for its first refusal, that is the reason.
      const { key, params } = (error.cause as Rejection | undefined) ?? error;
      dataset.refuse([{ file, line, offset, code, reason: `${name}: ${message}`, key, params }]);
    }
    before += blob.size;
    dataset.bytesRead = before;
  }
  if (dataset.rows === 0 && failed) throw failed;
  dataset.complete = true;
}

/** The fields as the page lists them: what was counted, with a few values from the first records. */
export function fieldSummaries(dataset: Dataset, facts: readonly FieldFacts[]): FieldSummary[] {
  return facts.map((fact) => ({
    ...fact,
    examples: examplesOf(dataset, fact.name),
    inside: insideField(dataset, fact.name),
  }));
}

function insideField({ batches }: Dataset, name: string): Inside[] {
  const there = batches.flatMap((batch) => {
    const field = batch.fields.find((other) => other.name === name);
    return field ? [{ field, rows: batch.rows }] : [];
  });
  return insideOf(
    there.map(({ field }) => field),
    there.map(({ rows }) => rows),
  );
}

const EXAMPLES = 3;
const LONGEST = 120;

function examplesOf(dataset: Dataset, name: string): string[] {
  const found = new Set<string>();
  let looked = 0;
  for (const batch of dataset.batches) {
    const field = batch.fields.find((other) => other.name === name);
    if (!field) continue;
    for (let row = 0; row < batch.rows && found.size < EXAMPLES && looked < 500; row++, looked++) {
      const text = fieldDataText(field, row)?.trim();
      if (text) found.add([...text.slice(0, LONGEST * 2)].slice(0, LONGEST).join(''));
    }
    if (found.size >= EXAMPLES || looked >= 500) break;
  }
  return [...found];
}

/** The files that are meant. */
export async function sourceFiles(
  sources: readonly OpenSource[],
  around: Pick<Surroundings, 'fetch' | 'storage'>,
  signal: AbortSignal,
): Promise<{ name: string; blob: Blob }[]> {
  const files: { name: string; blob: Blob }[] = [];
  for (const source of sources) {
    if (source.kind === 'file') files.push({ name: source.file.name, blob: source.file });
    else if (source.kind === 'url') files.push(await around.fetch(source.url, signal));
    else {
      const stored = await around.storage?.restore();
      if (!stored) throw engineFailure('engine.nothing-stored');
      files.push(...stored.files.map((file) => ({ name: file.name, blob: file })));
    }
  }
  if (files.length === 0) throw engineFailure('engine.nothing-given');
  return files;
}
