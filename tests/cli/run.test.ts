import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonl, lines, program, scratch, siftbook } from './program';

const dir = scratch();
const file = (name: string, content: string) => {
  const full = path.join(dir, name);
  writeFileSync(full, content);
  return full;
};
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const records = Array.from({ length: 200 }, (_, i) => ({
  instruction: `Question number ${i % 180}: what is ${i % 180} plus one?`,
  output: i % 10 === 3 ? '' : `The answer to that is ${(i % 180) + 1}.`,
  category: i % 3 ? 'a' : 'b',
  big: i === 7 ? 9007199254740993n.toString() : i,
}));
const text = jsonl(records).replace('"9007199254740993"', '9007199254740993');
const data = file('data.jsonl', text);
const recipe = file(
  'recipe.yaml',
  `siftbook: 1
seed: 3
steps:
  - cut: {column: response_chars, min: 1}
  - exact: {on: [prompt, response]}
  - balance: {by: label, mode: cap, cap: 70}
  - split: {train: 0.8, test: 0.2}
export:
  - {layout: same}
  - {layout: messages, dir: chat}
  - {layout: parquet, dir: tables}
`,
);

interface Line {
  key: string;
  place: number;
  file: string;
  line: number;
  fate: 'kept' | 'dropped';
  step: number | null;
  column: string | null;
  value: number | null;
  cut: object | null;
  split: string | null;
  copies: number;
}
interface Manifest {
  siftbook: string;
  inputs: { name: string; bytes: number; sha256: string }[];
  outputs: { name: string; bytes: number; sha256: string; rows: number }[];
  steps: { index: number; step: string; in: number; kept: number; dropped: number }[];
  splits: Record<string, number>;
  created: string;
}
const ledgerOf = (out: string) => lines<Line>(readFileSync(path.join(out, 'ledger.jsonl'), 'utf8'));
const manifestOf = (out: string) => JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as Manifest;

