import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonl, lines, scratch, siftbook } from './program';

const dir = scratch();
const file = (name: string, content: string) => {
  const full = path.join(dir, name);
  writeFileSync(full, content);
  return full;
};
const records = [
  { instruction: 'Where can I reach you?', output: 'Write to anna.smith@example.org, 😀 please.', label: 'contact' },
  { instruction: 'What is the fee?', output: '', label: 'fee' },
  { instruction: 'What is the fee?', output: 'Ten euros a year.', label: 'contact' },
  { instruction: 'Where can I reach you?', output: 'Write to anna.smith@example.org, 😀 please.', label: 'contact' },
];
const data = file('data.jsonl', jsonl(records).replace('"label":"fee"', '"label":"fee","id":12345678901234567890'));
const recipe = file(
  'recipe.yaml',
  'siftbook: 1\nsteps:\n  - cut: {column: response_chars, min: 1}\n  - exact: {on: [prompt, response]}\n',
);

interface Shown {
  place: number;
  key: string;
  record: Record<string, unknown>;
  columns: Record<string, number | null>;
  spans: { field: 'output' | 'prompt' | 'response'; start: number; end: number; kind: string; text: string }[];
  findings: string[];
  fate?: string;
  step?: number | null;
  column?: string | null;
  value?: number | null;
  cut?: object | null;
}
async function show(...args: string[]): Promise<Shown[]> {
  const { status, out, err } = await siftbook(['show', data, '--json', ...args]);
  expect([status, err]).toEqual([0, '']);
  return lines<Shown>(out);
}

describe('show', () => {
  it('prints one line a record, with columns, spans and findings, those of the set included', async () => {
    const shown = await show('--places', 'all');
    expect(shown.map(({ place }) => place)).toEqual([0, 1, 2, 3]);
    expect(shown[0].record).toEqual(records[0]);
    const [span] = shown[0].spans.filter(({ kind }) => kind === 'email');
    expect(span).toMatchObject({ field: 'response', start: 9, text: 'anna.smith@example.org' });
    expect(records[0].output.slice(span.start, span.end)).toBe(span.text);
    expect(shown[1].columns).toMatchObject({ response_chars: 0, empty_response: 1, response_tokens: 0 });
    const sure = ['empty-response', 'exact-duplicates', 'label-conflicts', 'personal-data'];
    expect(shown.map(({ findings }) => findings.filter((id) => sure.includes(id)).sort())).toEqual([
      ['personal-data'],
      ['empty-response', 'label-conflicts'],
      ['label-conflicts'],
      ['exact-duplicates', 'personal-data'],
    ]);
    expect(shown[3].key).toBe(shown[0].key.replace(/-0$/, '-1'));
    expect(shown[0].fate).toBeUndefined();
  });

  it('keeps every digit of a record', async () => {
    const { out } = await siftbook(['show', data, '--json', '--places', '1']);
    expect(out).toContain('"id":12345678901234567890}');
  });

  it('chooses places and tells fate and why', async () => {
    const shown = await show('--places', '1-2, 3', '--recipe', recipe);
    expect(shown.map(({ place, fate, step, column, value, cut }) => [place, fate, step, column, value, cut])).toEqual([
      [1, 'dropped', 0, 'response_chars', 0, { min: 1 }],
      [2, 'kept', null, null, null, null],
      [3, 'dropped', 1, 'exact_rank', 1, { max: 0 }],
    ]);
    const { out } = await siftbook(['show', data, '--places', '1', '--recipe', recipe]);
    expect(out).toContain('user: What is the fee?');
    expect(out).toContain('fate: fate dropped, step 0, column response_chars');
  });
});

describe('init', () => {
  it('writes a recipe with reasons that runs as it stands', async () => {
    const out = path.join(dir, 'suggested.yaml');
    const made = await siftbook(['init', data, '-o', out]);
    expect([made.status, made.out]).toEqual([0, '']);
    expect(made.err).toContain(`Wrote ${out}: `);
    expect(made.err).toContain(`siftbook run ${out} ${data} -o out\n`);
    const text = readFileSync(out, 'utf8');
    expect(text).toMatch(/^# 4 records, read as alpaca/);
    expect(text).toContain('prompt: instruction');
    expect(text).toMatch(/ {2}# exact-duplicates: 1 of 4 records/);
    const done = await siftbook(['run', out, data, '-o', path.join(dir, 'cleaned')]);
    expect(done).toMatchObject({ status: 0, err: '' });
    const kept = readFileSync(path.join(dir, 'cleaned/data.jsonl'), 'utf8');
    expect(kept).toContain('[email]');
    expect((await siftbook(['init', data, '-o', '-'])).out).toBe(text);
  });

  it('does not replace a recipe.yaml unasked', async () => {
    const home = path.join(dir, 'recipe.yaml');
    const before = readFileSync(home, 'utf8');
    const { status, err } = await siftbook(['init', data], { cwd: dir });
    expect(status).toBe(1);
    expect(err).toContain('recipe.yaml is there already');
    expect(readFileSync(home, 'utf8')).toBe(before);
    expect(existsSync(path.join(dir, 'cleaned/recipe.yaml'))).toBe(true);
  });
});
