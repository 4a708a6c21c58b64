/**
 * The models offered. Bytes are what the hub lists for the files (rounded there); pooling, prefix and maximum length are those of
 * each model's card and of its sentence-transformers configuration. bge asks for its instruction before questions only, so
 * that none stands here; e5 wants `query: ` before every text where both sides are alike.
 */
import type { ModelSpec } from './types';

const MB = 1e6;
/** tokenizer.json of XLM-RoBERTa's 250,002 pieces. */
const XLM = 17.1 * MB;

export const MODELS: readonly ModelSpec[] = [
  {
    id: 'Xenova/bge-small-zh-v1.5',
    languages: ['zh'],
    dim: 512,
    pooling: 'cls',
    normalise: true,
    prefix: '',
    maxTokens: 512,
    dtypes: { q8: 24 * MB, fp16: 47.5 * MB, fp32: 94.9 * MB },
    licence: 'MIT',
  },
  {
    id: 'Xenova/all-MiniLM-L6-v2',
    languages: ['en'],
    dim: 384,
    pooling: 'mean',
    normalise: true,
    prefix: '',
    maxTokens: 256,
    dtypes: { q8: 23 * MB, fp16: 45.3 * MB, fp32: 90.4 * MB },
    licence: 'Apache-2.0',
  },
  {
    id: 'Xenova/multilingual-e5-small',
    languages: ['multilingual'],
    dim: 384,
    pooling: 'mean',
    normalise: true,
    prefix: 'query: ',
    maxTokens: 512,
    dtypes: { q8: 118 * MB + XLM, fp16: 235 * MB + XLM, fp32: 470 * MB + XLM },
    licence: 'MIT',
  },
  {
    id: 'Xenova/bge-small-en-v1.5',
    languages: ['en'],
    dim: 384,
    pooling: 'cls',
    normalise: true,
    prefix: '',
    maxTokens: 512,
    dtypes: { q8: 34 * MB, fp16: 66.7 * MB, fp32: 133 * MB },
    licence: 'MIT',
  },
  {
    id: 'Xenova/paraphrase-multilingual-MiniLM-L12-v2',
    languages: ['multilingual'],
    dim: 384,
    pooling: 'mean',
    normalise: true,
    prefix: '',
    maxTokens: 128,
    dtypes: { q8: 118 * MB + XLM, fp16: 235 * MB + XLM, fp32: 470 * MB + XLM },
    licence: 'Apache-2.0',
  },
];

/** The offered model of that id; null where it is none of them. */
export function modelById(id: string): ModelSpec | null {
  return MODELS.find((model) => model.id === id) ?? null;
}
