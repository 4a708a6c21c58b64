import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY, writeTinyModel } from '../embedding/tiny-model';
import { jsonl, lines, scratch, siftbook } from './program';

const dir = scratch();
const file = (name: string, content?: string) => {
  const full = path.join(dir, name);
  if (content !== undefined) writeFileSync(full, content);
  return full;
};
const said = [
  'please tell me the way to the old station',
  'please tell me the way to the new station',
  'how do i get my money back',
  'please get my money back',
  '信用卡丢了怎么办',
  '信用卡丢了，请问怎么办？',
];
const data = file('data.jsonl', jsonl(said.map((instruction, i) => ({ instruction, output: 'x'.repeat(i + 1) }))));
const recipe = (name: string, ...steps: string[]) =>
  file(name, `siftbook: 1\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}export: [{layout: same}]\n`);

interface Line {
  fate: string;
  column: string | null;
  value: number | null;
}
const ledger = (out: string) => lines<Line>(readFileSync(path.join(out, 'ledger.jsonl'), 'utf8'));
const kept = (out: string) => ledger(out).flatMap(({ fate }, place) => (fate === 'kept' ? [place] : []));

describe('recipes that need the whole set', () => {
  it('give the same bytes whatever the number of threads', async () => {
    const many = file(
      'many.jsonl',
      jsonl(
        Array.from({ length: 9000 }, (_, i) => ({
          instruction: `${said[i % 6]} ${['now', 'again', 'today'][i % 3]} ${String.fromCharCode(97 + (i % 23), 97 + (i % 19))}`,
          output: `answer ${i}`,
          category: i % 4 ? 'a' : 'b',
        })),
      ),
    );
    const all = recipe(
      'all.yaml',
      'near: {on: [prompt, response], at: 0.9}',
      'semantic: {on: prompt, at: 0.99}',
      'cut: {column: outlier_distance, max: 0.9}',
      'cut: {column: neighbour_disagreement, max: 0.95}',
      'balance: {by: cluster, cap: 40}',
      'split: {train: 0.8, test: 0.2, group: near}',
    );
    const [one, three] = ['1', '3'].map((threads) => path.join(dir, `threads-${threads}`));
    for (const [out, threads] of [
      [one, '1'],
      [three, '3'],
    ])
      expect(await siftbook(['run', all, many, '-o', out, '--threads', threads])).toMatchObject({ status: 0, err: '' });
    for (const name of ['ledger.jsonl', 'train.jsonl', 'test.jsonl'])
      expect(readFileSync(path.join(one, name)).equals(readFileSync(path.join(three, name))), name).toBe(true);
    expect(new Set(ledger(one).map(({ column }) => column)).size).toBeGreaterThan(2);
  });

  it('show how alike a record is, and columns gives it by name', async () => {
    // 8 pairs of words each, 6 of them in both: 6 / 10; the longer record stays.
    const near = recipe('near.yaml', 'near: {on: [prompt], at: 0.6}');
    const { out } = await siftbook(['show', data, '--places', '0,2', '--recipe', near, '--json']);
    const shown = lines<{ columns: Record<string, number>; fate: string }>(out);
    expect(shown.map(({ columns, fate }) => [columns.near_similarity, fate])).toEqual([
      [0.6, 'dropped'],
      [0, 'kept'],
    ]);
    const capped = recipe('capped.yaml', 'balance: {by: cluster, cap: 1}');
    const { out: clusters } = await siftbook(['show', data, '--places', 'all', '--recipe', capped, '--json']);
    expect(lines<(typeof shown)[0]>(clusters).every(({ columns }) => columns.cluster >= 1)).toBe(true);
    const only = 'near_similarity,prompt_chars,outlier_distance,cluster,meaning:money back';
    const found = await siftbook(['columns', data, '--only', only, '-o', '-']);
    expect([found.status, found.err]).toEqual([0, '']);
    const rows = lines<Record<string, number>>(found.out);
    expect(Object.keys(rows[0])).toEqual(['key', 'place', ...only.split(',')]);
    expect(rows.map((row) => row.near_similarity)).toEqual([
      0.6,
      0,
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
      0,
    ]);
    const distances = rows.map((row) => row['meaning:money back']);
    expect(Math.max(distances[2], distances[3])).toBeLessThan(Math.min(distances[0], distances[1], distances[4]));
    const nothing = await siftbook(['columns', data, '--only', 'meaning:😀', '-o', '-']);
    expect([nothing.status, nothing.err]).toEqual([
      0,
      expect.stringContaining('nothing of “😀” stands in these texts'),
    ]);
    const plain = await siftbook(['columns', data, '-o', '-']);
    expect(Object.keys(lines<object>(plain.out)[0])).not.toContain('near_similarity');
  });
});

