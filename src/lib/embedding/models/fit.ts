/** Which model suits a dataset's language, and which is offered first. */
import type { Language } from '$lib/columns/types';
import { MODELS } from './list';
import type { Dtype, ModelSpec } from './types';

/** `fits`, or what is wrong: the model knows English only, Chinese only, or neither of what the data is written in. */
export type Fit = 'fits' | 'english-only' | 'chinese-only' | 'other-languages';

/**
 * Whether a model knows the language of the data. An English model on Chinese text is nearly useless (../shared/models: AUC 0.66 where a
 * multilingual one has 0.90), so that it is said before anything is fetched.
 */
export function fit(language: Language, model: Pick<ModelSpec, 'languages'>): Fit {
  const { languages } = model;
  if (languages.includes('multilingual')) return 'fits';
  const zh = languages.includes('zh');
  const en = languages.includes('en');
  const asked = language === 'mixed' ? zh && en : language === 'zh' ? zh : language === 'en' ? en : false;
  if (asked) return 'fits';
  return zh && en ? 'other-languages' : zh ? 'chinese-only' : 'english-only';
}

/** Number format to begin with: 8-bit where there is one (a quarter of the bytes, twice the speed on WebAssembly). */
export function defaultDtype(model: Pick<ModelSpec, 'dtypes'>): Dtype {
  for (const dtype of ['q8', 'fp32', 'fp16'] as const) if (dtype in model.dtypes) return dtype;
  return (Object.keys(model.dtypes)[0] as Dtype | undefined) ?? 'fp32';
}

/**
 * Models for a dataset's language, best first: those that know it, among them one that knows only it before a multilingual one,
 * then the smaller download; equal ones as they are listed.
 */
export function offered(language: Language, models: readonly ModelSpec[] = MODELS): ModelSpec[] {
  const wide = (model: ModelSpec) => (model.languages.includes('multilingual') ? 9 : model.languages.length);
  const key = (model: ModelSpec) => [
    fit(language, model) === 'fits' ? 0 : 1,
    wide(model),
    model.dtypes[defaultDtype(model)] ?? 0,
  ];
  return models
    .map((model) => ({ model, key: key(model) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.key[2] - b.key[2])
    .map(({ model }) => model);
}
