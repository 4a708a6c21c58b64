/** As much of @huggingface/transformers as is used; whoever runs a model brings the library. */

export interface TensorLike {
  dims: readonly number[];
  data: unknown;
  dispose?(): void;
}

export interface TokenizerLike {
  (texts: string[], options: { padding: true; truncation: true; max_length: number }): Record<string, TensorLike>;
}

export interface ModelLike {
  (inputs: Record<string, TensorLike>): Promise<Record<string, TensorLike>>;
  dispose(): Promise<unknown>;
}

/** Bytes of one file as they come. */
export interface FileProgress {
  status: string;
  file?: string;
  loaded?: number;
  total?: number;
}

export interface PretrainedOptions {
  progress_callback?(info: FileProgress): void;
  device?: string;
  dtype?: string;
  session_options?: Record<string, unknown>;
}

export interface Transformers {
  AutoTokenizer: { from_pretrained(id: string, options?: PretrainedOptions): Promise<TokenizerLike> };
  AutoModel: { from_pretrained(id: string, options?: PretrainedOptions): Promise<ModelLike> };
}
