import { readFile } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import { read } from '$lib/formats/read';
import { UnreadableError, type FormatInfo, type Rejection } from '$lib/formats/types';
import { parseMap } from '$lib/record/mapping';
import type { Batch, Mapping } from '$lib/record/types';
import { SAMPLE_ROWS, see, type Seen } from '$lib/recipe/sample';
import { DataError, fileError, UsageError } from './errors';
import type { FileSource } from './files';
import { Progress } from './progress';

/** Rows of a batch on the way to a thread: small, since several are on the way at once. */
const BATCH_ROWS = 4096;
export interface FileFacts {
  name: string;
  bytes: number;
  rows: number;
  format: FormatInfo | null;
}

/** Reading of all files in order, with what was learned on the way. */
export class Reading {
  rows = 0;
  readonly rejected: Rejection[] = [];
  readonly files: FileFacts[];

  constructor(readonly sources: FileSource[]) {
    this.files = sources.map(({ name, size }) => ({ name, bytes: size ?? 0, rows: 0, format: null }));
  }

  get bytes(): number {
    return this.files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Batches of all files, places running through. May be asked for once a reading.
   * @throws DataError naming the file of which nothing can be read
   */
  async *batches(what: string): AsyncGenerator<Batch> {
    const progress = new Progress(what, this.bytes);
    let before = 0;
    try {
      for (const [file, source] of this.sources.entries()) {
        const facts = this.files[file];
        const options = { file, first: this.rows, batchRows: BATCH_ROWS, parquet: () => import('parquet-wasm') };
        try {
          for await (const { format, batch, rejected, bytesRead } of read(source, options)) {
            facts.format = format;
            for (const one of rejected) this.rejected.push(one);
            progress.at(before + bytesRead, this.rows);
            if (batch === null || batch.rows === 0) continue;
            this.rows += batch.rows;
            facts.rows += batch.rows;
            yield batch;
          }
        } catch (error) {
          throw readError(source.name, error);
        }
        before += facts.bytes;
      }
    } finally {
      progress.end();
    }
  }
}

function readError(name: string, error: unknown): Error {
  if (error instanceof UnreadableError)
    return new DataError(`${name}, line ${error.line} (byte ${error.offset}): ${error.message}`);
  return fileError(name, error);
}

/** `--map`: `prompt=a+b,response=c`, or a YAML or JSON file. Undefined detects everything. */
export async function mapOption(value: string | undefined): Promise<Partial<Mapping> | null> {
  if (value === undefined) return null;
  try {
    if (value.includes('=')) return parseMap(value);
  } catch (error) {
    throw new UsageError(`--map: ${(error as Error).message.replace(/^map: /, '')}`);
  }
  let text: string;
  try {
    text = await readFile(value, 'utf8');
  } catch (error) {
    throw new UsageError(`--map: ${fileError(value, error).message}`);
  }
  try {
    const parsed = parseYaml(text) as unknown;
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new Error('it must be a list of role: field');
    return parseMap(parsed as Record<string, unknown>);
  } catch (error) {
    throw new DataError(`${value}: ${(error as Error).message}`);
  }
}

/**
 * Mapping and profile of the first records, the user's choices over what is detected.
 * @throws DataError where a field is named that the data does not have
 */
export function detect(sample: Batch[], map: Partial<Mapping> | null): Seen {
  try {
    return see(sample, map);
  } catch (error) {
    throw new DataError((error as Error).message);
  }
}

/** The batches again from the start, after `learn` has seen the first of them. */
export async function* afterSample(
  batches: AsyncGenerator<Batch>,
  learn: (sample: Batch[]) => void,
): AsyncGenerator<Batch> {
  const sample: Batch[] = [];
  let rows = 0;
  try {
    while (rows < SAMPLE_ROWS) {
      const { done, value } = await batches.next();
      if (done) break;
      sample.push(value);
      rows += value.rows;
    }
    learn(sample);
    yield* sample.splice(0);
    yield* batches;
  } finally {
    await batches.return(undefined);
  }
}
