import { createWriter, mergeShapes } from '$lib/formats/write';
import type { FieldShape, LayoutWriter, ParquetWriterModule } from '$lib/formats/write';
import type { FormatInfo } from '$lib/formats/types';
import type { Batch, Mapping } from '$lib/record/types';
import { loadPersonal } from '$lib/text/personal';
import type { Hash } from '$lib/text/hash';
import type { Vectors } from '$lib/embedding/types';
import { Collector } from './collect';
import { decide } from './decide';
import { newDigest, recipeHash, type Digest } from './hash';
import { explainer, ledgerLine } from './ledger';
import { makeManifest, manifestText, type Manifest, type ManifestInput, type RunNotes } from './manifest';
import { loadCategories } from './category';
import { measureBatch, type BatchMeasures } from './measure';
import type { Measured } from './measured';
import { DataFile, Output, plannedFiles, type Sink, type Unwritable } from './outputs';
import { compile, type Plan, type VectorsNeed } from './plan';
import { editsOfPlan } from './rewrite';
import { makeSets, workHere, type Others, type SetWorker } from './sets';
import { textsAt } from './stage-texts';
import { stringifyRecipe } from './stringify';
import type { Decision, Recipe } from './types';
import { runFailure } from './messages';

/** The records of a run. `batches` is asked once a pass and gives equal batches each time, in order of place. */
export interface RunSource {
  batches(): AsyncIterable<Batch>;
  mapping: Mapping;
  /** The input's format, which the layout `same` writes again; null: JSONL. */
  format?: FormatInfo | null;
  /** File names by `Batch.file`, as the ledger shows them. */
  files: readonly string[];
  /** Asked when everything was read. */
  inputs(): ManifestInput[] | Promise<ManifestInput[]>;
  /** The other files that it was compared with; absent where the recipe names none. */
  against?(): ManifestInput[] | Promise<ManifestInput[]>;
}

export interface RunOptions {
  hash: Hash;
  /** parquet-wasm, started; only the Parquet layout needs it. */
  parquet?: ParquetWriterModule | null;
  /** Makes the writer of a layout, given the fields of the whole dataset. Default: `createWriter`. */
  writer?(layout: string, fields: readonly FieldShape[], plan: Plan): LayoutWriter | Promise<LayoutWriter>;
  /** Measures a batch elsewhere (a worker; the batch may be transferred). Default: here. */
  measure?(batch: Batch, plan: Plan): Promise<BatchMeasures>;
  /** Does what takes the whole set at once. Default: here. */
  sets?: SetWorker;
  /**
   * A vector per record by a model that is not built in. `texts` reads the records once more, as the steps before have left them.
   * Default: there are none, and a recipe that asks for them fails.
   */
  vectors?(need: VectorsNeed, measured: Measured, texts: () => AsyncIterable<string[]>): Promise<Vectors>;
  /** The other files that the recipe names. Default: they are not there, and a recipe that asks for them fails. */
  others?: Others;
  /** How many batches are measured at once. Default 1. */
  lanes?: number;
  /** The recipe's text as the user wrote it, kept beside the data. Default: the recipe written anew. */
  recipeText?: string;
  notes?: RunNotes;
  now?: Date;
  digest?: () => Digest;
  /** `pass` 1 measures, 2 writes. */
  progress?(pass: 1 | 2, rows: number, of: number | null): void;
  signal?: AbortSignal;
}

export interface RunResult {
  plan: Plan;
  measured: Measured;
  decision: Decision;
  manifest: Manifest;
  /**
   * Kept records that a layout could not hold: how many, of each file, the first hundred, and the files that are empty
   * because of it.
   */
  unwritable: { count: number; byFile: ReadonlyMap<string, number>; first: Unwritable[]; empty: string[] };
}

/** What pass 1 finds. */
export interface Judged {
  plan: Plan;
  measured: Measured;
  decision: Decision;
  fields: FieldShape[];
}

/** Pass 1: measures every record and decides its fate. Text is not held. */
export async function judge(recipe: Recipe, source: RunSource, options: RunOptions): Promise<Judged> {
  const plan = compile(recipe, source.mapping);
  if (!options.measure) await loadCategories(plan.classes);
  const measure =
    options.measure ?? ((batch) => Promise.resolve(measureBatch(batch, source.mapping, plan, options.hash)));
  const collector = new Collector(plan);
  const busy = new Set<Promise<void>>();
  let failed: unknown = null;
  let rows = 0;
  for await (const batch of source.batches()) {
    options.signal?.throwIfAborted();
    const work: Promise<void> = measure(batch, plan)
      .then((measures) => {
        collector.add(measures);
        rows += measures.rows;
        options.progress?.(1, rows, null);
      })
      .catch((error: unknown) => void (failed ??= error))
      .finally(() => busy.delete(work));
    busy.add(work);
    if (busy.size >= (options.lanes ?? 1)) await Promise.race(busy);
    if (failed !== null) break;
  }
  await Promise.all(busy);
  if (failed !== null) throw failed;
  const fields = collector.shapes().reduce<FieldShape[]>(mergeShapes, []);
  const measured = collector.finish();
  await provideVectors(plan, measured, source, options);
  await makeSets(plan.sets, measured, options.sets ?? workHere, options.others);
  return { plan, measured, decision: decide(plan, measured), fields };
}

