import { describe, expect, it } from 'vitest';
import { funnelHeld } from '$lib/notebook/spine/funnel';
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
});
