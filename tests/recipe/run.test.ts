import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { parseRecipe, recipeHash, run, SIFTBOOK_VERSION, type Recipe, type RunOptions } from '$lib/recipe';
import { emptyMapping } from '$lib/record/mapping';
import type { Batch } from '$lib/record/types';
import packageJson from '../../package.json' with { type: 'json' };
import { alpaca, lines, memory, options, sourceOf } from './helpers';

let opts: RunOptions;
beforeAll(async () => {
  opts = await options();
});

function recipe(text: string): Recipe {
  const { recipe, problems } = parseRecipe(text);
  expect(problems).toEqual([]);
  return recipe!;
}

const rows = [
  { instruction: 'Say hello', input: '', output: 'Hello there!', category: 'a', id: 12 },
  { instruction: 'Say hello', input: '', output: 'Hello there!', category: 'a' },
  { instruction: 'Say bye', input: 'now', output: 'Bye', category: 'b' },
  { instruction: 'Empty', input: '', output: '', category: 'b' },
];
const STEPS =
  'siftbook: 1\nseed: 1\nsteps:\n- cut: {column: response_chars, min: 1}\n- exact: {on: [prompt, response]}';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('writes data, ledger, recipe and manifest', async () => {
  const sink = memory();
  const { manifest } = await run(recipe(STEPS), sourceOf(rows), sink, { ...opts, recipeText: STEPS });
  expect(sink.state).toBe('committed');
  expect([...sink.files.keys()].sort()).toEqual(['data.jsonl', 'ledger.jsonl', 'manifest.json', 'recipe.yaml']);
  const data = sink.files.get('data.jsonl')!;
  expect(lines(data)).toEqual([rows[0], rows[2]]);
  expect(sink.files.get('recipe.yaml')).toBe(STEPS);
  expect(JSON.parse(sink.files.get('manifest.json')!)).toEqual({
    siftbook: packageJson.version,
    recipe_sha256: recipeHash(recipe(STEPS)),
    inputs: [{ name: 'in.jsonl', bytes: 1, sha256: 'ab' }],
    outputs: [{ name: 'data.jsonl', bytes: Buffer.byteLength(data), sha256: sha256(data), rows: 2 }],
    steps: [
      { index: 0, step: 'cut', in: 4, kept: 3, dropped: 1 },
      { index: 1, step: 'exact', in: 3, kept: 2, dropped: 1 },
    ],
    splits: null,
    parent: null,
    created: '1970-01-01T00:00:00.000Z',
    reason: null,
    author: null,
  });
  expect(manifest.siftbook).toBe(SIFTBOOK_VERSION);
});

it('accounts for every record in the ledger, in order', async () => {
  const sink = memory();
  await run(recipe(STEPS), sourceOf(rows), sink, opts);
  const ledger = sink.files.get('ledger.jsonl')!.trimEnd().split('\n');
  // Keys by an independent XXH64 of the canonical JSON.
  const keys = lines(sink.files.get('ledger.jsonl')!).map(({ key }) => key as string);
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{16}-0$/);
  const line = (i: number, rest: string) =>
    `{"key":"${keys[i]}","place":${i},"file":"in.jsonl","line":${i + 1},${rest},"variant_of":null}`;
  expect(ledger).toEqual([
    line(0, '"fate":"kept","step":null,"column":null,"value":null,"cut":null,"split":null,"copies":1'),
    line(1, '"fate":"dropped","step":1,"column":"exact_rank","value":1,"cut":{"max":0},"split":null,"copies":0'),
    line(2, '"fate":"kept","step":null,"column":null,"value":null,"cut":null,"split":null,"copies":1'),
    line(3, '"fate":"dropped","step":0,"column":"response_chars","value":0,"cut":{"min":1},"split":null,"copies":0'),
  ]);
});

