import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '$lib/columns/types';
import { DTYPE_FILES, modelById } from '$lib/embedding/models';
import type { Runner } from '$lib/embedding/runner';
import type { Vectors } from '$lib/embedding/types';
import { unitRows } from '$lib/embedding/unit';
import { readVectors, vectorsByKey, type VectorsFile } from '$lib/embedding/vectors-arrow';
import { Failure } from '$lib/record/failure';
import type { Measured } from '$lib/recipe/measured';
import type { Plan, VectorsNeed } from '$lib/recipe/plan';
import { modelVectors } from '$lib/recipe/run';
import type { Hash } from '$lib/text/hash';
import { text, type Given } from './command';
import { DistinctTexts, embedDistinct } from './embedding';
import { DataError, fileError, UsageError } from './errors';
import { warnOfLanguage } from './language';
import { count } from './output';
import { shared } from './shared-numbers';
import { cachedModel, findModel, isFolder, openRunner, type FoundModel } from './transformers';

/** Where vectors of models come from: files that `embed` wrote, and folders in which models' folders stand. */
export interface VectorSources {
  files: string[];
  folders: string[];
}

/** Looked in when no folder is named. */
const FOLDERS = ['models', path.join('static', 'models')];

export const vectorOptions = { vectors: { type: 'string', multiple: true }, models: { type: 'string' } } as const;
export const vectorDetails: [string, string][] = [
  ['--vectors OUT.arrow', 'vectors that siftbook embed wrote, where a model is asked for; may be given more than once'],
  [
    '--models DIR',
    `folder in which models’ folders stand, to embed here; default: ${FOLDERS.join(' and ')} where they are`,
  ],
];

/** `--vectors` and `--models`. @throws UsageError where the folder is not there */
export async function vectorSources(given: Given): Promise<VectorSources> {
  const named = text(given, 'models');
  if (named !== undefined && !(await isFolder(named)))
    throw new UsageError(`--models ${named}: there is no such folder.`);
  return { files: (given.values.vectors ?? []) as string[], folders: named === undefined ? FOLDERS : [named] };
}

/** A file of vectors with its name. */
interface Named extends VectorsFile {
  name: string;
}

/** Vectors that a plan asks of models: where each comes from is settled before anything is measured. */
export class ModelVectors {
  readonly #files = new Map<string, Named>();
  readonly #models = new Map<string, FoundModel>();
  readonly #runners = new Map<string, Runner>();

  private constructor(readonly hash: Hash) {}

  /**
   * Finds files and models for all that the plan asks for, and warns of a model that does not know the data's language.
   * @param names the data's files, for what is advised
   * @throws DataError that says what is missing and how it is made
   */
  static async find(
    plan: Plan,
    { files, folders }: VectorSources,
    data: { names: readonly string[]; language: Language; hash: Hash },
  ): Promise<ModelVectors> {
    const found = new ModelVectors(data.hash);
    const needs = modelVectors(plan);
    if (needs.length === 0) return found;
    const there = await Promise.all(files.map(readFileOfVectors));
    for (const need of needs) {
      const file = there.find((one) => holds(one, need));
      const phrases = plan.sets.some((set) => set.kind === 'meaning' && set.from.signature === need.signature);
      const rewritten = need.stage > 0;
      if (file && !rewritten) found.#files.set(need.signature, file);
      if (file && !rewritten && !phrases) continue;
      const model = await modelIn(folders, need.model, file?.metadata.get('dtype'));
      if (model !== null) {
        found.#models.set(need.model, model);
        warnOfLanguage(data.language, model.spec);
      } else if (!file) throw new DataError(missing(need, there, data.names, folders));
      else if (rewritten)
        throw new DataError(
          `${file.name} holds vectors of the texts as they came, and the recipe rewrites ${need.on.join(', ')} before it asks for them. ` +
            'Move the step before normalise and redact, or add --models DIR, a folder in which the model’s folder stands.',
        );
      else
        throw new DataError(
          `The distance to a phrase needs the model ${need.model} itself: add --models DIR, a folder in which its folder stands.`,
        );
    }
    return found;
  }

