import { describe, expect, it } from 'vitest';
import {
  cutIndex,
  emptyRecipe,
  endsOf,
  inserted,
  moved,
  paused,
  placeFor,
  removed,
  resumed,
  withCut,
  type Draft,
} from '$lib/notebook/edit';
import { followed } from '$lib/notebook/duplicates/names-other';
import { History } from '$lib/notebook/history';
import { fromHash, toHash } from '$lib/notebook/link';
import type { Step } from '$lib/recipe/types';

const cut = (column: string, min: number): Step => ({ cut: { column, min } });
const exact: Step = { exact: { on: ['prompt'] } };
const normalise: Step = { normalise: { unicode: 'NFC' } };
const draft = (...steps: Step[]): Draft => ({ recipe: { ...emptyRecipe(), steps }, paused: [] });
const names = ({ recipe }: Draft) =>
  recipe.steps.map((step) => ('cut' in step ? step.cut.column : Object.keys(step)[0]));

describe('a cut whose upper end is not kept', () => {
  const below = (column: string, range: object): Step => ({ cut: { column, ...range } });
  it('stays one when its handle is moved; similarity to another file is cut so from the first', () => {
    const moved = withCut(draft(below('alnum', { below: 0.8 })), 'alnum', { min: 0.1, max: 0.7 });
    expect(moved.recipe.steps).toEqual([below('alnum', { min: 0.1, below: 0.7 })]);
    expect(withCut(draft(), 'against_similarity', { max: 0.9 }).recipe.steps).toEqual([
      below('against_similarity', { below: 0.9 }),
    ]);
    const kept = draft(below('against_similarity', { max: 0.9 }));
    expect(withCut(kept, 'against_similarity', { max: 0.8 }).recipe.steps).toEqual([
      below('against_similarity', { max: 0.8 }),
    ]);
    expect(endsOf({ min: 1, below: 3 })).toEqual({ min: 1, max: 3 });
  });
  it('names the other file with the first step that follows from it, and not after the last', () => {
    const cutIt = draft(below('against_overlap', { below: 0.7 }));
    const named = followed(draft(), cutIt, ['bench.jsonl']);
    expect(named.against).toEqual({ files: ['bench.jsonl'] });
    expect(followed(draft(), cutIt, null).against).toBeUndefined();
    const full = { ...cutIt, recipe: named };
    expect(followed(full, { ...full, recipe: { ...named, steps: [] } }, ['bench.jsonl']).against).toBeUndefined();
    const byHand = { ...draft(), recipe: { ...emptyRecipe(), against: { files: ['a.jsonl'] } } };
    expect(followed(byHand, byHand, null).against).toEqual({ files: ['a.jsonl'] });
  });
});

describe('editing a recipe', () => {
  it('puts a new step where it belongs', () => {
    const steps = [normalise, cut('a', 1), exact];
    expect(placeFor(steps, 'redact')).toBe(1);
    expect(placeFor(steps, 'cut')).toBe(2);
    expect(placeFor(steps, 'split')).toBe(3);
    expect(placeFor([], 'cut')).toBe(0);
  });

  it('sets, changes and takes away a cut', () => {
    let now = withCut(draft(normalise, exact), 'a', { min: 3 });
    expect(names(now)).toEqual(['normalise', 'a', 'exact']);
    now = withCut(now, 'a', { min: 9, max: 2 });
    expect(now.recipe.steps[cutIndex(now.recipe.steps, 'a')]).toEqual({ cut: { column: 'a', min: 2, max: 9 } });
    expect(names(withCut(now, 'a', null))).toEqual(['normalise', 'exact']);
    expect(names(withCut(now, 'a', {}))).toEqual(['normalise', 'exact']);
    expect(withCut(now, 'b', null)).toBe(now);
  });

  it('switches steps off and on where they stood', () => {
    const whole = draft(cut('a', 1), cut('b', 1), cut('c', 1));
    const off = paused(whole, 1);
    expect(names(off)).toEqual(['a', 'c']);
    expect(off.paused).toEqual([{ before: 1, step: cut('b', 1) }]);
    expect(resumed(off, 0)).toEqual(whole);
    const both = paused(off, 1);
    expect(names(both)).toEqual(['a']);
    expect(names(resumed(resumed(both, 0), 0))).toEqual(['a', 'b', 'c']);
    expect(names(resumed(resumed(both, 1), 0))).toEqual(['a', 'b', 'c']);
  });

  it('keeps the place of what is off while others come and go', () => {
    const off = paused(draft(cut('a', 1), cut('b', 1)), 1);
    expect(inserted(off, normalise).draft.paused[0].before).toBe(2);
    expect(removed(off, 0).paused[0].before).toBe(0);
  });

  it('moves a step', () => {
    expect(names(moved(draft(cut('a', 1), cut('b', 1), cut('c', 1)), 0, 2))).toEqual(['b', 'c', 'a']);
  });
});

describe('history', () => {
  it('takes a run of edits under one key as one', () => {
    const history = new History(0);
    history.push(1, 'one', 'drag', 0);
    history.push(2, 'two', 'drag', 500);
    history.push(3, 'three', 'drag', 1000);
    history.push(4, 'four', 'drag', 5000);
    expect(history.undo()).toBe(3);
    expect(history.undo()).toBe(0);
    expect(history.undo()).toBeNull();
    expect(history.redo()).toBe(3);
    expect(history.redo()).toBe(4);
    expect(history.redo()).toBeNull();
  });

  it('forgets what was undone once something else is done', () => {
    const history = new History('a');
    history.push('b', '');
    history.undo();
    history.push('c', '');
    expect(history.redo()).toBeNull();
    expect(history.undo()).toBe('a');
  });
});

describe('the address', () => {
  it('carries a recipe there and back, Chinese included', () => {
    const recipe = { ...emptyRecipe(), steps: [{ relabel: { merge: { 退款: '售后/退款' } } } satisfies Step] };
    const hash = toHash(recipe);
    expect(hash).toMatch(/^#[\w-]+$/);
    expect(JSON.parse(fromHash(hash)!)).toEqual(recipe);
  });

  it('takes plain text, and nothing else', () => {
    expect(fromHash('#' + encodeURIComponent('siftbook: 1\nsteps: []'))).toBe('siftbook: 1\nsteps: []');
    expect(fromHash('#cell-overview')).toBeNull();
    expect(fromHash('')).toBeNull();
    expect(fromHash('#%E0%A4%A')).toBeNull();
  });
});
