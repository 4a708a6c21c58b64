/** How the vectors of a text's tokens become one: their mean, or the first token's. */
export type Pooling = 'mean' | 'cls';

/** Number formats of weights as transformers.js names them, and what their file ends with. */
export const DTYPE_FILES = {
  fp32: 'model.onnx',
  fp16: 'model_fp16.onnx',
  q8: 'model_quantized.onnx',
  int8: 'model_int8.onnx',
  uint8: 'model_uint8.onnx',
  q4: 'model_q4.onnx',
  q4f16: 'model_q4f16.onnx',
  bnb4: 'model_bnb4.onnx',
} as const;

export type Dtype = keyof typeof DTYPE_FILES;

/** `multilingual`: dozens of languages, Chinese and English among them. */
export type ModelLanguage = 'zh' | 'en' | 'multilingual';

/** A sentence-embedding model and how it is used. */
export interface ModelSpec {
  /** Its id on the hub (`owner/name`), or the name of its folder. */
  id: string;
  languages: readonly ModelLanguage[];
  /** Numbers of a vector. */
  dim: number;
  pooling: Pooling;
  /** Whether vectors are brought to unit length. */
  normalise: boolean;
  /** Stands before every text where texts are compared with each other (no question, no passage). */
  prefix: string;
  /** Longer texts are cut, special tokens included. */
  maxTokens: number;
  /** Bytes to fetch for each number format there is: weights and tokenizer. */
  dtypes: Readonly<Partial<Record<Dtype, number>>>;
  /** SPDX name; empty where unknown. */
  licence: string;
  /** Tells weights apart that share a name (a folder's); part of what kept vectors are known by. */
  fingerprint?: string;
}
