import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonl, lines, scratch, siftbook } from './program';

const dir = scratch();
const beside = path.join(dir, 'beside');
const here = path.join(dir, 'here');
for (const folder of [beside, here]) mkdirSync(folder);
const file = (name: string, content: string) => {
  const full = path.join(dir, name);
  writeFileSync(full, content);
  return full;
};

const said = [
  'name the capital city of france and say how large it is today',
  'how do i get my money back for a cancelled flight',
  '如何取消已经预订的酒店房间并且退还押金',
  'please tell me the way to the new station',
  'tell me something',
];
const answers = [
  'Paris',
  'Ask.',
  '请联系客服。',
  'Left.',
  'A long story. Please tell me the way to the old station. The end.',
];
const data = file('data.jsonl', jsonl(said.map((instruction, i) => ({ instruction, output: answers[i] }))));
const bench = [
  { instruction: 'Name the capital city of France, and say how large it is today!', output: '' },
  { instruction: '如何取消已经预订的酒店房间并且退还房费', output: '' },
  { instruction: 'please tell me the way to the old station', output: '' },
];
// Pairs of words: 12 of 12; triples of characters: 15 of 19; pairs: 6 of 10.
const similarity = [1, 0, 15 / 19, 0.6, 0].map(Math.fround);
// The text of the third, nine words, stands in the last answer as a whole; a near twin holds none of its run.
const overlap = [1, 0, 0, 0, 1];

const recipe = file(
  'beside/recipe.yaml',
  'siftbook: 1\nagainst: {files: [test.jsonl]}\nsteps:\n' +
    '  - cut: {column: against_similarity, below: 0.6}\n  - cut: {column: against_overlap, below: 0.7}\n' +
    'export: [{layout: same}]\n',
);
const kept = (out: string) =>
  lines<{ fate: string; place: number }>(readFileSync(path.join(out, 'ledger.jsonl'), 'utf8')).flatMap((line) =>
    line.fate === 'kept' ? [line.place] : [],
  );

describe('a recipe that compares with another file', () => {
  it('says where it looked for a file that is not there, and what to do', async () => {
    const { status, err } = await siftbook(['run', recipe, data, '-o', path.join(dir, 'none')], { cwd: here });
    expect(status).toBe(1);
    for (const word of ['recipe.yaml', 'test.jsonl', beside, here, '--against']) expect(err).toContain(word);
  });

  it('finds it in the current folder, beside the recipe first, or where it is told', async () => {
    const content = jsonl(bench);
    file('here/test.jsonl', content);
    const first = path.join(dir, 'first');
    expect(await siftbook(['run', recipe, data, '-o', first], { cwd: here })).toMatchObject({ status: 0, err: '' });
    expect(kept(first)).toEqual([1]);
    const manifest = JSON.parse(readFileSync(path.join(first, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest.against).toEqual([
      {
        name: 'test.jsonl',
        bytes: Buffer.byteLength(content),
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    ]);
    expect(Object.keys(manifest).slice(0, 4)).toEqual(['siftbook', 'recipe_sha256', 'inputs', 'against']);

    file('beside/test.jsonl', jsonl(bench.slice(0, 1)));
    const second = path.join(dir, 'second');
    expect(await siftbook(['run', recipe, data, '-o', second], { cwd: here })).toMatchObject({ status: 0 });
    expect(kept(second)).toEqual([1, 2, 3, 4]);

    const third = path.join(dir, 'third');
    const told = ['run', recipe, data, '-o', third, '--against', path.join(here, 'test.jsonl')];
    expect(await siftbook(told, { cwd: here })).toMatchObject({ status: 0, err: '' });
    expect(readFileSync(path.join(third, 'ledger.jsonl'), 'utf8')).toBe(
      readFileSync(path.join(first, 'ledger.jsonl'), 'utf8'),
    );
  });

  it('gives the columns by name, and with a record what the recipe says of it', async () => {
    const test = path.join(here, 'test.jsonl');
    file('here/test.jsonl', jsonl(bench));
    const only = ['--only', 'against_similarity,against_overlap'];
    const columns = await siftbook(['columns', data, ...only, '-o', '-', '--against', test]);
    expect(columns).toMatchObject({ status: 0, err: '' });
    const found = lines<Record<string, number>>(columns.out);
    expect(found.map((one) => Math.fround(one.against_similarity))).toEqual(similarity);
    expect(found.map((one) => one.against_overlap)).toEqual(overlap);
    const show = await siftbook(['show', data, '--places', '4', '--recipe', recipe, '--json', '--against', test]);
    const [shown] = lines<{ fate: string; column: string; columns: Record<string, number> }>(show.out);
    expect(shown).toMatchObject({ fate: 'dropped', column: 'against_overlap' });
    expect(shown.columns).toMatchObject({ against_similarity: 0, against_overlap: 1 });
  });

  it('refuses what makes no sense', async () => {
    const plain = file('plain.yaml', 'siftbook: 1\nsteps:\n  - cut: {column: turns, min: 1}\n');
    const cases: [string[], number, string][] = [
      [['columns', data, '--only', 'against_similarity', '-o', '-'], 2, '--against FILE'],
      [['run', plain, data, '-o', path.join(dir, 'no'), '--against', data], 2, 'plain.yaml'],
      [['show', data, '--places', '0', '--against', data], 2, '--recipe'],
      [
        ['columns', data, '--only', 'against_overlap', '-o', '-', '--against', file('empty.jsonl', '\n')],
        1,
        'empty.jsonl',
      ],
    ];
    for (const [args, status, said] of cases) {
      const done = await siftbook(args);
      expect([args[0], done.status]).toEqual([args[0], status]);
      expect(done.err).toContain(said);
    }
  });
});
