/** The files of a run made in the browser: the same code as the command line's, from the batches at hand into Blobs. */
import { mergeShapes, shapesOf, type FieldShape } from '$lib/formats/write/shapes';
import { sliceBatch } from '$lib/record/batch';
import type { Batch } from '$lib/record/types';
import { decide } from '$lib/recipe/decide';
import { newDigest } from '$lib/recipe/hash';
import type { ManifestInput } from '$lib/recipe/manifest';
import type { Sink } from '$lib/recipe/outputs';
import { compile } from '$lib/recipe/plan';
import { write } from '$lib/recipe/run';
import type { Recipe } from '$lib/recipe/types';
import { Pace } from './pace';
import { URGENT } from './pool';
import type { Session } from './session';
import { breathe } from './turns';
import { engineFailure } from './messages';

/** Records written before other requests are let in. */
const ROWS = 2048;
/** Bytes gathered before they become a Blob, which the browser may put on disk. */
const PIECE = 16 << 20;
const HASHED = 8 << 20;

/** Files as Blobs, made of pieces so that no file is held in memory as a whole. */
export function blobSink(): { sink: Sink; files: { name: string; blob: Blob }[] } {
  const files: { name: string; blob: Blob }[] = [];
  const sink: Sink = {
    open(name) {
      const pieces: Blob[] = [];
      let waiting: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      const settle = () => {
        if (waiting.length > 0) pieces.push(new Blob(waiting));
        waiting = [];
        bytes = 0;
      };
      return {
        write(data) {
          waiting.push(data);
          bytes += data.length;
          if (bytes >= PIECE) settle();
        },
        close() {
          settle();
          files.push({ name, blob: new Blob(pieces) });
        },
      };
    },
    abort: () => void files.splice(0),
  };
  return { sink, files };
}

async function* slicesOf(batches: readonly Batch[], signal: AbortSignal): AsyncGenerator<Batch> {
  for (const batch of batches)
    for (let from = 0; from < batch.rows; from += ROWS) {
      await breathe(signal);
      yield sliceBatch(batch, from, Math.min(batch.rows, from + ROWS));
    }
}

async function inputOf(name: string, blob: Blob, signal: AbortSignal): Promise<ManifestInput> {
  const digest = newDigest();
  for (let at = 0; at < blob.size; at += HASHED) {
    digest.update(new Uint8Array(await blob.slice(at, at + HASHED).arrayBuffer()));
    await breathe(signal);
  }
  return { name, bytes: blob.size, sha256: digest.hex() };
}

/**
 * Measures what is missing, decides, and writes every file of the recipe's export with ledger and manifest. `lost`: kept records
 * that the file's layout could not hold.
 */
export async function exportFiles(
  session: Session,
  recipe: Recipe,
  recipeText: string,
  signal: AbortSignal,
): Promise<{ name: string; blob: Blob; lost: number }[]> {
  const opened = session.current;
  if (!opened.dataset.complete || opened.table.rows < opened.dataset.rows)
    throw engineFailure('engine.unfinished-export');
  await session.tokens.for(recipe, signal);
  const { dataset, table, mapping, sources } = session.current;
  const plan = compile(recipe, mapping);
  await session.ensure(recipe, plan, URGENT, signal);
  const decision = decide(plan, table.measured);
  let fields: FieldShape[] = [];
  for (const batch of dataset.batches) {
    fields = mergeShapes(fields, shapesOf(batch));
    await breathe(signal);
  }
  const wantsParquet =
    recipe.export?.some(({ layout }) => layout === 'parquet') ||
    (dataset.files[0].format.name === 'parquet' &&
      (recipe.export ?? [{ layout: 'same' }]).some(({ layout }) => layout === 'same'));
  const parquet = wantsParquet ? await session.around.parquet() : null;
  const pace = new Pace('export', session.around);
  const { sink, files } = blobSink();
  try {
    const { unwritable } = await write(
      recipe,
      {
        batches: () => slicesOf(dataset.batches, signal),
        mapping,
        format: dataset.files[0].format,
        files: dataset.files.map(({ name }) => name),
        ...(plan.sets.some((need) => 'other' in need) && {
          against: async () => {
            const inputs: ManifestInput[] = [];
            for (const { name, blob } of session.against.files) inputs.push(await inputOf(name, blob, signal));
            return inputs;
          },
        }),
        inputs: async () => {
          const inputs: ManifestInput[] = [];
          for (const { name, blob } of sources) inputs.push(await inputOf(name, blob, signal));
          return inputs;
        },
      },
      sink,
      {
        hash: await session.around.hash(),
        parquet,
        recipeText,
        progress: (_, rows, of) => pace.at(rows, of ?? dataset.rows),
        signal,
      },
      { plan, measured: table.measured, decision, fields },
    );
    return files.map((file) => ({ ...file, lost: unwritable.byFile.get(file.name) ?? 0 }));
  } finally {
    pace.finish();
  }
}
