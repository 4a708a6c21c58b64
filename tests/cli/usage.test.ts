import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonl, scratch, siftbook } from './program';

const dir = scratch();
const data = path.join(dir, 'data.jsonl');
writeFileSync(data, jsonl([{ instruction: 'Say yes.', output: 'Yes, of course.' }]));

describe('usage', () => {
  it('has help for the program and each command, and a version', async () => {
    const program = await siftbook(['--help']);
    expect(program.status).toBe(0);
    for (const name of ['profile', 'columns', 'show', 'init', 'run', 'duplicates', 'embed']) {
      expect(program.out).toContain(`  ${name}`);
      const { status, out, err } = await siftbook([name, '--help']);
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(new RegExp(`^usage: siftbook ${name} `));
      expect(out).toContain('Exit status: 0 done, 1 the data or the recipe is at fault, 2 wrong usage.');
    }
    expect(await siftbook(['--version'])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it.each([
    [[], 'usage: siftbook'],
    [['profil'], 'There is no command "profil"'],
    [['labels', data], 'comes later'],
    [['profile'], 'No file was named'],
    [['profile', '-', '-'], 'only once'],
    [['profile', data, '--jsn'], "Unknown option '--jsn'"],
    [['profile', data, '--max', 'exact-duplicates'], 'expected FINDING=N'],
    [['profile', data, '--only', 'turns', '--max', 'echo=0'], 'Add echo to --only'],
    [['profile', data, '--max', 'nothing=1'], 'no finding "nothing"'],
    [['profile', data, '--map', 'prompts=instruction'], 'there is no "prompts"'],
    [['profile', data, '--map', 'no-such-file.yaml'], 'no such file'],
    [['profile', data, '--threads', '0'], 'whole number from 1 to 64'],
    [['columns', data], 'Say where to with -o'],
    [['columns', data, '-o', 'out.xls'], 'the name must end in'],
    [['columns', data, '-o', '-', '--only', 'chars'], 'there is no column "chars"'],
    [['show', data], '--places'],
    [['show', data, '--places', 'first'], 'expected places'],
    [['show', data, '--places', '9-5'], 'turned round'],
    [['run'], 'No recipe'],
    [['run', 'recipe.yaml', data], 'Say where to with -o'],
    [['run', 'recipe.yaml', data, '-o', 'out', '--models', 'nowhere'], '--models nowhere: there is no such folder'],
    [['columns', data, '-o', '-', '--only', 'near_similarty'], 'near_similarity'],
  ])('siftbook %j ends with status 2', async (args, message) => {
    const { status, out, err } = await siftbook(args);
    expect(err).toContain(message);
    expect([status, out]).toEqual([2, '']);
  });

  it.each([
    [['profile', 'nowhere.jsonl'], 'nowhere.jsonl: there is no such file'],
    [['profile', '.'], '. is a folder'],
    [['profile', data, '--map', 'prompt=question'], 'names a field "question" that the data does not have'],
    [['show', data, '--places', '5'], 'no such place'],
    [['run', 'nowhere.yaml', data, '-o', path.join(dir, 'out')], 'nowhere.yaml: there is no such file'],
  ])('siftbook %j ends with status 1', async (args, message) => {
    const { status, out, err } = await siftbook(args, { cwd: dir });
    expect(err).toContain(message);
    expect([status, out]).toEqual([1, '']);
  });

  it('names file, line and byte of a file of which nothing can be read', async () => {
    const bad = path.join(dir, 'bad.json');
    writeFileSync(bad, '[{"a": 1,,}');
    const { status, err } = await siftbook(['profile', bad]);
    expect(status).toBe(1);
    expect(err).toMatch(/bad\.json, line 1 \(byte \d+\): /);
  });
});
