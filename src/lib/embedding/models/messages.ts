import { failures } from '$lib/record/failure';

/** English texts of why a folder is no model that can be used. */
export const modelTexts = {
  'embedding.no-config':
    '{folder} holds no config.json: choose the folder of a model (config.json, tokenizer.json, onnx/).',
  'embedding.many-models': '{folder} holds several models: {names}. Choose the folder of one.',
  'embedding.no-tokenizer': '{folder} holds no tokenizer.json: it is needed to read texts.',
  'embedding.no-weights':
    '{folder} holds no onnx/model*.onnx: choose a model exported to ONNX, for example one of Xenova or onnx-community on the hub.',
  'embedding.no-dtype':
    '{folder} holds no onnx/{file}: the embedding was begun with {dtype}. Choose a folder that has it, or embed anew with {has}.',
  'embedding.bad-json': '{file} of {folder} is no JSON: fetch it again.',
  'embedding.no-dimension':
    'config.json of {folder} does not say how long its vectors are (hidden_size): fetch the model anew, or choose another.',
  'embedding.pooling-unknown':
    '{folder} takes its vectors by {pooling}; only the mean of the tokens and the first token are known here.',
} as const;

export const modelFailure = failures(modelTexts);
