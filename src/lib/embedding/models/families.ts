/** What is known of model families whose folders do not say it themselves (their cards on the hub). */
import { MODELS } from './list';
import type { ModelLanguage, ModelSpec, Pooling } from './types';

export interface Family {
  name: RegExp;
  pooling: Pooling;
  prefix: string;
  maxTokens?: number;
}

const FAMILIES: readonly Family[] = [
  { name: /(^|[-_/])e5([-_.]|$)/i, pooling: 'mean', prefix: 'query: ' },
  { name: /(^|[-_/])bge([-_.]|$)/i, pooling: 'cls', prefix: '' },
  { name: /(^|[-_/])gte([-_.]|$)/i, pooling: 'mean', prefix: '' },
  { name: /paraphrase-multilingual-minilm/i, pooling: 'mean', prefix: '', maxTokens: 128 },
  { name: /minilm/i, pooling: 'mean', prefix: '', maxTokens: 256 },
  { name: /text2vec|m3e|jina-embeddings-v2/i, pooling: 'mean', prefix: '' },
  { name: /snowflake-arctic-embed/i, pooling: 'cls', prefix: '' },
];

export function familyOf(name: string): Family | null {
  return FAMILIES.find((family) => family.name.test(name)) ?? null;
}

/** The offered model of that name, whoever published the copy. */
export function listedByName(name: string): ModelSpec | null {
  const last = (id: string) => id.slice(id.lastIndexOf('/') + 1).toLowerCase();
  return MODELS.find((model) => last(model.id) === last(name)) ?? null;
}

/** Languages that a name speaks of (`…-zh`, `…-zh-en`, `multilingual-…`); empty where it names none. */
export function nameLanguages(name: string): ModelLanguage[] {
  const parts = name.toLowerCase().split(/[-_./]/);
  const zh = parts.some((part) => ['zh', 'chinese', 'cn'].includes(part));
  const en = parts.some((part) => ['en', 'english'].includes(part));
  const named: ModelLanguage[] = [...(zh ? ['zh' as const] : []), ...(en ? ['en' as const] : [])];
  if (named.length) return named;
  return parts.some((part) => part.startsWith('multilingual')) ? ['multilingual'] : [];
}
