import { readFile, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  defaultDtype,
  DTYPE_FILES,
  folderModel,
  modelById,
  MODELS,
  type Dtype,
  type ModelFile,
  type ModelSpec,
} from '$lib/embedding/models';
import { loadRunner, type Runner } from '$lib/embedding/runner';
import type { Transformers } from '$lib/embedding/transformers';
import { Failure } from '$lib/record/failure';
import { DataError, UsageError } from './errors';

/** Where a model's files are, and how it is used. */
export interface FoundModel {
  spec: ModelSpec;
  dtype: Dtype;
  /** Folder that holds the model's folder, and the name below it; null for the hub's cache. */
  local: { parent: string; name: string } | null;
}

/** What of a model may be fetched from the hub is kept here, once for all datasets. */
function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'siftbook', 'models');
}

/** Folders of a model that hold what is read: weights, and sentence-transformers' modules. */
const WITHIN = /^(onnx|\d_\w+)$/;

/** A model's files, where the folder is the model's own or one above it. What cannot be looked at is passed over. */
async function filesBelow(folder: string, inside: string[] = []): Promise<ModelFile[]> {
  const entries = await readdir(path.join(folder, ...inside), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry): Promise<ModelFile[]> => {
      const at = [...inside, entry.name];
      const file = path.join(folder, ...at);
      const info = await stat(file).catch(() => null);
      if (info?.isDirectory()) return inside.length === 0 || WITHIN.test(entry.name) ? filesBelow(folder, at) : [];
      return info?.isFile() ? [{ path: at.join('/'), size: info.size, text: () => readFile(file, 'utf8') }] : [];
    }),
  );
  return found.flat();
}

export const isFolder = (name: string) =>
  stat(name).then(
    (info) => info.isDirectory(),
    () => false,
  );

/**
 * The model that `--model` names: a folder, else one of the hub's that is listed.
 * @throws UsageError for a name that is neither, or a number format it does not have; DataError for a folder that is no model
 */
export async function findModel(model: string, dtype: string | undefined, download: boolean): Promise<FoundModel> {
  if (await isFolder(model)) {
    const folder = path.resolve(model);
    try {
      const { spec, root } = await folderModel(await filesBelow(folder), path.basename(folder));
      const own = path.resolve(folder, root);
      const local = { parent: path.dirname(own), name: path.basename(own) };
      return { spec, dtype: chosenDtype(spec, dtype, model), local };
    } catch (error) {
      throw error instanceof Failure ? new DataError(error.message) : error;
    }
  }
  const spec = modelById(model);
  if (spec === null)
    throw new UsageError(
      `--model ${model}: there is no such folder, and it is none of the models known by name: tfidf, ${MODELS.map(({ id }) => id).join(', ')}.`,
    );
  const chosen = chosenDtype(spec, dtype, model);
  const cached = await isFolder(path.join(cacheFolder(), model));
  if (!cached && !download)
    throw new UsageError(
      `--model ${model} is not on this machine. Add --download to fetch it (${Math.round((spec.dtypes[chosen] ?? 0) / 1e6)} MB from huggingface.co), or name a folder that holds it.`,
    );
  return { spec, dtype: chosen, local: null };
}

/** A listed model that an earlier `embed --download` left on this machine; null where it is not there. */
export async function cachedModel(id: string): Promise<FoundModel | null> {
  const spec = modelById(id);
  if (spec === null || !(await isFolder(path.join(cacheFolder(), id)))) return null;
  return { spec, dtype: defaultDtype(spec), local: null };
}

function chosenDtype(spec: ModelSpec, dtype: string | undefined, model: string): Dtype {
  const has = Object.keys(spec.dtypes);
  if (dtype === undefined) return defaultDtype(spec);
  if (!Object.hasOwn(DTYPE_FILES, dtype)) throw new UsageError(`--dtype ${dtype}: expected one of ${has.join(', ')}.`);
  if (!has.includes(dtype))
    throw new UsageError(
      `--dtype ${dtype}: ${model} has no onnx/${DTYPE_FILES[dtype as Dtype]}. It has ${has.join(', ')}.`,
    );
  return dtype as Dtype;
}

/**
 * Loads a model into ONNX Runtime. Nothing is fetched unless `download` says so.
 * @throws DataError where its files or the device cannot be used
 */
export async function openRunner(
  { spec, dtype, local }: FoundModel,
  { device, threads, download }: { device: string; threads?: number; download: boolean },
): Promise<Runner> {
  const { env, AutoModel, AutoTokenizer, LogLevel } = await import('@huggingface/transformers');
  env.allowRemoteModels = download && local === null;
  env.logLevel = LogLevel.ERROR;
  if (local) env.localModelPath = `${local.parent}/`;
  env.cacheDir = cacheFolder();
  const library = { AutoModel, AutoTokenizer } as unknown as Transformers;
  const session = { logSeverityLevel: 3, ...(threads === undefined ? {} : { intraOpNumThreads: threads }) };
  try {
    return await loadRunner(library, spec, { from: local?.name ?? spec.id, device, dtype, session });
  } catch (error) {
    const said = (error as Error).message.split('\n')[0];
    throw new DataError(
      `${spec.id} (${dtype}, ${device}) could not be loaded: ${said.replace(/\.?$/, '.')} Fetch its files anew, or try another --dtype.`,
    );
  }
}