describe('run', () => {
  it('balances by how instructions are put, on one thread as on three', async () => {
    const asks = ['What is rain?', 'List three fruits.', '把这句话翻译成英文。', '什么是光合作用？', 'the red house'];
    const put = file('put.jsonl', jsonl(asks.map((instruction, i) => ({ instruction, output: `answer ${i}` }))));
    const by = file('by.yaml', 'siftbook: 1\nseed: 3\nsteps:\n  - balance: {by: sentence_type, cap: 1}\n');
    const kept = async (threads: string) => {
      const out = path.join(dir, `put-${threads}`);
      const done = await siftbook(['run', by, put, '-o', out, '--threads', threads]);
      expect([done.status, done.err]).toEqual([0, '']);
      return ledgerOf(out).map(({ fate }) => fate === 'kept');
    };
    const one = await kept('1');
    expect(one.filter(Boolean).length).toBe(3);
    expect([one[0] !== one[3], one[1] !== one[2], one[4]]).toEqual([true, true, true]);
    expect(await kept('3')).toEqual(one);
  });

  it('accounts for every record, with hashes of what it read and wrote', async () => {
    const out = path.join(dir, 'out/deep');
    expect(await siftbook(['run', recipe, data, '-o', out])).toEqual({ status: 0, signal: null, out: '', err: '' });
    const ledger = ledgerOf(out);
    expect(ledger.map(({ place }) => place)).toEqual(records.map((_, i) => i));
    expect(new Set(ledger.map(({ key }) => key)).size).toBe(200);
    expect(ledger[3]).toMatchObject({
      file: 'data.jsonl',
      line: 4,
      fate: 'dropped',
      step: 0,
      column: 'response_chars',
      value: 0,
      cut: { min: 1 },
      copies: 0,
      split: null,
    });

    const manifest = manifestOf(out);
    let left = 200;
    for (const [index, step] of manifest.steps.entries()) {
      expect(step.in).toBe(left);
      expect(step.kept + step.dropped).toBe(step.in);
      expect(ledger.filter((line) => line.step === index).length).toBe(step.dropped);
      left = step.kept;
    }
    // Every tenth response is empty; 180…199 repeat 0…19, of which 183 and 193 were dropped before.
    expect(manifest.steps.map(({ dropped }) => dropped).slice(0, 2)).toEqual([20, 18]);
    expect(ledger.filter(({ fate }) => fate === 'kept').length).toBe(left);
    expect(manifest.splits.train + manifest.splits.test).toBe(left);
    expect(manifest.inputs).toEqual([
      { name: 'data.jsonl', bytes: Buffer.byteLength(text), sha256: sha256(Buffer.from(text)) },
    ]);
    const written = [
      'train.jsonl',
      'test.jsonl',
      'chat/train.jsonl',
      'chat/test.jsonl',
      'tables/train.parquet',
      'tables/test.parquet',
    ];
    expect(manifest.outputs.map(({ name }) => name).sort()).toEqual(written.sort());
    for (const { name, bytes, sha256: hash, rows } of manifest.outputs) {
      const content = readFileSync(path.join(out, name));
      expect([content.length, sha256(content)]).toEqual([bytes, hash]);
      if (name.endsWith('.jsonl')) expect(lines(content.toString()).length).toBe(rows);
    }
    const train =
      readFileSync(path.join(out, 'train.jsonl'), 'utf8') + readFileSync(path.join(out, 'test.jsonl'), 'utf8');
    const inputLines = text.split('\n');
    for (const { place, fate } of ledger) expect(train.includes(`${inputLines[place]}\n`)).toBe(fate === 'kept');
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('gives equal files for equal runs, whatever the threads, the way in and the folder', async () => {
    const outs = ['one', 'two', 'three'].map((name) => path.join(dir, name));
    await siftbook(['run', recipe, data, '-o', outs[0], '--threads', '1']);
    await siftbook(['run', recipe, data, '-o', outs[1], '--threads', '3']);
    const piped = await siftbook(['run', recipe, '-', '-o', outs[2]], { input: text });
    expect(piped).toMatchObject({ status: 0, err: '' });
    for (const name of ['train.jsonl', 'chat/test.jsonl', 'tables/train.parquet', 'ledger.jsonl', 'recipe.yaml'])
      expect(readFileSync(path.join(outs[1], name)).equals(readFileSync(path.join(outs[0], name)))).toBe(true);
    const [a, b] = outs.map(manifestOf);
    expect({ ...b, created: '' }).toEqual({ ...a, created: '' });
    const fates = (out: string) => ledgerOf(out).map(({ key, fate, split }) => [key, fate, split]);
    expect(fates(outs[2])).toEqual(fates(outs[0]));
  });

  it('replaces what an earlier run wrote', async () => {
    const out = path.join(dir, 'again');
    mkdirSync(out);
    writeFileSync(path.join(out, 'ledger.jsonl'), 'old');
    expect((await siftbook(['run', recipe, data, '-o', out])).status).toBe(0);
    expect(ledgerOf(out).length).toBe(200);
  });

  it('removes what an earlier run wrote and this one does not, and nothing else', async () => {
    const out = path.join(dir, 'stale');
    const plain = file('one-file.yaml', 'siftbook: 1\nsteps: []\nexport: [{layout: jsonl, dir: chat}]\n');
    await siftbook(['run', recipe, data, '-o', out]);
    writeFileSync(path.join(out, 'mine.jsonl'), 'mine');
    const changed = path.join(out, 'train.jsonl');
    writeFileSync(changed, readFileSync(changed, 'utf8').replace('Question', 'question'));
    const outside = file('outside.jsonl', 'x');
    const old = manifestOf(out);
    const own = { bytes: 1, sha256: sha256(Buffer.from('x')), rows: 1 };
    symlinkSync(dir, path.join(out, 'link'));
    for (const name of ['../outside.jsonl', outside, 'link/outside.jsonl']) old.outputs.push({ ...own, name });
    writeFileSync(path.join(out, 'manifest.json'), JSON.stringify(old));

    const all = () => ['.', 'chat', 'tables'].map((folder) => readdirSync(path.join(out, folder)).sort());
    const before = all();
    const bad = file('half.json', '{"a": ');
    expect((await siftbook(['run', plain, data, bad, '-o', out])).status).toBe(1);
    expect(all()).toEqual(before);

    const { status, err } = await siftbook(['run', plain, data, '-o', out]);
    expect([status, err]).toEqual([0, `${changed} is of an earlier run and stays: it was changed since.\n`]);
    expect(readdirSync(out).sort()).toEqual(
      ['chat', 'ledger.jsonl', 'link', 'manifest.json', 'mine.jsonl', 'recipe.yaml', 'train.jsonl'].sort(),
    );
    expect(readdirSync(path.join(out, 'chat'))).toEqual(['data.jsonl']);
    expect(existsSync(outside)).toBe(true);
  });

  it('keeps a file of an earlier run that is an input of this one', async () => {
    const out = path.join(dir, 'onward');
    await siftbook(['run', recipe, data, '-o', out]);
    const input = path.join(out, 'train.jsonl');
    const bytes = readFileSync(input);
    const plain = file('onward.yaml', 'siftbook: 1\nsteps: []\n');
    const { status, err } = await siftbook(['run', plain, input, '-o', out]);
    expect([status, err]).toEqual([0, `${input} is of an earlier run and stays: it is an input of this run.\n`]);
    expect(readFileSync(input).equals(bytes)).toBe(true);
    expect(existsSync(path.join(out, 'test.jsonl'))).toBe(false);
  });

  it('never writes over an input', async () => {
    const home = path.join(dir, 'home');
    mkdirSync(home);
    const input = path.join(home, 'data.jsonl');
    writeFileSync(input, text);
    const plain = file('plain.yaml', 'siftbook: 1\nsteps: []\n');
    const { status, err } = await siftbook(['run', plain, 'data.jsonl', '-o', '.'], { cwd: home });
    expect(status).toBe(1);
    expect(err).toContain('one of the inputs');
    expect(readFileSync(input, 'utf8')).toBe(text);
    expect(readdirSync(home)).toEqual(['data.jsonl']);
  });

  it('names file, line and remedy of every problem of a recipe', async () => {
    const bad = file(
      'bad.yaml',
      'siftbook: 1\nsteps:\n  - cut: {column: response_char, min: 1}\n  - cut: {column: turns, min: 5, max: 2}\n  - exact: {on: [promt]}\n',
    );
    const { status, err } = await siftbook(['run', bad, data, '-o', path.join(dir, 'never')]);
    expect(status).toBe(1);
    expect(err).toContain(`${bad}:3:`);
    expect(err).toContain('response_chars');
    expect(err).toContain(`${bad}:4:`);
    const field = file('field.yaml', 'siftbook: 1\nsteps:\n  - exact: {on: [promt]}\n');
    const late = await siftbook(['run', field, data, '-o', path.join(dir, 'never')]);
    expect(late.status).toBe(1);
    expect(late.err).toContain(`${field}:3:`);
    expect(late.err).toContain('prompt');
    expect(existsSync(path.join(dir, 'never'))).toBe(false);
  });

  it('says which step asks for a part that no field is mapped to', async () => {
    const bare = file('bare.jsonl', jsonl(records.map(({ instruction, output }) => ({ instruction, output }))));
    const out = path.join(dir, 'bare');
    const { status, err } = await siftbook(['run', recipe, bare, '-o', out]);
    expect([status, err]).toEqual([
      0,
      `${recipe}:6:19: No field of the data is mapped as label, so this changes nothing. Name one: source: {map: {label: FIELD}}.\n`,
    ]);
    expect(manifestOf(out).steps[2].dropped).toBe(0);
  });

  it('leaves nothing behind when a file cannot be read', async () => {
    const bad = file('unreadable.json', '{"a": ');
    const out = path.join(dir, 'nothing');
    const { status, err } = await siftbook(['run', recipe, data, bad, '-o', out]);
    expect(status).toBe(1);
    expect(err).toContain('unreadable.json');
    expect(existsSync(out)).toBe(false);
  });
});

describe('a run that is stopped while it writes', () => {
  const large = path.join(dir, 'large.jsonl');
  beforeAll(async () => {
    const stream = createWriteStream(large);
    for (let i = 0; i < 150; i++)
      if (!stream.write(text.replaceAll('number', `number ${i},`).repeat(4))) await once(stream, 'drain');
    stream.end();
    await once(stream, 'close');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('by %s leaves nothing under a final name', async (signal) => {
    const out = path.join(dir, signal);
    mkdirSync(out);
    writeFileSync(path.join(out, 'ledger.jsonl'), 'old');
    const child = spawn(process.execPath, [program, 'run', recipe, large, '-o', out, '--threads', '1']);
    const closed = once(child, 'close');
    while (child.exitCode === null && readdirSync(out).length < 2) await wait(5);
    child.kill(signal);
    const [status] = (await closed) as [number | null];
    // Nothing can be put in order after SIGKILL: what was begun stays under its temporary names.
    expect(status).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: null }[signal]);
    const left = readdirSync(out).filter((name) => signal !== 'SIGKILL' || !/^\..*\.tmp$/.test(name));
    expect(left.filter((name) => !['chat', 'tables'].includes(name) || signal !== 'SIGKILL')).toEqual(['ledger.jsonl']);
    expect(readFileSync(path.join(out, 'ledger.jsonl'), 'utf8')).toBe('old');
  });
});
