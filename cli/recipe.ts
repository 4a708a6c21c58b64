import { createHash, type Hash as NodeHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { columns } from '$lib/columns/index';
import { batchBuffers } from '$lib/record/batch';
import type { Batch, Mapping } from '$lib/record/types';
import { createWriter } from '$lib/formats/write/index';
import { loadHash } from '$lib/text/hash';
import { MEANING_PREFIX } from '$lib/recipe/alike';
import { parseRecipe } from '$lib/recipe/parse';
import { compile } from '$lib/recipe/plan';
import { mapOfRecipe, type Seen } from '$lib/recipe/sample';
import { unmappedIn } from '$lib/recipe/unmapped';
import { judge, type Judged, type RunOptions, type RunSource } from '$lib/recipe/run';
import type { Digest } from '$lib/recipe/hash';
import type { Recipe } from '$lib/recipe/types';
import { OtherFiles } from './against';
import { afterSample, detect, Reading } from './dataset';
import { DataError, fileError } from './errors';
import type { FileSource } from './files';
import type { RecipeAnswer } from './jobs';
import { defaultThreads, Pool } from './pool';
import { setThreads } from './sets';
import { ModelVectors, type VectorSources } from './vectors';

/** A recipe's text with what it says. */
export interface ReadRecipe {
  name: string;
  text: string;
  recipe: Recipe;
}

/**
 * Reads and checks a recipe, its columns included.
 * @throws DataError with one line for each problem: file, line, column, what to do
 */
export async function readRecipe(name: string): Promise<ReadRecipe> {
  const text = await readFile(name, 'utf8').catch((error: unknown) => {
    throw fileError(name, error);
  });
  return { name, text, recipe: checked(name, text) };
}

function checked(name: string, text: string, fields?: string[]): Recipe {
  const { recipe, problems } = parseRecipe(text, { columns: columns.map(({ id }) => id), fields });
  if (recipe !== null) return recipe;
  throw new DataError(problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`).join('\n'));
}

/** A run's source, what was seen on its first records, and pass 1 over it. */
export interface Judging {
  source: RunSource;
  options: RunOptions;
  seen: Seen;
  judged: Judged;
  /** Of the last reading. */
  reading: Reading;
}

/** Pass 1 of a recipe over files, in threads. */
export async function judgeFiles(
  given: ReadRecipe,
  sources: FileSource[],
  {
    threads,
    vectors,
    against = [],
    map,
  }: { threads?: number; vectors: VectorSources; against?: readonly string[]; map?: Partial<Mapping> | null },
): Promise<Judging> {
  const { recipe, name, text } = given;
  const seen = await seeFiles(sources, map ?? mapIn(recipe, name));
  for (const { line, column, message } of unmappedIn(text, recipe, seen.mapping))
    process.stderr.write(`${name}:${line}:${column}: ${message}\n`);
  const lanes = threads ?? defaultThreads();
  const stamps = await Promise.all(sources.map(stampOf));
  let what = 'measuring';
  let reading = new Reading(sources);
  const source: RunSource = {
    batches() {
      reading = new Reading(sources);
      return reading.batches(what);
    },
    mapping: seen.mapping,
    files: sources.map(({ name }) => path.basename(name)),
    async inputs() {
      const now = await Promise.all(sources.map(stampOf));
      const changed = now.findIndex((stamp, i) => stamp !== stamps[i]);
      if (changed >= 0)
        throw new DataError(`${sources[changed].name} changed while it was read. Nothing was written; run again.`);
      return Promise.all(sources.map(inputOf));
    },
  };
  const plan = compile(recipe, seen.mapping);
  const hash = await loadHash();
  const names = sources.map((source) => source.name);
  const models = await ModelVectors.find(plan, vectors, { names, language: seen.profile.language, hash });
  const options: RunOptions = {
    hash,
    recipeText: text,
    lanes: lanes * 2,
    digest,
    writer: async (layout, fields, plan) =>
      createWriter(layout, {
        mapping: seen.mapping,
        fields,
        format: reading.files[0].format,
        parquet: await import('parquet-wasm'),
        rewritten: plan.merges.length ? new Set(seen.mapping.label) : undefined,
      }),
  };
  const others = await OtherFiles.find(plan, {
    recipe,
    name,
    files: against,
    own: sources,
    mapping: seen.mapping,
    threads,
    begin: () => pool.close(),
  });
  if (others) {
    options.others = others;
    source.against = () => Promise.all(others.sources.map(inputOf));
  }
  const needsTokens = plan.columns.some(({ column }) => /(^|_)tokens$/.test(column));
  const pool = new Pool(lanes, { tokens: needsTokens });
  try {
    options.measure = async (batch: Batch) => {
      const job = { kind: 'recipe', batch, mapping: seen.mapping, recipe } as const;
      return ((await pool.run(job, batchBuffers(batch))) as RecipeAnswer).measures;
    };
    options.vectors = async (need, measured, texts) => {
      what = 'reading';
      return models.vectors(need, measured, texts);
    };
    const work = setThreads(
      () => reading.rows,
      (model, phrase) => models.phrase(model, phrase),
    );
    options.sets = async (job) => {
      // All is measured: the threads give their memory back before the whole set takes some.
      await pool.close();
      return work(job);
    };
    const judged = await judge(recipe, source, options);
    // A field may first appear far into the data: only now are all of them known.
    checked(
      name,
      text,
      judged.fields.map((field) => field.name),
    );
    for (const need of judged.plan.derived)
      if (need.column.startsWith(MEANING_PREFIX) && judged.measured.column(need).every(Number.isNaN))
        process.stderr.write(
          `${name}: nothing of “${need.column.slice(MEANING_PREFIX.length)}” stands in these texts: no record has a distance to it, and a cut by it drops none.\n`,
        );
    what = 'writing';
    return { source, options, seen, judged, reading };
  } finally {
    await Promise.all([pool.close(), models.close()]);
  }
}

/** @throws DataError where the recipe maps what cannot be mapped */
function mapIn(recipe: Recipe, name: string): Partial<Mapping> | null {
  try {
    return mapOfRecipe(recipe.source);
  } catch (error) {
    throw new DataError(`${name}: ${(error as Error).message}`);
  }
}

/** Mapping and profile from the first records. */
async function seeFiles(sources: FileSource[], map: Partial<Mapping> | null): Promise<Seen> {
  let seen: Seen | null = null;
  const first = afterSample(new Reading(sources).batches('looking'), (sample) => {
    if (sample.length) seen = detect(sample, map);
  });
  for await (const batch of first) if (batch.rows) break;
  if (seen === null) throw new DataError(`${sources.map((source) => source.name).join(', ')}: there are no records.`);
  return seen;
}

function digest(): Digest {
  const state: NodeHash = createHash('sha256');
  return { update: (bytes) => void state.update(bytes), hex: () => state.digest('hex') };
}

async function stampOf({ path: file }: FileSource): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  return `${size} ${mtimeMs}`;
}

async function inputOf({ name, path: file }: FileSource) {
  const state = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    state.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { name: path.basename(name), bytes, sha256: state.digest('hex') };
}
