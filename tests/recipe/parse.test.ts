import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMapping } from '$lib/record/mapping';
import { problemText } from '$lib/i18n/failure';
import type { Mapping } from '$lib/record/types';
import { migrate } from '$lib/recipe/migrate';
import { checkRecipe, parseRecipe, recipeHash, stepLine, stringifyRecipe, unmappedIn, type Recipe } from '$lib/recipe';

/** The problems of a recipe, as `line:column code`. */
function problems(text: string, context?: Parameters<typeof parseRecipe>[1]): string[] {
  return parseRecipe(text, context).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
}
const step = (line: string, context?: Parameters<typeof parseRecipe>[1]) =>
  problems(`siftbook: 1\nsteps:\n  - ${line}\n`, context);

const DESIGN = `siftbook: 1
seed: 7
source:   {format: alpaca, map: {prompt: [instruction, input], response: output, label: category}}
steps:
  - normalise: {unicode: NFC, strip: [control, zero-width], collapse: [spaces, newlines]}
  - redact:    {kinds: [email, phone, id-card-cn, bank-card], with: "[{kind}]"}
  - cut:       {column: response_chars, min: 10, max: 4000}
  - cut:       {column: char_repetition, max: 0.5}
  - exact:     {on: [prompt, response]}
  - relabel:   {merge: {"退款": "售后/退款"}}
  - balance:   {by: label, per-class: 800, over: true}
  - split:     {train: 0.8, validation: 0.1, test: 0.1, stratify: label}
export:  [{layout: sharegpt, dir: out}]
`;

