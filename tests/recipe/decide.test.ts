import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Collector, compile, decide, explainer, KEPT, measureBatch, measureBuffers, sparseNeeds } from '$lib/recipe';
import type { Mapping } from '$lib/record/types';
import { emptyMapping } from '$lib/record/mapping';
import { rowsToBatch } from '$lib/record/rows';
import type { Hash } from '$lib/text/hash';
import type { Decision, Need, Needs, Recipe, Step } from '$lib/recipe';
import { alpaca, options } from './helpers';

let hash: Hash;
beforeAll(async () => {
  ({ hash } = await options());
});

type Row = Record<string, unknown>;

/** Measures in batches of `size`, handed over in another order than that of the file, and decides. */
function decided(rows: Row[], steps: Step[], { size = 65536, mapping = alpaca, seed = 1 } = {}) {
  const recipe: Recipe = { siftbook: 1, seed, steps };
  const plan = compile(recipe, mapping);
  const collector = new Collector(plan);
  const batches = [];
  for (let at = 0; at < rows.length; at += size) batches.push(rowsToBatch(rows.slice(at, at + size), at));
  for (const batch of batches.sort((a, b) => ((a.first * 7) % 5) - ((b.first * 7) % 5)))
    collector.add(structuredClone(measureBatch(batch, mapping, plan, hash)));
  const measured = collector.finish();
  return { plan, measured, decision: decide(plan, measured) };
}

/** As `decided`, measuring only what the steps rewrite; the rest is known from a pass over the records as they came. */
function sparsely(rows: Row[], steps: Step[], mapping: Mapping): Decision {
  const plan = compile({ siftbook: 1, seed: 1, steps }, mapping);
  const atStart = <N extends Need>(needs: N[]) => needs.map((need) => ({ ...need, stage: 0, signature: need.base }));
  const known = {
    ...plan,
    columns: atStart(plan.columns),
    groups: atStart(plan.groups),
    classes: atStart(plan.classes),
  };
  const batches = rows.length === 0 ? [] : [rowsToBatch(rows.slice(0, 9)), rowsToBatch(rows.slice(9), 9)];
  const measure = (needs: Needs) => {
    const collector = new Collector(needs);
    for (const batch of batches.filter(({ rows }) => rows > 0)) {
      const measures = measureBatch(batch, mapping, needs, hash);
      collector.add(structuredClone(measures, { transfer: measureBuffers(measures) }));
    }
    return collector;
  };
  const measured = measure(known).finish();
  const missing = <N extends Need>(needs: N[]) => needs.filter(({ stage }) => stage > 0);
  const rest = sparseNeeds(
    { ...plan, columns: missing(plan.columns), groups: missing(plan.groups), classes: missing(plan.classes) },
    (need) => measured.has(need),
  );
  expect([...rest.columns, ...rest.groups, ...rest.classes].every(({ sparse }) => sparse)).toBe(true);
  measure(rest).into(measured);
  return decide(plan, measured);
}

const fates = ({ fate }: Decision) => [...fate].map((step) => (step === KEPT ? null : step));
const row = (instruction: string, output: string, category = 'a', more: Row = {}): Row => ({
  instruction,
  input: '',
  output,
  category,
  ...more,
});

