import { expect, it } from 'vitest';
import { shifts } from '$lib/notebook/shift';
import type { Step, StepCount } from '$lib/recipe/types';

const redact: Step = { redact: { kinds: ['email'], with: '[x]' } };
const long: Step = { cut: { column: 'response_chars', min: 10 } };
const exact: Step = { exact: { on: ['prompt'] } };
const count = (index: number, step: StepCount['step'], dropped: number): StepCount => ({
  index,
  step,
  in: 100,
  kept: 100 - dropped,
  dropped,
});

it('tells which steps behind a text step drop another number of records', () => {
  const before = { steps: [long, exact], counts: [count(0, 'cut', 7), count(1, 'exact', 3)] };
  const after = {
    steps: [redact, long, exact],
    counts: [count(0, 'redact', 0), count(1, 'cut', 9), count(2, 'exact', 3)],
  };
  expect(shifts(before, after, 0)).toEqual([{ step: long, was: 7, is: 9 }]);
  expect(shifts(before, after, 1)).toEqual([]);
});

it('is silent while counts and steps are not of one recipe', () => {
  const before = { steps: [long], counts: [count(0, 'cut', 7)] };
  expect(shifts(before, { steps: [redact, long], counts: [count(0, 'cut', 9)] }, 0)).toEqual([]);
});