describe('reading', () => {
  it('reads the recipe of the design, as YAML and as JSON', () => {
    const { recipe, problems } = parseRecipe(DESIGN);
    expect(problems).toEqual([]);
    expect(recipe!.steps[3]).toEqual({ cut: { column: 'char_repetition', max: 0.5 } });
    expect(recipe!.steps[5]).toEqual({ relabel: { merge: { 退款: '售后/退款' } } });
    const json = JSON.stringify(recipe, null, '\t');
    expect(parseRecipe(json)).toEqual({ recipe, problems: [] });
    expect(parseRecipe('siftbook: 1').recipe).toEqual({ siftbook: 1, seed: 0, steps: [] });
  });

  it('reads how many clusters, or how tight', () => {
    const clusters = (value: string) => parseRecipe(`siftbook: 1\nembedding: {clusters: ${value}}\n`);
    expect(clusters('12').recipe!.embedding).toEqual({ clusters: 12 });
    expect(clusters('{at: 0.8}').recipe!.embedding).toEqual({ clusters: { at: 0.8 } });
    const wrong = (value: string) =>
      clusters(value).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
    expect(wrong('{at: 1.2}')).toEqual(['2:28 too-large']);
    expect(wrong('{at: 0}')).toEqual(['2:28 not-above']);
    expect(wrong('{to: 0.8}')).toContain('2:24 unknown-key');
    expect(wrong('0')).toEqual(['2:23 too-small']);
    expect(wrong('many')).toEqual(['2:23 wrong-type']);
  });

  it('names line and column of everything that is wrong, all at once', () => {
    expect(
      problems(`siftbook: 1
sed: 3
steps:
  - cut: {colunm: response_chars, min: 10}
  - select: {by: coverage}
  - cut: {column: a, min: 10}
    exact: {on: [prompt]}
  - cut: {column: a, min: 10, max: 2}
  - split: {train: 0.5}
  - cot: {column: a}
export: [{layout: josn, dir: ../x}, {layot: csv}]`),
    ).toEqual([
      '2:1 unknown-key',
      '4:10 missing-key',
      '4:11 unknown-key',
      '5:5 later-step',
      '7:5 two-keys',
      '8:36 range-turned-round',
      '9:12 shares-sum',
      '10:5 unknown-step',
      '11:19 unknown-layout',
      '11:30 unsafe-dir',
      '11:37 missing-key',
      '11:38 unknown-key',
    ]);
  });

  it('says what was probably meant', () => {
    const [problem] = parseRecipe('siftbook: 1\nsteps:\n- cut: {column: reponse_chars, min: 1}', {
      columns: ['prompt_chars', 'response_chars'],
    }).problems;
    expect(problem).toMatchObject({ line: 3, column: 17 });
    expect(problem.message).toBe('There is no column "reponse_chars". Did you mean "response_chars"?');
    expect(parseRecipe('siftbook: 1\nsteps:\n- normalize: {unicode: NFC}').problems[0].values!.meant).toBe('normalise');
    expect(
      parseRecipe('siftbook: 1\nsteps:\n- cut: {column: x, min: 1}', { columns: ['han'] }).problems[0].message,
    ).toBe('There is no column "x".');
  });

  it('checks fields where it knows them', () => {
    const context = { columns: ['han'], fields: ['score', 'topic'] };
    expect(step('cut: {column: "field:score", min: 1}', context)).toEqual([]);
    expect(step('cut: {column: "field:scor", min: 1}', context)).toEqual(['3:19 unknown-field']);
    expect(step('exact: {on: [prompt, topic]}', context)).toEqual([]);
    expect(step('exact: {on: [prompt, topics]}', context)).toEqual(['3:26 unknown-field']);
    expect(step('balance: {by: "label:1", cap: 3}', context)).toEqual([]);
    expect(step('balance: {by: language, cap: 3}', context)).toEqual([]);
    expect(step('balance: {by: nothing, cap: 3}', context)).toEqual(['3:19 unknown-field']);
    expect(step('split: {train: 1, group: topic}', context)).toEqual([]);
    expect(step('split: {train: 1, group: topik}', context)).toEqual(['3:30 unknown-field']);
    expect(step('normalise: {unicode: NFC, on: [promt]}', context)).toEqual(['3:36 unknown-field']);
    expect(step('normalise: {unicode: NFC, on: [label]}', context)).toEqual(['3:36 unknown-field']);
    expect(step('redact: {kinds: [email], on: [topic, topic.name]}', context)).toEqual([]);
    expect(step('balance: {by: response_language, cap: 3}', context)).toEqual([]);
  });

  it('checks what is mapped', () => {
    const map = (source: string) => problems(`siftbook: 1\nsource: ${source}`, { fields: ['q', 'a', 'meta'] });
    expect(map('{format: alpaca, map: {prompt: [q], response: a, label: meta.topic}}')).toEqual([]);
    expect(map('{format: alpacca}')).toEqual(['2:18 not-allowed']);
    expect(map('{map: {promt: q}}')).toEqual(['2:16 unknown-key']);
    expect(map('{map: {prompt: [q, b], response: b}}')).toEqual(['2:28 unknown-field', '2:42 unknown-field']);
    expect(map('{map: {response: [q, a]}}')).toEqual(['2:26 one-field']);
    expect(map('{map: {response: 3}}')).toEqual(['2:26 wrong-type']);
  });

  it.each([
    ['cut: {column: han}', '3:10 no-range'],
    ['cut: {column: "meaning: ", max: 0.6}', '3:19 no-phrase'],
    ['cut: {column: han, min: "1"}', '3:29 wrong-type'],
    ['cut: {column: han, min: .nan}', '3:29 not-finite'],
    ['cut: {column: han, max: -.inf}', '3:29 not-finite'],
    ['cut: response_chars', '3:10 wrong-type'],
    ['cut:', '3:9 wrong-type'],
    ['cut', '3:5 wrong-type'],
    ['normalise: {}', '3:16 empty-object'],
    ['normalise: {strip: []}', '3:16 nothing-to-do'],
    ['normalise: {unicode: NFX}', '3:26 not-allowed'],
    ['normalise: {strip: [control, control]}', '3:34 twice'],
    ['redact: {kinds: [e-mail]}', '3:22 not-allowed'],
    ['redact: {kinds: []}', '3:21 empty-list'],
    ['exact: {on: []}', '3:17 empty-list'],
    ['relabel: {merge: {a: 1}}', '3:26 wrong-type'],
    ['balance: {by: label, mode: cap}', '3:32 missing-key'],
    ['balance: {by: label, cap: 3, per-class: 3}', '3:31 not-with-mode'],
    ['balance: {by: label, cap: 1.5}', '3:31 wrong-type'],
    ['balance: {by: label, temperature: 0}', '3:39 not-above'],
    ['balance: {by: label, cap: 3, total: 9}', '3:41 not-with-mode'],
    ['split: {train: 0.8, test: 0.1}', '3:12 shares-sum'],
    ['split: {train: 1.2, test: -0.2}', '3:20 too-large'],
  ])('%s', (line, expected) => {
    expect(step(line)[0]).toBe(expected);
  });

  it('takes 0.7 + 0.2 + 0.1 as 1, and one split at most', () => {
    expect(step('split: {train: 0.7, validation: 0.2, test: 0.1}')).toEqual([]);
    expect(problems('siftbook: 1\nsteps:\n- split: {train: 1}\n- split: {train: 1}')).toEqual(['4:3 second-split']);
  });

  it('keeps exports below the output directory and apart', () => {
    const dirs = (dir: string) => problems(`siftbook: 1\nexport: [{layout: csv, dir: ${JSON.stringify(dir)}}]`).length;
    for (const bad of [
      '..',
      '../x',
      'a/../../b',
      '/etc',
      'C:\\x',
      'c:x',
      '\\\\host',
      'a\\b',
      '~/x',
      'a\u0000b',
      'x.',
      'a?',
    ])
      expect([bad, dirs(bad)]).toEqual([bad, 1]);
    for (const good of ['out', './out', 'a/b', 'a/./b', '', '.', '数据', 'a..b', '.hidden'])
      expect([good, dirs(good)]).toEqual([good, 0]);
    const two = (a: string, b: string) => problems(`siftbook: 1\nexport: [${a}, ${b}]`);
    expect(two('{layout: jsonl, dir: a}', '{layout: messages, dir: ./a/}')).toEqual(['2:35 same-file']);
    expect(two('{layout: jsonl}', '{layout: csv}')).toEqual([]);
    expect(two('{layout: jsonl, dir: a}', '{layout: jsonl, dir: b}')).toEqual([]);
    expect(two('{layout: trl/messages}', '{layout: csv}')).toEqual(['2:19 later-layout']);
  });

  it('refuses what is no recipe, and never throws', () => {
    expect(problems('')).toEqual(['1:1 empty']);
    expect(problems('# nothing\n')).toEqual(['1:1 empty']);
    expect(problems('hello')).toEqual(['1:1 no-recipe']);
    expect(problems('[1, 2]')).toEqual(['1:1 no-recipe']);
    const first = (text: string) => parseRecipe(text).problems[0];
    expect(first('- exact: {on: [prompt]}').message).toMatch(/^A recipe is a mapping.* Found: list\.$/);
    expect(problemText('zh', first('- exact: {on: [prompt]}'))).toMatch(/这里却是列表。$/);
    const nan = first('siftbook: 1\nsteps: [{cut: {column: han, min: .nan}}]');
    expect(nan.message).toBe('Expected a number, found .nan.');
    expect(problems('siftbook: 2')).toEqual(['1:11 too-new']);
    expect(problems('siftbook: 0')).toEqual(['1:11 too-old']);
    expect(problems('siftbook: one')).toEqual(['1:11 wrong-type']);
    expect(problems('seed: 1')).toEqual(['1:1 missing-key']);
    expect(problems('siftbook: 1\nsiftbook: 1')).toEqual(['2:1 key-twice']);
    expect(problems('{"siftbook": 1, "steps": [{"cut": {"column": "a", "min": 1, "min": 2}}]}')).toEqual([
      '1:61 key-twice',
    ]);
    expect(problems('\ufeffsiftbook: 1\r\nseed: 3\r\nsteps:\r\n  - cut: {mim: 3, column: a}\r\n')[0]).toBe(
      '4:11 unknown-key',
    );
    expect(problems('['.repeat(9999)).length).toBeLessThanOrEqual(50);
    expect(problems('siftbook: 1\nsteps: [')[0]).toMatch(/^2:\d+ syntax$/);
    expect(problems('siftbook: 1\n---\nsiftbook: 1')[0]).toMatch(/syntax$/);
    expect(problems('siftbook: 1\nsteps: *nothing')).toHaveLength(1);
    const bomb =
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n';
    expect(problems(bomb).length).toBeGreaterThan(0);
    expect(checkRecipe({ siftbook: 1, steps: [{ cut: { column: 'a', min: Infinity } }] }).recipe).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseRecipe(text)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void checkRecipe(value)),
      { numRuns: 300 },
    );
  });

  it('brings older versions up step by step', () => {
    const steps = { 1: (r: object) => ({ ...r, b: 1 }), 2: (r: object) => ({ ...r, c: 2 }) };
    expect(migrate({ siftbook: 1, a: 0 }, 3, steps)).toEqual({ recipe: { siftbook: 3, a: 0, b: 1, c: 2 } });
    expect(migrate({ siftbook: 4 }, 3, steps)).toEqual({ code: 'too-new' });
    expect(migrate({ siftbook: 0 }, 3, steps)).toEqual({ code: 'too-old' });
  });
});

