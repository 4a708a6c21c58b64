/** What a model's own files say of it: a folder dropped on the page, served beside it, or named on the command line. */
import { familyOf, listedByName, nameLanguages } from './families';
import { modelFailure } from './messages';
import { DTYPE_FILES, type Dtype, type ModelLanguage, type ModelSpec, type Pooling } from './types';
import { scriptShares, vocabularyLanguages } from './vocabulary';

/** A file of the folder; `path` from wherever it was dropped, with `/` between. */
export interface ModelFile {
  path: string;
  size: number;
  text(): Promise<string>;
}

/** What was taken as usual because the folder does not say it. */
export type Assumed = 'pooling' | 'normalise' | 'prefix' | 'max-tokens' | 'languages';

export interface FolderModel {
  spec: ModelSpec;
  /** Where the model lies within the files given: '' or `name/…/`. */
  root: string;
  assumed: Assumed[];
}

type Json = Record<string, unknown>;
const number = (value: unknown): number | null =>
  typeof value === 'number' && value > 0 && value < 1e6 ? value : null;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The last folder of a path that ends with `/`. */
const ownName = (root: string) => root.split('/').at(-2) ?? root;

/** Pooling of sentence-transformers' 1_Pooling/config.json; null where there is none. @throws Failure for one that is not known */
function poolingOf(config: Json | null, folder: string): Pooling | null {
  if (!config) return null;
  const on = Object.keys(config).filter((key) => key.startsWith('pooling_mode_') && config[key] === true);
  if (on.includes('pooling_mode_cls_token')) return 'cls';
  if (on.includes('pooling_mode_mean_tokens')) return 'mean';
  if (on.length) throw modelFailure('embedding.pooling-unknown', { folder, pooling: on[0].slice(13) });
  return null;
}

/** Prefix by config_sentence_transformers.json: its default prompt, if it names one. */
function promptOf(config: Json | null): string | null {
  const name = text(config?.default_prompt_name);
  return name === null ? null : text((config?.prompts as Json | undefined)?.[name]);
}

/** Positions that hold text: RoBERTa's count begins behind the padding's id. */
function positions(config: Json): number | null {
  const all = number(config.max_position_embeddings);
  if (all === null) return null;
  return /roberta|camembert/.test(text(config.model_type) ?? '') ? all - 2 : all;
}

/**
 * Reads how a model is used from its configuration files; what they do not say is taken from the family its name tells, else as usual
 * (mean of the tokens, unit length, no prefix), and named in `assumed`.
 * @param given the name of the folder that was given; the model's own folder may lie below it, and names the model then
 * @throws Failure where config.json, tokenizer.json or weights are missing or cannot be used, or where there are several models
 */
export async function folderModel(files: readonly ModelFile[], given: string): Promise<FolderModel> {
  const configs = files.filter(({ path }) => /(^|\/)config\.json$/.test(path) && !/\d_[^/]*\/config\.json$/.test(path));
  const roots = configs.map(({ path }) => path.slice(0, -'config.json'.length)).sort((a, b) => a.length - b.length);
  if (!roots.length) throw modelFailure('embedding.no-config', { folder: given });
  const whole = roots.filter((root) => files.some(({ path }) => path.startsWith(`${root}onnx/`)));
  if (whole.length > 1)
    throw modelFailure('embedding.many-models', { folder: given, names: whole.map(ownName).sort().join(', ') });
  const root = whole[0] ?? roots[0];
  const name = root === '' ? given : ownName(root);
  const find = (path: string) => files.find((file) => file.path === root + path);
  const json = async (path: string): Promise<Json | null> => {
    const file = find(path);
    if (!file) return null;
    try {
      return JSON.parse(await file.text()) as Json;
    } catch {
      throw modelFailure('embedding.bad-json', { file: path, folder: name });
    }
  };

  const config = (await json('config.json'))!;
  const tokenizerFile = find('tokenizer.json');
  if (!tokenizerFile) throw modelFailure('embedding.no-tokenizer', { folder: name });
  const dtypes: Partial<Record<Dtype, number>> = {};
  const prints: string[] = [];
  for (const [dtype, file] of Object.entries(DTYPE_FILES) as [Dtype, string][]) {
    const weights = find(`onnx/${file}`);
    if (!weights) continue;
    const data = find(`onnx/${file}_data`);
    dtypes[dtype] = weights.size + (data?.size ?? 0) + tokenizerFile.size;
    prints.push(`${dtype}:${weights.size + (data?.size ?? 0)}`);
  }
  if (!prints.length) throw modelFailure('embedding.no-weights', { folder: name });
  const dim = number(config.hidden_size) ?? number(config.dim) ?? number(config.d_model);
  if (dim === null) throw modelFailure('embedding.no-dimension', { folder: name });

  const assumed: Assumed[] = [];
  const or = <T>(value: T | null | undefined, what: Assumed, usual: T): T => {
    if (value !== null && value !== undefined) return value;
    assumed.push(what);
    return usual;
  };
  const listed = listedByName(name);
  const origin = text(config._name_or_path) ?? '';
  const family = familyOf(name) ?? familyOf(origin);
  const modules = (await json('modules.json')) as unknown as { type?: string; path?: string }[] | null;
  const pooled = modules?.find(({ type }) => type?.endsWith('.Pooling'));
  const declared = poolingOf(await json(`${pooled?.path ?? '1_Pooling'}/config.json`), name);
  const sentence = await json('sentence_bert_config.json');
  const tokenizerConfig = await json('tokenizer_config.json');
  const longest = positions(config);
  const told = number(sentence?.max_seq_length) ?? listed?.maxTokens ?? family?.maxTokens;
  const maxTokens = or(told ?? number(tokenizerConfig?.model_max_length) ?? longest, 'max-tokens', 512);

  let languages: readonly ModelLanguage[] = listed?.languages ?? nameLanguages(name);
  if (!languages.length) {
    const shares = scriptShares(await json('tokenizer.json'));
    languages = shares ? vocabularyLanguages(shares) : [];
    assumed.push('languages');
  }
  return {
    root,
    assumed,
    spec: {
      id: name,
      languages: languages.length ? languages : ['multilingual'],
      dim,
      pooling: or(declared ?? listed?.pooling ?? family?.pooling, 'pooling', 'mean'),
      normalise: modules
        ? modules.some(({ type }) => type?.endsWith('.Normalize'))
        : or(listed?.normalise, 'normalise', true),
      prefix: or(
        promptOf(await json('config_sentence_transformers.json')) ?? listed?.prefix ?? family?.prefix,
        'prefix',
        '',
      ),
      maxTokens: Math.min(maxTokens, longest ?? maxTokens),
      dtypes,
      licence: listed?.licence ?? '',
      fingerprint: prints.join(','),
    },
  };
}