describe('steps', () => {
  it('cut compares float32 ends included, and keeps what cannot be measured', () => {
    const rows = [0.1, 0.3, 0.30000001, 0.31, null].map((score) => ({ ...row('q', 'a'), score }));
    const { decision, plan, measured } = decided(rows, [{ cut: { column: 'field:score', min: 0.1, max: 0.3 } }]);
    expect(fates(decision)).toEqual([null, null, null, 0, null]);
    const why = explainer(plan, measured, decision)(3);
    expect(why).toEqual({ step: 0, column: 'field:score', value: Math.fround(0.31), cut: { min: 0.1, max: 0.3 } });
  });

  it('exact judges those that reach it, so one of each group stays', () => {
    const rows = [row('q', 'a', 'x', { score: 0 }), row('q', 'a'), row('q', 'a'), row('q', 'b')];
    const cut: Step = { cut: { column: 'field:score', min: 1 } };
    expect(fates(decided(rows, [cut, { exact: { on: ['prompt', 'response'] } }]).decision)).toEqual([0, null, 1, null]);
    expect(fates(decided(rows, [{ exact: { on: ['prompt'] } }, cut]).decision)).toEqual([1, 0, 0, 0]);
    expect(fates(decided(rows, [{ exact: { on: ['prompt', 'label'] } }]).decision)).toEqual([null, null, 0, 0]);
    // A cut on the rank looks at all records.
    expect(fates(decided(rows, [cut, { cut: { column: 'exact_rank', max: 0 } }]).decision)).toEqual([0, 1, 1, null]);
  });

  it('does not mistake one field for another, nor an absent one for an empty one', () => {
    const rows = [
      { a: 'x', b: 'y' },
      { a: 'xy', b: '' },
      { a: 'x:y', b: '' },
      { a: '', b: 'xy' },
      { a: 'x' },
      { a: 'x', b: '' },
      { a: 'x', b: null },
    ];
    expect(fates(decided(rows, [{ exact: { on: ['a', 'b'] } }]).decision)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      0,
    ]);
  });

  it('measures texts as they stand when the step is reached', () => {
    const rows = [row('q', 'a  b'), row('q', 'a b'), row('q', 'a\u200b b')];
    const exact: Step = { exact: { on: ['prompt', 'response'] } };
    const tidy: Step = { normalise: { strip: ['zero-width'], collapse: ['spaces'] } };
    const short: Step = { cut: { column: 'response_chars', max: 3 } };
    expect(fates(decided(rows, [exact, tidy]).decision)).toEqual([null, null, null]);
    expect(fates(decided(rows, [tidy, exact]).decision)).toEqual([null, 1, 1]);
    expect(fates(decided(rows, [short, tidy]).decision)).toEqual([0, null, 0]);
    expect(fates(decided(rows, [tidy, short]).decision)).toEqual([null, null, null]);
    const only: Step = { normalise: { ...tidy.normalise, on: ['prompt'] } };
    expect(fates(decided(rows, [only, short]).decision)).toEqual([1, null, 1]);
  });

  it('redacts before it measures', () => {
    const rows = [row('write to ann@example.org', 'ok'), row('write to bob@example.org', 'ok')];
    const redact: Step = { redact: { kinds: ['email'] } };
    expect(fates(decided(rows, [redact, { exact: { on: ['prompt'] } }]).decision)).toEqual([null, 1]);
    expect(fates(decided(rows, [redact, { cut: { column: 'pii_email', max: 0 } }]).decision)).toEqual([null, null]);
  });

  it('balance counts merged labels, by any level', () => {
    const rows = ['a/x', 'a/x', 'a/y', 'b', 'b', 'c', ''].map((category, i) => row(`q${i}`, 'r', category));
    const merge: Step = { relabel: { merge: { b: 'a/y', c: 'd' } } };
    const classes = (steps: Step[], by: string) => {
      const { plan, measured } = decided(rows, [...steps, { balance: { by } }]);
      const { codes, names } = measured.classes({
        ...plan.classes[0],
        level: /:/.test(by) ? 1 : null,
        merges: plan.merges,
      });
      return [...codes].map((code) => names[code] ?? null);
    };
    expect(classes([], 'label')).toEqual(['a/x', 'a/x', 'a/y', 'b', 'b', 'c', null]);
    expect(classes([merge], 'label')).toEqual(['a/x', 'a/x', 'a/y', 'a/y', 'a/y', 'd', null]);
    expect(classes([merge], 'label:1')).toEqual(['a', 'a', 'a', 'a', 'a', 'd', null]);
    const { decision } = decided(rows, [merge, { balance: { by: 'label:1', cap: 2 } }]);
    expect(decision.kept).toBe(2 + 1 + 1);
    expect(decision.copies[6]).toBe(1);
  });

  it('over-samples, and says why it dropped', () => {
    const rows = ['a', 'a', 'a', 'a', 'b'].map((category, i) => row(`q${i}`, 'r', category));
    const { plan, measured, decision } = decided(rows, [{ balance: { by: 'label', 'per-class': 3, over: true } }]);
    expect(decision).toMatchObject({ kept: 4, written: 6 });
    expect(decision.copies[4]).toBe(3);
    const dropped = decision.fate.indexOf(0);
    expect(explainer(plan, measured, decision)(dropped)).toEqual({
      step: 0,
      column: 'class_rank',
      value: 3,
      cut: { max: 2 },
    });
    const none = decided(rows, [{ balance: { by: 'label', counts: { a: 0 } } }]);
    expect(fates(none.decision)).toEqual([0, 0, 0, 0, null]);
    expect(explainer(none.plan, none.measured, none.decision)(0)!.cut).toEqual({ max: -1 });
  });

  it('another seed draws others, and as many', () => {
    const rows = Array.from({ length: 100 }, (_, i) => row(`q${i}`, 'r'));
    const steps: Step[] = [{ balance: { by: 'label', cap: 50 } }];
    const [one, two] = [1, 2].map((seed) => decided(rows, steps, { seed }).decision);
    expect([one.kept, two.kept]).toEqual([50, 50]);
    expect(fates(one)).not.toEqual(fates(two));
  });

  it('split keeps equal prompts, or equal fields, together; added records move none', () => {
    const rows = Array.from({ length: 400 }, (_, i) => row(`q${i % 100}`, `r${i}`, 'a', { user: i % 10 || null }));
    const straddling = (step: Step, key: (i: number) => unknown) => {
      const { split } = decided(rows, [step]).decision;
      const splits = new Map<unknown, Set<number>>();
      split.forEach((s, i) => splits.set(key(i), (splits.get(key(i)) ?? new Set()).add(s)));
      return [...splits.values()].filter((set) => set.size > 1).length;
    };
    const shares = { train: 0.5, validation: 0.25, test: 0.25 };
    expect(straddling({ split: shares }, (i) => i % 100)).toBe(0);
    expect(straddling({ split: { ...shares, stratify: 'label' } }, (i) => i % 100)).toBe(0);
    expect(straddling({ split: { ...shares, group: 'none' } }, (i) => i % 100)).toBeGreaterThan(50);
    expect(straddling({ split: { ...shares, group: 'user' } }, (i) => i % 10 || `alone ${i}`)).toBe(0);
    const before = decided(rows.slice(0, 300), [{ split: shares }]).decision;
    const after = decided(rows, [{ split: shares }]).decision;
    expect([...after.split.subarray(0, 300)]).toEqual([...before.split]);
  });

  it('stratifies exactly where groups are single', () => {
    const rows = Array.from({ length: 200 }, (_, i) => row(`q${i}`, 'r', i < 150 ? 'a' : 'b'));
    const step: Step = { split: { train: 0.8, validation: 0.1, test: 0.1, stratify: 'label' } };
    const { split, splits } = decided(rows, [step]).decision;
    expect(splits).toEqual({ train: 160, validation: 20, test: 20 });
    expect([0, 1, 2].map((s) => split.subarray(0, 150).filter((x) => x === s).length)).toEqual([120, 15, 15]);
  });

  it('balances by language', () => {
    const zh = ['今天天气很好，我们去公园散步吧。', '请介绍一下北京的历史文化和名胜古迹。'];
    const rows = [
      ...zh.map((text) => row(text, text)),
      row('What is the capital of France and why?', 'It is the city of Paris, because the kings lived there.'),
    ];
    expect(decided(rows, [{ balance: { by: 'language', cap: 1 } }]).decision.kept).toBe(2);
  });
});