/** Vectors that the whole set's work starts from, where they are not built in and not there yet. */
async function provideVectors(plan: Plan, measured: Measured, source: RunSource, options: RunOptions): Promise<void> {
  if (!options.vectors) return;
  for (const need of modelVectors(plan)) {
    if (measured.has(need)) continue;
    const texts = () => textsAt(source.batches(), source.mapping, plan.stages[need.stage], need.on);
    measured.setVectors(need.signature, await options.vectors(need, measured, texts));
  }
}

/** What a plan asks of models that are not built in, each once. */
export function modelVectors({ sets }: Pick<Plan, 'sets'>): VectorsNeed[] {
  const needs = sets.flatMap(({ from }) => ('terms' in from && from.terms === null ? [from] : []));
  return needs.filter(({ signature }, i) => needs.findIndex((one) => one.signature === signature) === i);
}

/**
 * Applies a recipe: measures and decides, then writes the export's files, `ledger.jsonl`, `recipe.yaml` and `manifest.json`
 * into the sink. On any error the sink is told to abort. Page and command line both run through here.
 */
export async function run(recipe: Recipe, source: RunSource, sink: Sink, options: RunOptions): Promise<RunResult> {
  try {
    const judged = await judge(recipe, source, options);
    const result = await write(recipe, source, sink, options, judged);
    await sink.commit?.();
    return result;
  } catch (error) {
    await sink.abort?.();
    throw error;
  }
}

/** Pass 2: writes what was decided. Does not commit the sink. */
export async function write(
  recipe: Recipe,
  source: RunSource,
  sink: Sink,
  options: RunOptions,
  { plan, measured, decision, fields }: Judged,
): Promise<RunResult> {
  const digest = options.digest ?? newDigest;
  // Measuring may have happened in other threads: rewriting needs the same libraries here.
  if (plan.stages.length > 1) await loadPersonal();
  const encoder = new TextEncoder();
  const files = await openFiles(recipe, source, sink, options, plan, fields, digest);
  const ledger = await Output.open(sink, 'ledger.jsonl', digest());
  const explain = explainer(plan, measured, decision);
  const byFile = new Map<string, number>();
  const unwritable = { count: 0, byFile, first: [] as Unwritable[], empty: [] as string[] };
  for await (const batch of source.batches()) {
    options.signal?.throwIfAborted();
    const file = source.files[batch.file] ?? '';
    const lines: string[] = [];
    for (let row = 0; row < batch.rows; row++) {
      const place = batch.first + row;
      lines.push(ledgerLine(place, file, batch.lines[row], measured, decision, explain));
      const copies = decision.copies[place];
      if (copies === 0) continue;
      const edits = editsOfPlan(batch, row, source.mapping, plan);
      for (const { split, data } of files) {
        if (split !== null && split !== decision.split[place]) continue;
        const reason = data.write(batch, row, edits, copies);
        if (reason === null) continue;
        byFile.set(data.output.name, (byFile.get(data.output.name) ?? 0) + 1);
        if (unwritable.count++ < 100) unwritable.first.push({ output: data.output.name, place, reason });
      }
    }
    await ledger.write(encoder.encode(lines.join('\n') + '\n'));
    for (const { data } of files) await data.flush();
    options.progress?.(2, batch.first + batch.rows, measured.rows);
  }
  const outputs = [];
  for (const { data } of files) outputs.push(await data.finish());
  for (const { name, rows } of outputs) if (rows === 0 && byFile.has(name)) unwritable.empty.push(name);
  await ledger.close();
  await writeText(sink, 'recipe.yaml', options.recipeText ?? stringifyRecipe(recipe));
  const inputs = await source.inputs();
  const manifest = makeManifest(
    recipeHash(recipe),
    inputs,
    outputs,
    decision,
    options.now ?? new Date(),
    options.notes,
    recipe.against && (await source.against?.()),
  );
  await writeText(sink, 'manifest.json', manifestText(manifest));
  return { plan, measured, decision, manifest, unwritable };
}

async function openFiles(
  recipe: Recipe,
  source: RunSource,
  sink: Sink,
  options: RunOptions,
  plan: Plan,
  fields: readonly FieldShape[],
  digest: () => Digest,
): Promise<{ split: number | null; data: DataFile }[]> {
  const files = [];
  const names = new Set<string>();
  const { mapping } = source;
  const rewritten = new Set(plan.merges.length > 0 ? mapping.label : []);
  for (const { layout, split, stem } of plannedFiles(recipe)) {
    const writer = options.writer
      ? await options.writer(layout, fields, plan)
      : createWriter(layout, { mapping, fields, format: source.format, parquet: options.parquet, rewritten });
    const name = `${stem}.${writer.extension}`;
    // Systems that ignore case would write one file over the other.
    if (names.has(name.toLowerCase())) throw runFailure('recipe.run.same-name', { name });
    names.add(name.toLowerCase());
    files.push({ split, data: new DataFile(await Output.open(sink, name, digest()), writer) });
  }
  return files;
}

async function writeText(sink: Sink, name: string, text: string): Promise<void> {
  const file = await sink.open(name);
  await file.write(new TextEncoder().encode(text));
  await file.close();
}