it('numbers the occurrences of equal records', async () => {
  const sink = memory();
  await run(recipe('siftbook: 1'), sourceOf([rows[1], { ...rows[1] }, rows[0]], alpaca, 1), sink, opts);
  const keys = lines(sink.files.get('ledger.jsonl')!).map(({ key }) => (key as string).split('-'));
  expect(keys.map(([, occurrence]) => occurrence)).toEqual(['0', '1', '0']);
  expect(keys[0][0]).toBe(keys[1][0]);
  expect(keys[2][0]).not.toBe(keys[0][0]);
});

it('rewrites what it keeps: texts, personal data, labels; everything else as it came', async () => {
  const sink = memory();
  const r = recipe(`siftbook: 1
steps:
- normalise: {strip: [html], collapse: [spaces]}
- redact: {kinds: [email], with: "<{kind}>"}
- relabel: {merge: {a: x/y}}
`);
  const data = [
    { instruction: '<b>Write</b>   to ann@example.org', input: '', output: 'ok', category: 'a', n: '1  2' },
    { instruction: 'q', input: '', output: 'r', category: 'b', n: '3' },
  ];
  await run(r, sourceOf(data), sink, opts);
  expect(lines(sink.files.get('data.jsonl')!)).toEqual([
    { ...data[0], instruction: 'Write to <email>', category: 'x/y' },
    data[1],
  ]);
});

it('takes HTML out only where the column finds remains of it: code that was asked for stays', async () => {
  const sink = memory();
  const data = [
    ['Generate a valid HTML tag.', '<img src="image.jpg">', ''],
    ['Show how a loop is written.', 'for (let i = 0; i < 3; i++) {}\n<b>bold</b>', ''],
    ['Fill the page.', '<!DOCTYPE html><html><body>x</body></html>', ''],
    ['Where is my card?', '<p>On its <b>way</b>.</p>&nbsp;', 'On its way.\n '],
  ].map(([instruction, output, stripped]) => ({ instruction, input: '', output, stripped: stripped || output }));
  const r = recipe('siftbook: 1\nsteps:\n- normalise: {strip: [html]}\n');
  await run(r, sourceOf(data), sink, opts);
  const written = lines(sink.files.get('data.jsonl')!) as typeof data;
  expect(written.map(({ output }) => output)).toEqual(data.map(({ stripped }) => stripped));
});

it('writes a file a split and layout, copies included', async () => {
  const sink = memory();
  const data = Array.from({ length: 60 }, (_, i) => ({
    instruction: `q${i}`,
    input: '',
    output: `r${i}`,
    category: i < 50 ? 'a' : 'b',
  }));
  const r = recipe(`siftbook: 1
steps:
- balance: {by: label, per-class: 40, over: true}
- split: {train: 0.8, test: 0.2, stratify: label}
export:
- {layout: jsonl, dir: raw}
- {layout: messages, dir: chat/zh}
`);
  const { manifest, decision, unwritable } = await run(r, sourceOf(data, alpaca, 7), sink, opts);
  expect(decision).toMatchObject({ kept: 50, written: 80, splits: { train: 64, validation: 0, test: 16 } });
  expect(unwritable.count).toBe(0);
  expect(manifest.outputs.map(({ name, rows }) => [name, rows])).toEqual([
    ['raw/train.jsonl', 64],
    ['raw/test.jsonl', 16],
    ['chat/zh/train.jsonl', 64],
    ['chat/zh/test.jsonl', 16],
  ]);
  const train = lines(sink.files.get('raw/train.jsonl')!).map(({ instruction }) => instruction as string);
  const test = lines(sink.files.get('raw/test.jsonl')!).map(({ instruction }) => instruction as string);
  expect(train.filter((q) => test.includes(q))).toEqual([]);
  expect(new Set([...train, ...test]).size).toBe(50);
  const ledger = lines(sink.files.get('ledger.jsonl')!);
  const copies = (split: string) =>
    ledger.reduce((sum, line) => sum + (line.split === split ? (line.copies as number) : 0), 0);
  expect([copies('train'), copies('test')]).toEqual([64, 16]);
  expect(lines(sink.files.get('chat/zh/train.jsonl')!)[0].messages).toEqual([
    { role: 'user', content: train[0] },
    { role: 'assistant', content: train[0].replace('q', 'r') },
  ]);
});

