import { expect, it } from 'vitest';
import { keyTo } from '$lib/ui/keys';

const slider = { at: 40, step: 2, low: 0, high: 100 };
const to = (key: string, shiftKey = false, at = 40) => keyTo({ key, shiftKey }, { ...slider, at });

it('goes by a step, by ten, and to the ends, never beyond them', () => {
  expect([to('ArrowRight'), to('ArrowUp'), to('ArrowLeft'), to('ArrowDown')]).toEqual([42, 42, 38, 38]);
  expect([to('ArrowRight', true), to('PageUp'), to('PageDown')]).toEqual([60, 60, 20]);
  expect([to('Home'), to('End'), to('PageUp', false, 95), to('ArrowLeft', false, 1)]).toEqual([0, 100, 100, 0]);
});

it('leaves other keys alone', () => {
  expect([to('Enter'), to('Tab'), to('constructor')]).toEqual([null, null, null]);
});
