import { describe, expect, it } from 'vitest';
import { addedBy, funnelFresh, funnelHeld } from '$lib/notebook/spine/funnel';
import { heldStep } from '$lib/notebook/spine/held';
import type { Counts } from '$lib/engine/protocol';
import type { Step } from '$lib/recipe/types';

const steps: Step[] = [
  { cut: { column: 'prompt_chars', min: 3 } },
  { cut: { column: 'response_chars', min: 10 } },
  { exact: { on: ['prompt'] } },
  { balance: { by: 'label', cap: 30 } },
];
const counts: Counts = {
  rows: 100,
  steps: [
    { index: 0, step: 'cut', in: 100, kept: 90, dropped: 10 },
    { index: 1, step: 'cut', in: 90, kept: 80, dropped: 10 },
    { index: 2, step: 'exact', in: 80, kept: 75, dropped: 5 },
    { index: 3, step: 'balance', in: 75, kept: 55, dropped: 20 },
  ],
  kept: 55,
  written: 55,
  splits: null,
  tokens: { before: 0, after: 0, estimated: false },
  effectiveClasses: null,
};

describe('the funnel while a handle is held', () => {
  const held = {
    step: 1,
    kept: 60,
    dropped: (step: number) => (step === 2 ? 4 : null),
    classes: () => ({ names: ['a', 'b', 'c'], kept: [40, 18, 2] }),
  };

  it('follows from the held step on; balancing is worked out from the classes', () => {
    const now = funnelHeld(steps, counts, held);
    expect(now.map(({ in: before, kept, dropped }) => [before, kept, dropped])).toEqual([
      [100, 90, 10],
      [90, 64, 26],
      [64, 60, 4],
      [60, 50, 10],
    ]);
  });

  it('keeps the share that a later step dropped where nothing more is known', () => {
    const now = funnelHeld(steps, counts, { ...held, classes: () => null });
    // 20 of 75 were dropped: of 60, 16.
    expect(now[3]).toMatchObject({ in: 60, kept: 44, dropped: 16 });
    expect(counts.steps[3]).toMatchObject({ in: 75, kept: 55 });
  });

  const fresh: Step = { cut: { column: 'response_words', min: 1 } };
  it('counts a cut that is not in the recipe yet where it will stand', () => {
    const classes = () => ({ names: ['a', 'b', 'c'], kept: [40, 18, 2] });
    const {
      own,
      steps: now,
      kept: left,
    } = funnelFresh(steps, counts, { step: fresh, place: 2 }, { kept: 60, classes, dropped: () => null });
    expect(left).toBe(50);
    // 75 came to the balance, 60 do now: the new cut drops 15.
    expect(own).toEqual({ index: 2, step: 'cut', in: 80, kept: 65, dropped: 15 });
    expect(now.map(({ index, in: before, kept, dropped }) => [index, before, kept, dropped])).toEqual([
      [0, 100, 90, 10],
      [1, 90, 80, 10],
      [2, 65, 60, 5],
      [3, 60, 50, 10],
    ]);
    // As the last step too it is what decides how many are kept.
    const last = funnelFresh(
      steps.slice(0, 2),
      { ...counts, steps: counts.steps.slice(0, 2) },
      { step: fresh, place: 2 },
      {
        kept: 70,
        classes,
        dropped: () => null,
      },
    );
    expect(last).toMatchObject({ own: { in: 80, kept: 70, dropped: 10 }, kept: 70 });
    expect(
      funnelFresh([], { ...counts, steps: [] }, { step: fresh, place: 0 }, { kept: 70, classes, dropped: () => null })
        .own,
    ).toMatchObject({
      in: 100,
      kept: 70,
    });
  });

  it('counts a step that compares records where it will stand', () => {
    const near: Step = { near: { on: ['prompt'], at: 0.9 } };
    // 75 come from the exact step; 60 stay and go on to the balance.
    const { own, steps: now } = funnelFresh(steps, counts, { step: near, place: 3 }, { ...held, dropped: () => null });
    expect(own).toEqual({ index: 3, step: 'near', in: 75, kept: 60, dropped: 15 });
    expect(now.map(({ step, in: before, kept }) => [step, before, kept])).toEqual([
      ['cut', 100, 90],
      ['cut', 90, 80],
      ['exact', 80, 75],
      ['balance', 60, 50],
    ]);
  });

  it('knows the step of a handle by its name, in the recipe or where it will stand', () => {
    expect(heldStep(steps, 'response_chars', { min: 20, max: 5 })).toEqual({
      step: { cut: { column: 'response_chars', min: 5, max: 20 } },
      index: 1,
      place: 1,
    });
    expect(heldStep(steps, 'turns', { max: 4 })).toEqual({
      step: { cut: { column: 'turns', max: 4 } },
      index: -1,
      place: 2,
    });
    const name = 'near:{"on":["prompt"],"at":0.8,"words":3}';
    const near: Step = { near: { on: ['prompt'], at: 0.65, words: 3 } };
    expect(heldStep(steps, name, { max: 0.65 })).toEqual({ step: near, index: -1, place: 3 });
    expect(heldStep(steps.toSpliced(1, 0, near), name, { max: 0.65 })).toMatchObject({ index: 1, place: 1 });
  });

  it('tells what over-sampling adds to the classes that come to it', () => {
    const classes = () => ({ names: ['a', 'b', 'c'], kept: [40, 18, 2] });
    const over = { balance: { by: 'label', mode: 'per-class' as const, 'per-class': 20, over: true } };
    expect(addedBy([over], classes)).toBe(2 + 18);
    expect(addedBy([{ balance: { by: 'label', cap: 30 } }], classes)).toBe(0);
    expect(addedBy([], classes)).toBe(0);
  });
});