describe('recipes that name a model', () => {
  const models = path.join(dir, 'own');
  const semantic = () => recipe('semantic.yaml', `semantic: {on: prompt, model: ${TINY.name}, at: 0.8}`);
  const out = (name: string) => path.join(dir, name);
  beforeAll(async () => {
    writeTinyModel(dir);
    mkdirSync(models);
    renameSync(file(TINY.name), path.join(models, TINY.name));
    const embed = ['embed', data, '--model', path.join(models, TINY.name), '-o', file('v.arrow')];
    expect(await siftbook(embed)).toMatchObject({ status: 0 });
  });

  it('take vectors of a file, or make them with a model of a folder: the same records', async () => {
    const run = (to: string, ...more: string[]) =>
      siftbook(['run', semantic(), data, '-o', out(to), ...more], { cwd: dir });
    expect(await run('by-file', '--vectors', file('v.arrow'))).toMatchObject({ status: 0, err: '' });
    expect(await run('by-model', '--models', models)).toMatchObject({ status: 0, err: '' });
    expect(kept(out('by-file'))).toEqual(kept(out('by-model')));
    // Of the two that ask for money back and the two Chinese ones the longer record stays.
    expect(kept(out('by-file'))).not.toContain(4);
    expect(ledger(out('by-file'))[4].column).toBe('semantic_similarity');
  });

  it('say what to do where there are none', async () => {
    const { status, err } = await siftbook(['run', semantic(), data, '-o', out('none')], { cwd: dir });
    expect(status).toBe(1);
    expect(err).toContain(`siftbook embed ${data} --model PATH/${TINY.name} -o v.arrow`);
    expect(err).toContain('--vectors v.arrow');
    expect(err).toContain('--models DIR');
    const elsewhere = await siftbook(['run', semantic(), data, '-o', out('none'), '--models', dir], { cwd: dir });
    expect(elsewhere.err).toContain(`${dir} holds no folder ${TINY.name}.`);
  });

  it('take the folder above a model and the model’s own for the same model', async () => {
    const run = ['run', semantic(), data, '-o', out('own-folder'), '--models', path.join(models, TINY.name)];
    expect(await siftbook(run)).toMatchObject({ status: 0, err: '' });
    expect(kept(out('own-folder'))).toEqual(kept(out('by-model')));
    expect(await siftbook(['embed', data, '--model', models, '-o', file('above.arrow')])).toMatchObject({ status: 0 });
    expect(readFileSync(file('above.arrow')).equals(readFileSync(file('v.arrow')))).toBe(true);
  });

  it('refuse vectors of other texts, of other data, and of texts that are rewritten first', async () => {
    const fails = async (yaml: string, from: string, message: string) => {
      const args = ['run', yaml, from, '-o', out('refused'), '--vectors', file('v.arrow')];
      const { status, err } = await siftbook(args, { cwd: dir });
      expect([status, err]).toEqual([1, expect.stringContaining(message)]);
    };
    const response = recipe('response.yaml', `semantic: {on: response, model: ${TINY.name}, at: 0.9}`);
    await fails(response, data, `v.arrow holds vectors by ${TINY.name} of prompt`);
    const other = file('other.jsonl', jsonl([{ instruction: 'another question', output: 'y' }]));
    await fails(semantic(), other, 'has no vector of 1 of 1 records');
    const rewritten = recipe(
      'rewritten.yaml',
      'normalise: {unicode: NFKC}',
      `semantic: {on: prompt, model: ${TINY.name}, at: 0.8}`,
    );
    await fails(rewritten, data, 'of the texts as they came');
    const phrase = file(
      'phrase.yaml',
      `siftbook: 1\nembedding: {model: ${TINY.name}}\nsteps:\n  - cut: {column: "meaning:${said[4]}", max: 0.001}\nexport: [{layout: same}]\n`,
    );
    await fails(phrase, data, 'needs the model');
    const args = ['run', phrase, data, '-o', out('phrase'), '--models', models];
    expect(await siftbook(args, { cwd: dir })).toMatchObject({ status: 0 });
    expect(kept(out('phrase'))).toEqual([4]);
  });

  it('embed texts as the steps before have left them', async () => {
    const shouted = file(
      'html.jsonl',
      jsonl(
        ['<b>信用卡</b><i>丢了怎么办</i>', '信用卡丢了怎么办'].map((instruction) => ({ instruction, output: 'ok' })),
      ),
    );
    const strip = recipe(
      'strip.yaml',
      'normalise: {strip: [html]}',
      `semantic: {on: prompt, model: ${TINY.name}, at: 0.9999}`,
    );
    const args = ['run', strip, shouted, '-o', out('stripped'), '--models', models];
    expect(await siftbook(args)).toMatchObject({ status: 0 });
    expect(kept(out('stripped'))).toEqual([0]);
  });
});