it('is the same run whatever the batches and lanes, but for the time', async () => {
  const text = STEPS + '\n- balance: {by: label, cap: 1}\n- split: {train: 0.5, test: 0.5}';
  const runs = await Promise.all(
    [1, 2, 65536].map(async (size) => {
      const sink = memory();
      await run(recipe(text), sourceOf([...rows, ...rows], alpaca, size), sink, { ...opts, lanes: size });
      return [...sink.files];
    }),
  );
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
});

it('refuses to write two exports into one file', async () => {
  const sink = memory();
  const r = recipe('siftbook: 1\nexport: [{layout: same}, {layout: jsonl}]');
  await expect(run(r, sourceOf(rows), sink, opts)).rejects.toThrow('Two exports would both write data.jsonl');
  expect(sink.state).toBe('aborted');
});

it('aborts the sink when reading, measuring or writing fails, or the user says stop', async () => {
  const failing = async (change: Partial<RunOptions>, source = sourceOf(rows, alpaca, 1)) => {
    const sink = memory();
    await expect(run(recipe(STEPS), source, sink, { ...opts, ...change })).rejects.toThrow();
    expect(sink.state).toBe('aborted');
  };
  await failing({ measure: () => Promise.reject(new Error('worker died')) });
  await failing({ signal: AbortSignal.abort() });
  await failing({ writer: () => { throw new Error('no writer'); } }); // prettier-ignore
  const source = sourceOf(rows);
  await failing({}, { ...source, async *batches(): AsyncGenerator<Batch> { throw new Error('torn file'); } }); // prettier-ignore
});

it('tells of records that a layout cannot hold', async () => {
  const sink = memory();
  const mapping = { ...alpaca, response: null, prompt: ['instruction'] };
  const { unwritable, manifest } = await run(
    recipe('siftbook: 1\nexport: [{layout: sharegpt}]'),
    sourceOf(rows, mapping),
    sink,
    opts,
  );
  expect(unwritable.count + manifest.outputs[0].rows).toBe(4);
  expect(unwritable.first.every(({ reason, output }) => reason !== '' && output === 'data.jsonl')).toBe(true);
});

it('names the files that are empty because their layout can hold none of the records', async () => {
  const mapping = { ...emptyMapping('messages', 1), messages: 'messages' };
  const call = { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } };
  const talk = (text: string) => ({
    messages: [
      { role: 'user', content: text },
      { role: 'assistant', content: '', tool_calls: [call] },
    ],
  });
  const export2 = 'export: [{layout: alpaca, dir: a}, {layout: jsonl, dir: b}]';
  const of = async (text: string, data: Record<string, unknown>[]) => {
    const { unwritable } = await run(recipe(text), sourceOf(data, mapping), memory(), opts);
    return unwritable.empty;
  };
  expect(await of(`siftbook: 1\n${export2}`, [talk('a'), talk('b')])).toEqual(['a/data.jsonl']);
  const plain = { messages: [{ role: 'user', content: 'c' }, { role: 'assistant', content: 'd' }] }; // prettier-ignore
  expect(await of(`siftbook: 1\n${export2}`, [talk('a'), plain])).toEqual([]);
  // Nothing is left to write: no layout is at fault.
  expect(await of(`siftbook: 1\nsteps: [{cut: {column: turns, min: 9}}]\n${export2}`, [talk('a')])).toEqual([]);
});

it('an empty dataset is a run like any other', async () => {
  const sink = memory();
  const { manifest } = await run(recipe(STEPS), sourceOf([]), sink, opts);
  expect(sink.files.get('data.jsonl')).toBe('');
  expect(sink.files.get('ledger.jsonl')).toBe('');
  expect(manifest.steps.map(({ in: rows, kept }) => [rows, kept])).toEqual([
    [0, 0],
    [0, 0],
  ]);
});