describe('writing', () => {
  it('writes one step a line, reasons above', () => {
    const recipe = parseRecipe(DESIGN).recipe!;
    const text = stringifyRecipe(recipe, { head: ['All of it.'], steps: [undefined, ['12 records.', 'two\nlines']] });
    expect(text).toBe(`# All of it.
siftbook: 1
seed: 7
source: {format: alpaca, map: {prompt: [instruction, input], response: output, label: category}}
steps:
  - normalise: {unicode: NFC, strip: [control, zero-width], collapse: [spaces, newlines]}
  # 12 records.
  # two lines
  - redact: {kinds: [email, phone, id-card-cn, bank-card], with: "[{kind}]"}
  - cut: {column: response_chars, min: 10, max: 4000}
  - cut: {column: char_repetition, max: 0.5}
  - exact: {on: [prompt, response]}
  - relabel: {merge: {退款: 售后/退款}}
  - balance: {by: label, per-class: 800, over: true}
  - split: {train: 0.8, validation: 0.1, test: 0.1, stratify: label}
export:
  - {layout: sharegpt, dir: out}
`);
    expect(parseRecipe(text).recipe).toEqual(recipe);
    expect(stepLine({ cut: { max: 1, column: 'han' } })).toBe('- cut: {column: han, max: 1}');
  });

  it('gives back what it wrote, whatever the names', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(
        'yes',
        'null',
        '1',
        '1e3',
        ' a',
        'a: b',
        '# x',
        '{a}',
        '退款',
        "it's",
        '"',
        '\n',
        '\t',
        '-',
        '~',
        'a,b',
        '__proto__',
      ),
    );
    const steps = fc.array(
      fc.oneof(
        fc.record({ relabel: fc.record({ merge: fc.dictionary(name, name, { minKeys: 1 }) }) }),
        fc.record({
          cut: fc.record({ column: name, min: fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((x) => x + 0) }),
        }),
        fc.record({ exact: fc.record({ on: fc.uniqueArray(name, { minLength: 1 }) }) }),
        fc.record({ redact: fc.record({ kinds: fc.constant(['email']), with: fc.string() }) }),
      ),
    );
    fc.assert(
      fc.property(steps, fc.nat(), (steps, seed) => {
        const recipe = { siftbook: 1, seed, steps } as Recipe;
        const again = parseRecipe(stringifyRecipe(recipe));
        expect(again.problems).toEqual([]);
        expect(again.recipe).toEqual(JSON.parse(JSON.stringify(recipe)));
        expect(stringifyRecipe(again.recipe!)).toBe(stringifyRecipe(recipe));
      }),
      { numRuns: 500 },
    );
  });
});

