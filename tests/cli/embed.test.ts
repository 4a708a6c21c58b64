import { cpSync, existsSync, mkdirSync, readFileSync, rmdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { PartialVectors } from '../../cli/partial';
import { fitLsa, LSA_DEFAULTS, project } from '$lib/embedding/lsa';
import { termRows } from '$lib/embedding/features';
import { readVectors } from '$lib/embedding/vectors-arrow';
import { hex64, loadHash } from '$lib/text/hash';
import { loadSegmenter } from '$lib/text/segment';
import { TINY, writeTinyModel } from '../embedding/tiny-model';
import { jsonl, lines, scratch, siftbook } from './program';

const dir = scratch();
const file = (name: string) => path.join(dir, name);
const prompts = [
  'How do I get my money back?',
  '信用卡丢了怎么办',
  'Please get my money back',
  '',
  '信用卡丢了，请问怎么办？',
  'How do I get my money back?',
];
const data = file('data.jsonl');
writeFileSync(data, jsonl(prompts.map((instruction, i) => ({ instruction, output: `Answer ${i} 好` }))));
writeTinyModel(dir);
const model = file(TINY.name);

const rowsOf = (name: string) => {
  const { vectors, keys, metadata } = readVectors(readFileSync(file(name)));
  const row = (at: number) => vectors.values.subarray(at * vectors.dim, (at + 1) * vectors.dim);
  const cosine = (a: number, b: number) => row(a).reduce((sum, value, j) => sum + value * row(b)[j], 0);
  return { ...vectors, keys, metadata, row, cosine };
};

describe('embed with the built-in vectors', () => {
  it('writes what the library makes, by the records’ keys', async () => {
    expect(await siftbook(['embed', data, '--model', 'tfidf', '-o', file('t.arrow')])).toMatchObject({
      status: 0,
      out: '',
      err: '',
    });
    const { out } = await siftbook(['columns', data, '--only', 'prompt_chars', '-o', '-']);
    const found = rowsOf('t.arrow');
    expect(found.keys).toEqual(lines<{ key: string }>(out).map(({ key }) => key));
    await loadSegmenter();
    const rows = termRows(prompts.map((text) => text || null));
    const keys = BigUint64Array.from(found.keys!, (key) => BigInt(`0x${key.slice(0, 16)}`));
    expect([...found.values]).toEqual([...project(fitLsa(rows, keys, LSA_DEFAULTS), rows).values]);
    expect([...found.row(3)]).toEqual(new Array(128).fill(0));
    expect([...found.row(5)]).toEqual([...found.row(0)]);
    expect(found.cosine(1, 4)).toBeGreaterThan(found.cosine(1, 0) + 0.3);
    expect(Object.fromEntries(found.metadata)).toEqual({
      model: 'tfidf',
      dim: '128',
      on: '["prompt"]',
      prefix: '',
      seed: '7',
    });
  });

  it('takes other fields, another length and seed; the same twice', async () => {
    const args = ['embed', data, '--model', 'tfidf', '--on', 'output', '--dim', '32', '--seed', '9', '-o'];
    await siftbook([...args, file('a.arrow')]);
    await siftbook([...args, file('b.arrow')]);
    expect(readFileSync(file('b.arrow')).equals(readFileSync(file('a.arrow')))).toBe(true);
    const found = rowsOf('a.arrow');
    expect([found.rows, found.dim, found.metadata.get('on')]).toEqual([6, 32, '["output"]']);
    expect(Math.hypot(...found.row(3))).toBeCloseTo(1, 6);
  });
});

describe('embed with a model', () => {
  const embed = (name: string, ...more: string[]) =>
    siftbook(['embed', data, '--model', model, '--dtype', 'fp32', '-o', file(name), ...more]);
  let hash: Awaited<ReturnType<typeof loadHash>>;
  beforeAll(async () => void (hash = await loadHash()));

  it('writes unit vectors, near where words are shared, equal for equal texts, zeros without one', async () => {
    expect(await embed('m.arrow')).toMatchObject({ status: 0, out: '', err: '' });
    const found = rowsOf('m.arrow');
    expect([found.rows, found.dim, found.metadata.get('model'), found.metadata.get('dtype')]).toEqual([
      6,
      TINY.dim,
      TINY.name,
      'fp32',
    ]);
    for (const at of [0, 1, 2, 4, 5]) expect(Math.hypot(...found.row(at))).toBeCloseTo(1, 5);
    expect([...found.row(3)]).toEqual(new Array(TINY.dim).fill(0));
    expect([...found.row(5)]).toEqual([...found.row(0)]);
    expect(found.cosine(0, 2)).toBeGreaterThan(found.cosine(0, 1));
    expect(found.cosine(1, 4)).toBeGreaterThan(found.cosine(1, 2));
    expect(existsSync(file('m.arrow.partial'))).toBe(false);
    const table = tableFromIPC(readFileSync(file('m.arrow')));
    expect(String(table.schema.fields[1].type)).toBe(`FixedSizeList[${TINY.dim}]<Float32>`);
  });

  it('goes on where a stopped run was: what is kept is not computed again', async () => {
    await embed('whole.arrow');
    // A run whose output cannot get its name ends when all vectors are kept.
    mkdirSync(file('r.arrow'));
    expect((await embed('r.arrow')).status).toBe(1);
    rmdirSync(file('r.arrow'));
    const [line] = readFileSync(file('r.arrow.partial')).toString('latin1').split('\n', 1);
    const { dim, ...head } = JSON.parse(line) as { dim: number };
    expect(dim).toBe(TINY.dim);
    const mark = new Float32Array(TINY.dim).fill(0);
    mark[2] = 1;
    let before = 0;
    const kept = PartialVectors.open(file('r.arrow.partial'), head, dim, () => before++);
    expect(before).toBe(4);
    const key = (text: string) => hex64(hash.hash64Text(text)) + hex64(hash.hash64Text(text, 1n));
    kept.add([key(prompts[1]), key('of no record any more')], Float32Array.of(...mark, ...mark));
    kept.close();
    expect(await embed('r.arrow')).toMatchObject({ status: 0, err: '' });
    const [whole, found] = [rowsOf('whole.arrow'), rowsOf('r.arrow')];
    expect([...found.row(1)]).toEqual([...mark]);
    for (const at of [0, 2, 3, 4, 5])
      found.row(at).forEach((value, j) => expect(value).toBeCloseTo(whole.row(at)[j], 5));
    expect(existsSync(file('r.arrow.partial'))).toBe(false);
  });

  it('says first that a model does not know the data’s language', async () => {
    const chinese = file('zh.jsonl');
    writeFileSync(
      chinese,
      jsonl(prompts.map(() => ({ instruction: '信用卡丢了，请问怎么办？', output: '请打电话挂失。' }))),
    );
    cpSync(model, file('tiny-en'), { recursive: true });
    const { status, err } = await siftbook(['embed', chinese, '--model', file('tiny-en'), '-o', file('zh.arrow')]);
    expect(status).toBe(0);
    expect(err).toContain('Warning: tiny-en knows English only, and the data is Chinese');
    expect(err).toContain('Xenova/bge-small-zh-v1.5');
  });
});

describe('kept vectors', () => {
  const open = (made: object, taken: Map<string, number[]>) =>
    PartialVectors.open(file('kept'), made, 2, (key, vector) => taken.set(key, [...vector]));
  const [one, two] = ['1'.repeat(32), 'f'.repeat(32)];

  it('come back without what was cut off, and not for another model', () => {
    const first = open({ model: 'a' }, new Map());
    first.add([one], Float32Array.of(1, 2));
    first.add([two, one], Float32Array.of(3, 4, 5, 6));
    first.close();
    const all = new Map<string, number[]>();
    open({ model: 'a' }, all).close();
    expect(Object.fromEntries(all)).toEqual({ [one]: [5, 6], [two]: [3, 4] });
    truncateSync(file('kept'), readFileSync(file('kept')).length - 3);
    const cut = new Map<string, number[]>();
    const again = open({ model: 'a' }, cut);
    expect(Object.fromEntries(cut)).toEqual({ [one]: [1, 2], [two]: [3, 4] });
    again.add([one], Float32Array.of(7, 8));
    again.close();
    const more = new Map<string, number[]>();
    open({ model: 'a' }, more).close();
    expect(more.get(one)).toEqual([7, 8]);
    const none = new Map<string, number[]>();
    open({ model: 'b' }, none).remove();
    expect([none.size, existsSync(file('kept'))]).toEqual([0, false]);
  });
});

describe('wrong use of embed', () => {
  const cases: [string[], number, string][] = [
    [['--model', 'tfidf'], 2, '-o OUT.arrow'],
    [['-o', 'x.arrow'], 2, '--model'],
    [['--model', 'tfidf', '-o', 'x.csv'], 2, '.arrow'],
    [['--model', 'tfidf', '-o', 'x.arrow', '--dim', '7'], 2, 'even number'],
    [['--model', 'tfidf', '-o', 'x.arrow', '--dtype', 'q8'], 2, 'built in'],
    [['--model', 'tfidf', '-o', 'x.arrow', '--on', 'nothing'], 2, 'no field "nothing"'],
    [['--model', 'no-such', '-o', 'x.arrow'], 2, 'no such folder'],
    [['--model', model, '-o', 'x.arrow', '--dtype', 'fp16'], 2, 'onnx/model_fp16.onnx'],
    [['--model', 'Xenova/bge-small-zh-v1.5', '-o', 'x.arrow'], 2, '--download'],
  ];
  it.each(cases)('%j', async (args, status, said) => {
    const done = await siftbook(['embed', data, ...args], { cwd: dir });
    expect([done.status, done.out]).toEqual([status, '']);
    expect(done.err).toContain(said);
    expect(existsSync(file('x.arrow'))).toBe(false);
  });

  it('a folder without a model', async () => {
    const { status, err } = await siftbook(['embed', data, '--model', path.join(model, 'onnx'), '-o', file('x.arrow')]);
    expect([status, err]).toEqual([1, expect.stringContaining('config.json')]);
  });
});
