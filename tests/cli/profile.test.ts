import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Random } from '$lib/clusters/random';
import { jsonl, scratch, siftbook } from './program';

const dir = scratch();
const file = (name: string, content: string | Uint8Array) => {
  const full = path.join(dir, name);
  writeFileSync(full, content);
  return full;
};
const records = [
  { instruction: 'Name a colour of the sky.', input: '', output: 'The sky is blue on a clear day.' },
  { instruction: 'Name a colour of grass.', input: '', output: 'Grass is green for most of the year.' },
  { instruction: 'Name a colour of grass.', input: '', output: 'Grass is green for most of the year.' },
  { instruction: 'Say nothing at all, please.', input: '', output: '' },
];
const text = jsonl(records);
const plain = file('data.jsonl', text);

interface Profile {
  rows: number;
  bytes: number;
  format: string;
  encoding: string;
  files: { name: string; rows: number }[];
  fields: { name: string; type: string; empty: number; distinct: number }[];
  rejected: { file?: string; line: number; offset: number; code: string; reason: string }[];
  columns: Record<
    string,
    { count: number; missing: number; max: number; histogram: { edges: number[]; counts: number[] } }
  >;
  duplicates: { exact: { on: string[]; groups: number; extra: number } };
  findings: { id: string; count: number; message: string; cut?: object; examples?: number[] }[];
}
async function profile(args: string[], input?: string | Uint8Array): Promise<Profile> {
  const { status, out, err } = await siftbook(['profile', '--json', ...args], { input });
  expect([status, err]).toEqual([0, '']);
  return JSON.parse(out) as Profile;
}