it('hashes what a recipe says, not how it is written', () => {
  const hash = (text: string) => recipeHash(parseRecipe(text).recipe!);
  const one = hash('siftbook: 1\nseed: 3\nsteps: [{cut: {column: han, min: 0.1, max: 1}}]');
  expect(hash('{"steps": [{"cut": {"max": 1.0, "min": 0.1, "column": "han"}}], "seed": 3, "siftbook": 1}')).toBe(one);
  expect(hash('siftbook: 1\nseed: 4\nsteps: [{cut: {column: han, min: 0.1, max: 1}}]')).not.toBe(one);
  // sha256sum of {"seed":3,"siftbook":1,"steps":[{"cut":{"column":"han","max":1,"min":0.1}}]}
  expect(one).toBe('6ebcb82184f39c0ce267a5422f03f4d641ec46833af84fcf2901f5f249314cc7');
});

describe('a part that no field is mapped to', () => {
  const mapping = { ...emptyMapping('prompt-completion', 1), prompt: ['question'], response: 'answer' };
  const said = (text: string, given: Mapping = mapping) =>
    unmappedIn(text, parseRecipe(text).recipe!, given).map(
      ({ line, column, code, values }) => `${line}:${column} ${code} ${values!.role}`,
    );
  const text = `siftbook: 1
steps:
  - exact: {on: [label]}
  - exact: {on: [prompt, label]}
  - balance: {by: "label:1", mode: cap, cap: 3}
  - balance: {by: language, mode: cap, cap: 3}
  - balance: {by: question, mode: cap, cap: 3}
  - split: {train: 0.8, test: 0.2, stratify: label, group: source}
`;

  it('is named with the step that asks for it', () => {
    expect(said(text)).toEqual([
      '3:18 all-equal label',
      '5:19 unmapped label',
      '8:46 unmapped label',
      '8:60 unmapped source',
    ]);
  });

  it('is not missed where it is mapped', () => {
    expect(said(text, { ...mapping, label: ['kind'], source: 'from' })).toEqual([]);
    const chat = { ...mapping, prompt: [], response: null, messages: 'messages' };
    expect(said('siftbook: 1\nsteps: [{exact: {on: [prompt]}}, {exact: {on: [response]}}]', chat)).toEqual([]);
  });
});
