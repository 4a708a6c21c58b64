/** Model folders as the page meets them: dropped by the user, or served beside the page; with how each is used. */
import { DTYPE_FILES, folderModel, type FolderModel, type ModelFile } from '$lib/embedding/models';
import type { ModelSource } from './protocol';

export type FoundModel = Pick<FolderModel, 'spec' | 'assumed'> & { source: ModelSource };

/**
 * A folder dropped on the page, by the paths its files came with (`NAME/config.json`, …).
 * @throws Failure where it is no model that can be used
 */
export async function droppedModel(files: readonly { path: string; file: Blob }[], name: string): Promise<FoundModel> {
  const read: ModelFile[] = files.map(({ path, file }) => ({ path, size: file.size, text: () => file.text() }));
  const { spec, assumed, root } = await folderModel(read, name);
  const own = files.filter(({ path }) => path.startsWith(root));
  return {
    spec,
    assumed,
    source: { kind: 'folder', name, files: own.map(({ path, file }) => ({ path: path.slice(root.length), file })) },
  };
}

/** A model's folder beside the page, as `models/index.json` lists it. */
export interface ListedModel {
  name: string;
  /** Absent: its files are asked for by their names. */
  files?: { path: string; size: number }[];
}

/**
 * A folder served beside the page whose files are known: only those that are there are asked for.
 * @throws Failure where it is no model that can be used
 */
export async function listedModel(
  { name, files }: ListedModel,
  path: string,
  get: typeof fetch = fetch,
): Promise<FoundModel> {
  if (!files) return servedModel(path, get);
  const read = files.map((file) => ({ ...file, text: async () => (await get(path + file.path)).text() }));
  const { spec, assumed } = await folderModel(read, name);
  return { spec, assumed, source: { kind: 'served', path } };
}

/** Small files that say how a model is used. */
const CONFIGS = [
  'config.json',
  'tokenizer_config.json',
  'modules.json',
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
];

/**
 * A folder served beside the page (`static/models/NAME/`); `path` is root-relative and ends with `/`. Its files are asked for by
 * name, since a static host lists none; weights by their headers alone.
 * @throws Failure where it is no model that can be used
 */
export async function servedModel(path: string, get: typeof fetch = fetch): Promise<FoundModel> {
  const name = path.split('/').filter(Boolean).pop() ?? path;
  const files: ModelFile[] = [];
  // A host that answers everything with its start page has no such file.
  const there = (response: Response) => response.ok && !response.headers.get('content-type')?.startsWith('text/html');
  const size = (response: Response) => Number(response.headers.get('content-length') ?? 0);
  await Promise.all([
    ...CONFIGS.map(async (file) => {
      const response = await get(path + file);
      if (!there(response)) return;
      const text = await response.text();
      files.push({ path: file, size: text.length, text: async () => text });
    }),
    ...['tokenizer.json', ...Object.values(DTYPE_FILES).map((file) => `onnx/${file}`)].map(async (file) => {
      const response = await get(path + file, { method: 'HEAD' });
      if (there(response))
        files.push({ path: file, size: size(response), text: async () => (await get(path + file)).text() });
    }),
  ]);
  const { spec, assumed } = await folderModel(files, name);
  return { spec, assumed, source: { kind: 'served', path } };
}