describe('profile', () => {
  it('prints one object with all that the surface names', async () => {
    const found = await profile([plain]);
    expect(found).toMatchObject({
      rows: 4,
      bytes: Buffer.byteLength(text),
      format: 'jsonl',
      encoding: 'utf-8',
      mapping: { layout: 'alpaca', prompt: ['instruction', 'input'], response: 'output' },
      profile: { language: 'en', kind: 'chat' },
      rejected: [],
      labels: null,
      duplicates: { exact: { on: ['instruction', 'input', 'output'], groups: 1, extra: 1 } },
    });
    expect(found.fields).toEqual([
      { name: 'instruction', type: 'string', empty: 0, distinct: 3 },
      { name: 'input', type: 'string', empty: 4, distinct: 1 },
      { name: 'output', type: 'string', empty: 1, distinct: 3 },
    ]);
    expect(found.columns.response_chars).toMatchObject({ count: 4, missing: 0, min: 0, max: 36 });
    expect(found.columns.response_tokens.count).toBe(4);
    for (const { count, histogram } of Object.values(found.columns)) {
      expect(histogram.edges.length).toBe(histogram.counts.length + 1);
      expect(histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(count);
    }
    expect(found.findings.map(({ id, count }) => [id, count])).toEqual(
      expect.arrayContaining([
        ['empty-response', 1],
        ['exact-duplicates', 1],
      ]),
    );
    expect(found.findings[0].message).toBe('1 record has no response (25 %).');
  });

  it('reads standard input, gzip, and several files as one set', async () => {
    const whole = await profile([plain, '--no-tokens']);
    const piped = await profile(['-', '--no-tokens'], text);
    const packed = await profile([file('data.jsonl.gz', gzipSync(text)), '--no-tokens']);
    for (const other of [piped, packed]) {
      expect(other.columns).toEqual(whole.columns);
      expect(other.findings).toEqual(whole.findings);
    }
    const halves = [file('a.jsonl', jsonl(records.slice(0, 2))), file('b.json', JSON.stringify(records.slice(2)))];
    const both = await profile([...halves, '--no-tokens']);
    expect(both.files.map(({ rows }) => rows)).toEqual([2, 2]);
    expect(both.columns).toEqual(whole.columns);
    expect(both.findings).toEqual(whole.findings);
  });

  it('tells every record that was refused, with file, line and offset', async () => {
    const bad = file('bad.jsonl', `${text}{"instruction": "x", "output": }\n3\n`);
    const found = await profile([plain, bad, '--no-tokens']);
    expect(found.rows + found.rejected.length).toBe(10);
    expect(found.rejected).toMatchObject([
      { file: bad, line: 5, code: 'syntax', offset: expect.any(Number) as number },
      { file: bad, line: 6, code: 'shape' },
    ]);
    const { status, out } = await siftbook(['profile', bad]);
    expect(status).toBe(0);
    expect(out).toContain(`${bad}, line 5 (byte `);
  });

  it('takes a mapping on the command line or from a file, and numeric fields as columns', async () => {
    const odd = file(
      'odd.jsonl',
      jsonl([
        { frage: 'What is the capital of France?', antwort: 'Paris.', klasse: 'geo', score: 0.5 },
        { frage: 'What is the capital of Spain?', antwort: 'Madrid.', klasse: 'geo', score: 1 },
      ]),
    );
    const map = file('map.yaml', 'prompt: [frage]\nresponse: antwort\nlabel: klasse\nscores: [score]\n');
    const expected = { prompt: ['frage'], response: 'antwort', label: ['klasse'] };
    for (const given of ['prompt=frage,response=antwort,label=klasse,scores=score', map]) {
      const found = await profile([odd, '--no-tokens', '--map', given]);
      expect(found).toMatchObject({ mapping: expected, labels: { classes: [{ label: 'geo', count: 2 }], ratio: 1 } });
      expect(found.columns['field:score']).toMatchObject({ count: 2, max: 1 });
    }
  });

  it('shows a reader what matters first, and every column when asked', async () => {
    const { status, out, err } = await siftbook(['profile', plain, '--no-tokens']);
    expect([status, err]).toEqual([0, '']);
    const parts = [
      '4 records',
      'Findings, worst first',
      '1 record has no response',
      'Lengths:',
      'Other columns:',
      '--all',
    ];
    const at = parts.map((part) => out.indexOf(part));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThanOrEqual(0);
    const named = (text: string) =>
      text.split('\n').flatMap((line) => /^ {2}([a-z_0-9]+) +[\d-]/.exec(line)?.[1] ?? []);
    expect(named(out)).toEqual(expect.arrayContaining(['prompt_chars', 'response_chars', 'alnum']));
    for (const id of ['empty_response', 'pii_email', 'prompt_language', 'emoji']) expect(named(out)).not.toContain(id);
    const every = await siftbook(['profile', plain, '--no-tokens', '--all']);
    const { columns } = await profile([plain, '--no-tokens']);
    expect(named(every.out).sort()).toEqual(Object.keys(columns).sort());
  });

  it('begins with it that no prompt or response is mapped', async () => {
    const odd = file('odd.jsonl', jsonl([{ n: 1 }, { n: 2 }]));
    const { status, out } = await siftbook(['profile', odd]);
    expect(status).toBe(0);
    expect(out).not.toContain('Nothing wrong');
    expect(out).toMatch(
      /\n {2}!!! No prompt or response is mapped.*--map prompt=FIELD,response=FIELD on the command line\.\n/,
    );
    const { findings } = JSON.parse((await siftbook(['profile', odd, '--json'])).out) as Profile;
    expect(findings[0]).toMatchObject({ id: 'unmapped', count: 2 });
    expect((await siftbook(['profile', odd, '--max', 'unmapped=0'])).status).toBe(1);
  });

  it('tells a gate without its --max from a file', async () => {
    const { status, err } = await siftbook(['profile', plain, '--max', 'placeholder=0', 'empty-response=9']);
    expect([status, err]).toEqual([
      2,
      'empty-response=9: there is no such file. Each gate needs its own --max: --max empty-response=9\n',
    ]);
  });

  it('is a gate with --max', async () => {
    const pass = await siftbook(['profile', plain, '--no-tokens', '--max', 'exact-duplicates=1', '--max', 'echo=0']);
    expect(pass.status).toBe(0);
    const fail = await siftbook([
      'profile',
      plain,
      '--json',
      '--max',
      'exact-duplicates=0',
      '--max',
      'empty-response=0',
    ]);
    expect(fail.status).toBe(1);
    expect(fail.err).toBe(
      'exact-duplicates: 1 found, at most 0 allowed.\nempty-response: 1 found, at most 0 allowed.\n',
    );
    expect((JSON.parse(fail.out) as Profile).rows).toBe(4);
    const broken = file('broken.jsonl', '{"instruction": "Say a.", "output": "It is a."}\n[1]\n{"x": }\n');
    const gate = await siftbook(['profile', broken, '--no-tokens', '--max', 'rejected=1']);
    expect([gate.status, gate.err]).toEqual([1, 'rejected: 2 found, at most 1 allowed.\n']);
    expect(gate.out).toContain('Nothing wrong was found in the records that could be read.');
  });
});

describe('duplicates by meaning', () => {
  const words = (
    'harbour violin quantum garden bread invoice glacier kernel poem tractor lantern visa puzzle ocean recipe circuit ' +
    'falcon ballot cotton rocket sermon tunnel market fossil guitar ledger meadow nickel orchid pepper quarry ribbon'
  ).split(' ');
  const random = new Random(3, 5);
  /** 120 sentences of eight words; the first four are told again with their words in another order. */
  const told = Array.from({ length: 120 }, (_, i) => ({
    instruction: [...random.choose(words.length, 8)].map((word) => words[word]).join(' '),
    output: `number ${i}`,
  }));
  const turned = told.slice(0, 4).map(({ instruction }) => {
    const list = instruction.split(' ');
    return { instruction: [1, 3, 5, 7, 0, 2, 4, 6].map((at) => list[at]).join(' '), output: 'no' };
  });
  const data = file('told.jsonl', jsonl([...told, ...turned]));

  it('are found where neither equal nor nearly equal texts explain them, are a gate, and are looked for in given vectors', async () => {
    const found = (await profile([data])).findings.find(({ id }) => id === 'semantic-duplicates');
    expect(found).toMatchObject({ count: 4, cut: { semantic: { on: 'prompt' } }, examples: [120, 121, 122] });
    expect(found!.message).toMatch(/neither exact nor near duplicates/);
    const count = found!.count;
    const gate = await siftbook(['profile', data, '--max', `semantic-duplicates=${count - 1}`]);
    expect(gate).toMatchObject({
      status: 1,
      err: `semantic-duplicates: ${count} found, at most ${count - 1} allowed.\n`,
    });
    const v = path.join(dir, 'told.arrow');
    expect((await siftbook(['embed', data, '--model', 'tfidf', '-o', v])).status).toBe(0);
    const again = (await profile([data, '--vectors', v])).findings.find(({ id }) => id === 'semantic-duplicates');
    expect(again).toEqual(found);
    const wrong = await siftbook(['profile', data, '--vectors', v, '--only', 'prompt_chars']);
    expect(wrong.status).toBe(2);
  });
});
