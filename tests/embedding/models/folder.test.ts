import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderModel, type ModelFile } from '$lib/embedding/models';
import { failureText } from '$lib/i18n/failure';
import { shared } from '../../shared';
import { TINY, tinyModel } from '../tiny-model';

const files = (contents: Record<string, unknown>): ModelFile[] =>
  Object.entries(contents).map(([path, content]) => {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    return { path, size: body.length, text: async () => body };
  });
const vocab = (pieces: string[]) => ({ model: { vocab: Object.fromEntries(pieces.map((piece, i) => [piece, i])) } });
const english = vocab(['[PAD]', 'the', '##ing', 'of', 'card', 'bank']);
const least = {
  'config.json': { hidden_size: 8, max_position_embeddings: 512, model_type: 'bert' },
  'tokenizer.json': english,
  'onnx/model.onnx': 'weights',
};
const onDisk = (root: string): ModelFile[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => ({
      path: path.replaceAll('\\', '/'),
      size: statSync(join(root, path)).size,
      text: async () => readFileSync(join(root, path), 'utf8'),
    }));
const refused = (given: ModelFile[], name = 'x') =>
  folderModel(given, name).then(
    () => 'taken',
    (error: Error) => failureText('zh', error) + '|' + error.message,
  );

describe('a folder of a model', () => {
  it('is taken as usual where it says nothing, and tells so', async () => {
    const { spec, assumed, root } = await folderModel(files(least), 'some-model');
    expect(spec).toEqual({
      id: 'some-model',
      languages: ['en'],
      dim: 8,
      pooling: 'mean',
      normalise: true,
      prefix: '',
      maxTokens: 512,
      dtypes: { fp32: 7 + JSON.stringify(english).length },
      licence: '',
      fingerprint: 'fp32:7',
    });
    expect(assumed).toEqual(['languages', 'pooling', 'normalise', 'prefix']);
    expect(root).toBe('');
  });
  it('is taken by what sentence-transformers wrote into it', async () => {
    const { spec, assumed } = await folderModel(
      files({
        ...least,
        'modules.json': [
          { type: 'sentence_transformers.models.Transformer', path: '' },
          { type: 'sentence_transformers.models.Pooling', path: '1_Pooling' },
        ],
        '1_Pooling/config.json': { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
        'sentence_bert_config.json': { max_seq_length: 100 },
        'config_sentence_transformers.json': { prompts: { sts: 'same: ' }, default_prompt_name: 'sts' },
        'onnx/model_quantized.onnx': 'w',
        'onnx/model_fp16.onnx': 'ww',
      }),
      'my-zh-en',
    );
    expect(spec).toMatchObject({ pooling: 'cls', normalise: false, prefix: 'same: ', maxTokens: 100 });
    expect(spec.languages).toEqual(['zh', 'en']);
    expect(Object.keys(spec.dtypes).sort()).toEqual(['fp16', 'fp32', 'q8']);
    expect(assumed).toEqual([]);
  });
  it('is found however deep it was dropped, its pooling’s config.json not mistaken for its own', async () => {
    const deep = files({
      'a/b/config.json': least['config.json'],
      'a/b/tokenizer.json': english,
      'a/b/onnx/model.onnx': 'w',
    });
    const pooling = files({ '1_Pooling/config.json': { pooling_mode_cls_token: true } });
    expect((await folderModel([...pooling, ...deep], 'b')).root).toBe('a/b/');
  });
  it('leaves RoBERTa’s two reserved positions out', async () => {
    const config = { hidden_size: 8, max_position_embeddings: 514, model_type: 'xlm-roberta' };
    expect((await folderModel(files({ ...least, 'config.json': config }), 'm')).spec.maxTokens).toBe(512);
  });
  it('knows a family by its name', async () => {
    const of = async (name: string) => (await folderModel(files(least), name)).spec;
    expect(await of('e5-base-v2')).toMatchObject({ prefix: 'query: ', pooling: 'mean' });
    expect(await of('bge-m3-like')).toMatchObject({ prefix: '', pooling: 'cls' });
    expect(await of('Multilingual-E5-small')).toMatchObject({ languages: ['multilingual'], licence: 'MIT' });
    expect(await of('some-e50')).toMatchObject({ prefix: '' });
  });
  it('shows its languages by its vocabulary', async () => {
    const han = ['的', '一', '是', '在', '不', '##了', '有', '和'];
    const of = async (pieces: string[]) =>
      (await folderModel(files({ ...least, 'tokenizer.json': vocab(pieces) }), 'm')).spec.languages;
    expect(await of([...han, ...Array.from({ length: 20 }, (_, i) => `[unused${i}]`)])).toEqual(['zh']);
    expect(await of([...han, 'the', 'card', 'of', 'bank'])).toEqual(['zh', 'en']);
    expect(await of([...han, 'the', 'of', 'деньги', 'банк', 'карта'])).toEqual(['multilingual']);
    const unigram = { model: { vocab: [...han, '▁the', '▁card', '▁bank'].map((piece) => [piece, -1]) } };
    expect((await folderModel(files({ ...least, 'tokenizer.json': unigram }), 'm')).spec.languages).toEqual([
      'zh',
      'en',
    ]);
  });
  it('is refused with what is missing, in both languages', async () => {
    const without = (name: string) =>
      files(Object.fromEntries(Object.entries(least).filter(([path]) => path !== name)));
    expect(await refused(without('config.json'))).toMatch(/没有 config.json.*\|x holds no config.json/);
    expect(await refused(without('tokenizer.json'))).toMatch(/没有 tokenizer.json.*\|x holds no tokenizer.json/);
    expect(await refused(without('onnx/model.onnx'))).toMatch(/Xenova.*\|x holds no onnx/);
    expect(await refused(files({ ...least, 'config.json': '{' }))).toMatch(/不是有效的 JSON/);
    expect(await refused(files({ ...least, 'config.json': {} }))).toMatch(/hidden_size/);
    expect(await refused(files({ ...least, '1_Pooling/config.json': { pooling_mode_lasttoken: true } }))).toMatch(
      /lasttoken/,
    );
  });
  it('of the tests themselves is Chinese and English', async () => {
    const own = tinyModel().map(({ path, bytes }) => ({
      path,
      size: bytes.length,
      text: async () => bytes.toString(),
    }));
    const { spec } = await folderModel(own, TINY.name);
    expect(spec).toMatchObject({ dim: TINY.dim, maxTokens: TINY.maxTokens, languages: ['zh', 'en'] });
    expect((await folderModel(own, 'unnamed')).spec.languages).toEqual(['zh', 'en']);
  });
});

describe('the real models', () => {
  const minilm = shared('models/all-MiniLM-L6-v2');
  it.skipIf(!minilm)('all-MiniLM-L6-v2', async () => {
    const { spec, assumed } = await folderModel(onDisk(minilm!), 'all-MiniLM-L6-v2');
    expect(spec).toMatchObject({
      dim: 384,
      pooling: 'mean',
      normalise: true,
      prefix: '',
      maxTokens: 256,
      languages: ['en'],
    });
    expect(spec.dtypes).toEqual({ fp32: 90274326 + 466247, q8: 23290202 + 466247 });
    expect(assumed).toEqual([]);
    expect((await folderModel(onDisk(minilm!), 'renamed')).spec.languages).toEqual(['en']);
  });
  const e5 = shared('models/multilingual-e5-small-zh-en');
  it.skipIf(!e5)('multilingual-e5-small-zh-en', async () => {
    const { spec } = await folderModel(onDisk(e5!), 'multilingual-e5-small-zh-en');
    expect(spec).toMatchObject({ dim: 384, pooling: 'mean', normalise: true, prefix: 'query: ', maxTokens: 512 });
    expect(spec.languages).toEqual(['zh', 'en']);
    expect(Object.keys(spec.dtypes)).toEqual(['q8']);
    expect((await folderModel(onDisk(e5!), 'renamed')).spec.languages).toContain('zh');
  });

  it('is named by its own folder, wherever that lies; of several none is chosen', async () => {
    const within = (...folders: string[]) =>
      files(
        Object.fromEntries(folders.flatMap((at) => Object.entries(least).map(([path, body]) => [at + path, body]))),
      );
    const { spec, root } = await folderModel(within('multilingual-e5-small/'), 'downloads');
    expect([spec.id, spec.prefix, root]).toEqual(['multilingual-e5-small', 'query: ', 'multilingual-e5-small/']);
    expect(await refused(within('b/', 'a/'), 'downloads')).toMatch(/多个模型：a, b.*\|.*several models: a, b\. /);
  });
});
