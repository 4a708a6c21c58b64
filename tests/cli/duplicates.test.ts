import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { jsonl, lines, scratch, siftbook } from './program';

const dir = scratch();
const file = (name: string, records: unknown[]) => {
  const full = path.join(dir, name);
  writeFileSync(full, jsonl(records));
  return full;
};
const record = (instruction: string, output = 'An answer of some length.') => ({ instruction, output });
const data = file('data.jsonl', [
  record('How do I reset the password of my account?'),
  record('What is the fee for a second card?'),
  record('how do I reset the password of my account'),
  record('How do I reset the password of my old account?'),
  record(''),
  record('怎样重置我的账户密码？'),
  record('请问怎样重置我的账户密码'),
]);

interface Pair {
  a: number;
  b: number;
  similarity: number;
}
async function pairs(...args: string[]): Promise<Pair[]> {
  const { status, out, err } = await siftbook(['duplicates', ...args, '--json', '--threads', '1']);
  expect([status, err]).toEqual([0, '']);
  return lines<Pair>(out);
}

describe('duplicates', () => {
  it('prints one line a pair at or above the similarity', async () => {
    // 9 words, 8 pairs of them; "old" breaks one and adds two: 7 shared of 10.
    expect(await pairs(data, '--at', '0.7')).toEqual([
      { a: 0, b: 2, similarity: 1 },
      { a: 0, b: 3, similarity: 0.7 },
      { a: 2, b: 3, similarity: 0.7 },
      { a: 5, b: 6, similarity: 0.8 },
    ]);
    expect(await pairs(data)).toHaveLength(2);
    // Words alone: 9 of 10.
    expect(await pairs(data, '--words', '1', '--at', '0.9')).toHaveLength(3);
    expect(await pairs(data, '--on', 'output', '--at', '1')).toHaveLength((7 * 6) / 2);
  });

  it('lets differences count or not, as it is told', async () => {
    const texts = file(
      'ignore.jsonl',
      ['Pay 20 yuan now', 'pay 35 yuan, now!', 'Ｐay 20 yuan now'].map((text) => record(text)),
    );
    const alike = async (ignore: string) =>
      (await pairs(texts, '--at', '1', '--ignore', ignore)).map(({ a, b }) => [a, b]);
    expect(await alike('case,width,punctuation')).toEqual([[0, 2]]);
    expect(await alike('width')).toEqual([[0, 2]]);
    expect(await alike('case, width, punctuation, numbers')).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(await alike('case,punctuation,numbers')).toEqual([[0, 1]]);
    expect(await alike('none')).toEqual([]);
    const { status, err } = await siftbook(['duplicates', texts, '--ignore', 'cases']);
    expect(status).toBe(2);
    expect(err).toContain('--ignore cases: expected none, or some of case, width, punctuation, numbers.');
  });

  it('finds what stands in another file, its place there as b', async () => {
    const test = file('test.jsonl', [record('No such thing'), record('怎样重置我的账户密码')]);
    const more = file('more.jsonl', [record('What is the fee for a second card')]);
    expect(await pairs(data, '--against', test, more)).toEqual([
      { a: 1, b: 2, similarity: 1 },
      { a: 5, b: 1, similarity: 1 },
      { a: 6, b: 1, similarity: 0.8 },
    ]);
    const { status, out } = await siftbook(['duplicates', data, '--threads', '1', '--against', test, more]);
    expect(status).toBe(0);
    expect(out).toMatch(/records also there +3 /);
    expect(out).toContain('5 and 1 there: 1.00\n    怎样重置我的账户密码？\n    怎样重置我的账户密码\n');
  });

  it('names the record of the other file whose text stands inside a longer one', async () => {
    const question = 'A train leaves at nine and travels at sixty miles an hour, how far is it at noon?';
    const tail = 'Think of it as a matter of time and of nothing else at all. '.repeat(20);
    const long = file('long.jsonl', [
      record('Tell me about trains.', tail),
      record('And now?', `${tail}${question} ${tail}`),
    ]);
    const bench = file('bench.jsonl', [
      record('Who was the first woman that flew alone over the ocean?'),
      record(question),
    ]);
    const { status, out, err } = await siftbook(['duplicates', long, '--threads', '1', '--against', bench]);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/records also there +0 /);
    expect(out).toContain('Records in which a text of theirs stands: 1 ');
    expect(out).toContain(`1 holds 100 % of 1 there\n    ${question}\n`);
  });

  it('tells pairs, groups and examples in words', async () => {
    const { status, out } = await siftbook(['duplicates', data, '--at', '0.7', '--threads', '1']);
    expect(status).toBe(0);
    expect(out).toContain('7 records (1 without text), similarity 0.7 or more');
    expect(out).toMatch(/pairs +4\n +groups +2\n +beyond one a group +3 /);
    expect(out).toContain('3 records: 0, 2, 3\n    How do I reset the password of my account?');
    expect(out).toContain('0 and 3: 0.70');
  });

  it.each([
    [['--at', '0'], '--at 0: expected a similarity'],
    [['--at', 'high'], '--at high: expected a similarity'],
    [['--words', '0'], '--words 0: expected a whole number'],
    [['--on', 'question'], 'there is no field "question". Fields: prompt, response'],
    [['--against'], "'--against <value>' argument missing"],
  ])('ends with status 2 for %j', async (args, message) => {
    const { status, out, err } = await siftbook(['duplicates', data, '--threads', '1', ...args]);
    expect(err).toContain(message);
    expect([status, out]).toEqual([2, '']);
  });

  it('finds all pairs of real data', async () => {
    const alpaca = shared('data/alpaca/alpaca_data.json');
    const waimai = shared('data/reviews-zh/waimai_10k.csv');
    if (alpaca === null || waimai === null) return;
    // Exact joins computed elsewhere: ../shared/data/README.md.
    const count = (found: Pair[], at: number) => found.filter(({ similarity }) => similarity >= at).length;
    const en = await pairs(alpaca, '--words', '1', '--at', '0.7');
    expect([0.7, 0.8, 0.9].map((at) => count(en, at))).toEqual([159, 44, 13]);
    const zh = await pairs(waimai, '--on', 'review', '--chars', '2', '--at', '0.7');
    expect([0.7, 0.8, 0.9].map((at) => count(zh, at))).toEqual([225, 135, 93]);
  });

  it('tells where texts have so much in common that pairs are left out', async () => {
    const words = Array.from({ length: 25 }, (_, i) => `word${i}`).join(' ');
    const many = file(
      'many.jsonl',
      Array.from({ length: 3000 }, (_, i) => record(`${words} number${i}`)),
    );
    const { status, out, err } = await siftbook(['duplicates', many, '--json', '--threads', '1']);
    expect(status).toBe(0);
    expect(lines(out).length).toBeLessThan((3000 * 2999) / 2);
    expect(err).toMatch(/^3,000 texts .* not every pair was compared/);
    const told = await siftbook(['duplicates', many, '--threads', '1']);
    expect(told.out).toMatch(/pairs +at least /);
  });
});