describe('whatever the recipe', () => {
  const text = fc.constantFrom('', 'a', 'a  a', 'b', 'Ｂ', '<b>b</b>', 'x@example.org', '退款', 'word word word word');
  const record = fc.record(
    {
      instruction: text,
      input: text,
      output: text,
      category: fc.constantFrom('', 'a', 'b/c', 'b/d', 'e'),
      from: fc.constantFrom('web', 'app', null),
      score: fc.option(fc.float({ min: 0, max: 1, noNaN: true })),
      n: fc.nat(3),
    },
    { requiredKeys: ['instruction', 'output'] },
  );
  const part = fc.constantFrom('prompt', 'response', 'label', 'n');
  const step = fc.oneof(
    fc.record({
      cut: fc.record(
        {
          column: fc.constantFrom('response_chars', 'total_words', 'field:score', 'field:n', 'exact_rank', 'han'),
          min: fc.float({ min: 0, max: 3, noNaN: true }),
          max: fc.float({ min: 1, max: 9, noNaN: true }),
        },
        { requiredKeys: ['column'] },
      ),
    }),
    fc.record({ exact: fc.record({ on: fc.uniqueArray(part, { minLength: 1 }) }) }),
    fc.record({
      relabel: fc.record({
        merge: fc.dictionary(fc.constantFrom('a', 'b/c', 'e', 'z'), fc.constantFrom('a', 'q/r', 'b/d')),
      }),
    }),
    fc.record({
      normalise: fc.record(
        {
          strip: fc.constant(['html']),
          collapse: fc.constant(['spaces']),
          'full-width': fc.boolean(),
          on: fc.constantFrom(['response'], ['category'], ['prompt']),
        },
        { requiredKeys: ['strip'] },
      ),
    }),
    fc.record({ redact: fc.record({ kinds: fc.constant(['email']) }) }),
    fc.record({
      balance: fc.oneof(
        fc.record({ by: fc.constantFrom('label', 'label:1', 'source', 'n', 'language'), cap: fc.nat(4) }),
        fc.record({ by: fc.constant('label'), 'per-class': fc.nat(5), over: fc.boolean() }),
        fc.record({
          by: fc.constant('label'),
          temperature: fc.constantFrom(0.5, 1, 2, 10),
          total: fc.nat(20),
          over: fc.boolean(),
        }),
        fc.record({
          by: fc.constant('source'),
          mode: fc.constant('uniform' as const),
          counts: fc.constant({ web: 3 }),
          over: fc.boolean(),
        }),
      ),
    }),
    fc.record({
      split: fc.oneof(
        fc.record({
          train: fc.constant(0.5),
          validation: fc.constant(0.25),
          test: fc.constant(0.25),
          stratify: fc.constantFrom('label', 'source'),
        }),
        fc.record({ train: fc.constant(0.7), test: fc.constant(0.3), group: fc.constantFrom('none', 'exact', 'n') }),
      ),
    }),
  ) as fc.Arbitrary<Step>;

  it('every record is accounted for, and the way it was read in does not matter', () => {
    const mapping: Mapping = { ...alpaca, scores: ['score'] };
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), fc.array(step, { maxLength: 7 }), (rows, steps) => {
        const { plan, measured, decision } = decided(rows, steps, { mapping });
        const { fate, copies, split } = decision;
        expect(decision.steps.length).toBe(steps.length);
        let alive = rows.length;
        decision.steps.forEach((count, i) => {
          expect(count.in).toBe(alive);
          expect(count.in).toBe(count.kept + count.dropped);
          expect(fate.filter((s) => s === i).length).toBe(count.dropped);
          alive = count.kept;
        });
        expect(decision.kept).toBe(alive);
        expect(copies.reduce((a, b) => a + b, 0)).toBe(decision.written);
        const explain = explainer(plan, measured, decision);
        fate.forEach((s, i) => {
          expect(copies[i] > 0).toBe(s === KEPT);
          const why = explain(i);
          expect(why === null).toBe(s === KEPT);
          if (why?.cut) {
            const { min = -Infinity, max = Infinity } = why.cut;
            expect(why.value! < Math.fround(min) || why.value! > Math.fround(max)).toBe(true);
          }
        });
        if (decision.splits) {
          const { train, validation, test } = decision.splits;
          expect(train + validation + test).toBe(copies.reduce((sum, n, i) => sum + (split[i] === 255 ? 0 : n), 0));
        }
        expect(sparsely(rows, steps, mapping)).toEqual(decision);
        for (const size of [1, 7]) expect(decided(rows, steps, { mapping, size }).decision).toEqual(decision);
      }),
      { numRuns: 150 },
    );
  });
});

it('says which batch is missing, and lists buffers to transfer once', () => {
  const mapping = { ...emptyMapping(), prompt: ['a'] };
  const plan = compile({ siftbook: 1, seed: 0, steps: [{ balance: { by: 'a' } }] }, mapping);
  const measures = measureBatch(rowsToBatch([{ a: 'x' }], 5), mapping, plan, hash);
  const collector = new Collector(plan);
  collector.add(measures);
  expect(() => collector.finish()).toThrow('expected a batch from place 0, got 5');
  expect(new Set(measureBuffers(measures)).size).toBe(2);
});
