/**
 * A tiny embedding model of the project's own, in the layout transformers.js reads: WordPiece over some hundred English and Chinese
 * pieces, seeded token vectors, one dense layer (fp32, and 8-bit as onnxruntime's dynamic quantisation writes it). Texts that share pieces lie
 * close together; nothing else is promised.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const TINY = { name: 'tiny-zh-en', dim: 24, maxTokens: 64 } as const;

const ENGLISH =
  'the a to of and in is my card account how do i can you your please write a me for what why money bank transfer payment lost new pin code python function list sort data text translate summarise explain into english chinese book flight hotel order refund cancel change open close number phone email address help with on not this that it was are be have has will app top up cash machine exchange rate fee charge country travel time day week month get use make give story poem question answer'.split(
    ' ',
  );
const HAN =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车卡丢钱请帮写翻译英天气退款密码怎办哪吗谢'.split(
    '',
  );

function pieces(): string[] {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');
  const all = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...',.?!:;，。？！：；'.split('')];
  all.push(...letters, ...letters.map((letter) => `##${letter}`), ...ENGLISH, ...HAN);
  return [...new Set(all)];
}

// ---- protocol buffers, as much as ONNX needs ----
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}
const whole = (field: number, value: number) => Buffer.from([...varint(field << 3), ...varint(value)]);
const block = (field: number, value: Uint8Array | string) => {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(bytes.length)]), bytes]);
};
const join_ = (...parts: Uint8Array[]) => Buffer.concat(parts);

const TYPES = { float: 1, int8: 3, int64: 7 } as const;
type Values = Float32Array | Int8Array | BigInt64Array;

function tensor(name: string, dims: number[], values: Values): Buffer {
  const type = values instanceof Float32Array ? TYPES.float : values instanceof Int8Array ? TYPES.int8 : TYPES.int64;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return join_(...dims.map((dim) => whole(1, dim)), whole(2, type), block(8, name), block(9, bytes));
}

function node(op: string, inputs: string[], outputs: string[], attributes: Buffer[] = []): Buffer {
  return join_(
    ...inputs.map((name) => block(1, name)),
    ...outputs.map((name) => block(2, name)),
    block(3, outputs[0]),
    block(4, op),
    ...attributes.map((attribute) => block(5, attribute)),
  );
}

function value(name: string, type: number, dims: (string | number)[]): Buffer {
  const shape = dims.map((dim) => block(1, typeof dim === 'string' ? block(2, dim) : whole(1, dim)));
  return join_(block(1, name), block(2, block(1, join_(whole(1, type), block(2, join_(...shape))))));
}

/** Numbers between -1 and 1 from a linear congruential generator. */
function seeded(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.7;
  });
}

/** last_hidden_state = v + tanh(v W), v the vectors of the tokens. */
function weights(vocabulary: number, quantised: boolean): Buffer {
  const { dim } = TINY;
  const dense = seeded(dim * dim, 7);
  const parts: Buffer[] = [];
  const initial = [tensor('vectors', [vocabulary, dim], seeded(vocabulary * dim, 42))];
  parts.push(node('Gather', ['vectors', 'input_ids'], ['v']));
  if (quantised) {
    // Seven bits, as onnxruntime's reduce_range: processors without VNNI add two products of eight bits into sixteen and saturate.
    const scale = dense.reduce((most, one) => Math.max(most, Math.abs(one)), 0) / 63;
    initial.push(
      tensor(
        'w',
        [dim, dim],
        Int8Array.from(dense, (one) => Math.round(one / scale)),
      ),
      tensor('scale', [], Float32Array.of(scale)),
      tensor('zero', [], Int8Array.of(0)),
    );
    parts.push(
      node('DynamicQuantizeLinear', ['v'], ['vq', 'vs', 'vz']),
      node('MatMulInteger', ['vq', 'w', 'vz', 'zero'], ['product']),
      node('Cast', ['product'], ['cast'], [join_(block(1, 'to'), whole(3, TYPES.float), whole(20, 2))]),
      node('Mul', ['vs', 'scale'], ['both']),
      node('Mul', ['cast', 'both'], ['m']),
    );
  } else {
    initial.push(tensor('w', [dim, dim], dense));
    parts.push(node('MatMul', ['v', 'w'], ['m']));
  }
  parts.push(node('Tanh', ['m'], ['t']), node('Add', ['v', 't'], ['last_hidden_state']));
  const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
    block(11, value(name, TYPES.int64, ['batch', 'length'])),
  );
  const graph = join_(
    ...parts.map((part) => block(1, part)),
    block(2, 'tiny'),
    ...initial.map((part) => block(5, part)),
    ...inputs,
    block(12, value('last_hidden_state', TYPES.float, ['batch', 'length', dim])),
  );
  return join_(whole(1, 8), block(2, 'siftbook'), block(7, graph), block(8, join_(block(1, ''), whole(2, 17))));
}

function tokenizer(vocabulary: string[]): unknown {
  const special = (content: string, id: number) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const part = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: vocabulary.slice(0, 5).map(special),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [part('[CLS]', 0), text('A', 0), part('[SEP]', 0)],
      pair: [part('[CLS]', 0), text('A', 0), part('[SEP]', 0), text('B', 1), part('[SEP]', 1)],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((piece, id) => [piece, id])),
    },
  };
}

/** The model's files: path within its folder, and bytes. */
export function tinyModel(): { path: string; bytes: Buffer }[] {
  const vocabulary = pieces();
  const json = (content: unknown) => Buffer.from(JSON.stringify(content));
  return [
    {
      path: 'config.json',
      bytes: json({
        architectures: ['BertModel'],
        model_type: 'bert',
        hidden_size: TINY.dim,
        num_hidden_layers: 1,
        num_attention_heads: 1,
        intermediate_size: TINY.dim,
        vocab_size: vocabulary.length,
        max_position_embeddings: TINY.maxTokens,
        pad_token_id: 0,
      }),
    },
    { path: 'tokenizer.json', bytes: json(tokenizer(vocabulary)) },
    {
      path: 'tokenizer_config.json',
      bytes: json({
        tokenizer_class: 'BertTokenizer',
        do_lower_case: true,
        model_max_length: TINY.maxTokens,
        pad_token: '[PAD]',
        unk_token: '[UNK]',
        cls_token: '[CLS]',
        sep_token: '[SEP]',
        mask_token: '[MASK]',
      }),
    },
    { path: 'onnx/model.onnx', bytes: weights(vocabulary.length, false) },
    { path: 'onnx/model_quantized.onnx', bytes: weights(vocabulary.length, true) },
  ];
}

/** Writes the model to `folder`/tiny-zh-en; returns that path. */
export function writeTinyModel(folder: string): string {
  const root = join(folder, TINY.name);
  for (const { path, bytes } of tinyModel()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}