  /** A vector per record, of a file by the records' keys, else computed. */
  async vectors(need: VectorsNeed, measured: Measured, texts: () => AsyncIterable<string[]>): Promise<Vectors> {
    const file = this.#files.get(need.signature);
    if (file) return byKey(file, measured);
    const runner = await this.#runner(need.model);
    const distinct = new DistinctTexts(this.hash);
    for await (const batch of texts()) distinct.add(batch.map((one) => (one === '' ? null : one)));
    const { vectorsOf } = await embedDistinct(runner, distinct, null);
    const { dim } = runner.spec;
    const values = vectorsOf(0, measured.rows);
    unitRows(values, dim);
    return { rows: measured.rows, dim, values: shared(values) };
  }

  async phrase(model: string, said: string): Promise<Float32Array> {
    const runner = await this.#runner(model);
    const vector = await runner.batch([said]);
    unitRows(vector, runner.spec.dim);
    return vector;
  }

  async #runner(model: string): Promise<Runner> {
    let runner = this.#runners.get(model);
    if (!runner) {
      runner = await openRunner(this.#models.get(model)!, { device: 'cpu', download: false });
      this.#runners.set(model, runner);
    }
    return runner;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.dispose()));
    this.#runners.clear();
    this.#files.clear();
  }
}

/** @throws DataError where the file cannot be read or holds no vectors */
export async function readFileOfVectors(name: string): Promise<Named> {
  const bytes = await readFile(name).catch((error: unknown) => {
    throw fileError(name, error);
  });
  try {
    return { ...readVectors(bytes), name };
  } catch (error) {
    throw new DataError(`${name}: ${error instanceof Failure ? error.message : 'this is no Arrow file of vectors.'}`);
  }
}

/** A model goes by its id or by the last part of it, its folder's name. */
const sameModel = (a: string, b: string) => a === b || path.posix.basename(a) === path.posix.basename(b);

/** Are these the vectors asked for? What another program wrote says nothing of itself and is believed. */
function holds({ metadata }: Named, need: VectorsNeed): boolean {
  const model = metadata.get('model');
  const on = metadata.get('on');
  return (model === undefined || sameModel(model, need.model)) && (on === undefined || on === JSON.stringify(need.on));
}

function byKey(file: Named, measured: Measured): Vectors {
  const keys = Array.from({ length: measured.rows }, (_, place) => measured.key(place));
  let found;
  try {
    found = vectorsByKey(file, keys);
  } catch (error) {
    throw new DataError(`${file.name}: ${(error as Error).message}`);
  }
  const { vectors, missing: without } = found;
  if (without > 0)
    throw new DataError(
      `${file.name} has no vector of ${count(without)} of ${count(keys.length)} records: it was made of other data. ` +
        'Embed this data again: siftbook embed --help',
    );
  return { ...vectors, values: shared(vectors.values) };
}

/** The model's folder in one of these, or what an earlier --download left on this machine. */
async function modelIn(folders: readonly string[], id: string, dtype: string | undefined): Promise<FoundModel | null> {
  for (const folder of folders)
    for (const name of [id, path.posix.basename(id), '']) {
      const own = path.join(folder, name);
      // DIR may be the model's own folder.
      if (name === '' ? path.basename(path.resolve(own)) !== path.posix.basename(id) : !(await isFolder(own))) continue;
      const found = await findModel(own, undefined, false);
      return known(dtype) && dtype in found.spec.dtypes ? { ...found, dtype } : found;
    }
  return cachedModel(id);
}

const known = (dtype: string | undefined): dtype is keyof typeof DTYPE_FILES =>
  dtype !== undefined && Object.hasOwn(DTYPE_FILES, dtype);

function missing(
  { model, on }: VectorsNeed,
  there: readonly Named[],
  names: readonly string[],
  folders: readonly string[],
): string {
  const held = there.map(({ name, metadata }) => {
    const of = JSON.parse(metadata.get('on') ?? '[]') as string[];
    return `${name} holds vectors by ${metadata.get('model') ?? 'an unknown model'} of ${of.join(', ') || 'unknown texts'}. `;
  });
  const base = path.posix.basename(model);
  const looked = folders === FOLDERS ? '' : `${folders.join(', ')} holds no folder ${base}. `;
  const named = modelById(model) ? model : `PATH/${base}`;
  const fields = on.length === 1 && on[0] === 'prompt' ? '' : ` --on ${on.join(',')}`;
  return (
    `The recipe asks for vectors of ${on.join(', ')} by the model ${model}, and there are none. ${held.join('')}${looked}` +
    `Embed first: siftbook embed ${names.join(' ')} --model ${named}${fields} -o v.arrow, and add --vectors v.arrow; ` +
    'or add --models DIR, a folder in which the model’s folder stands.'
  );
}
