/** What the steps behind a dragged one drop, where every step judges record by record. */
import type { DragClasses } from './drag-classes';
import { bitOf, SINGLE_BITS, type Linked } from './linked';

/** What one step drops of the records inside the handle, by the class of their value; `count` of the classes: without a value. */
export interface Drops {
  step: number;
  byClass: Int32Array;
}

/**
 * What each later cut drops of the records that the dragged one keeps. Who fails several cuts is dropped by the first of them.
 * Nothing where cuts share a bit.
 * @param steps the step of each cut of `linked`
 * @param dragged which of them is dragged
 */
export function dropsOfCuts(linked: Linked, steps: readonly number[], dragged: number, classes: DragClasses): Drops[] {
  const { mask, cuts } = linked;
  if (cuts.length > SINGLE_BITS) return [];
  const later: (Drops & { bit: number })[] = [];
  let earlier = 0;
  steps.forEach((step, cut) => {
    if (step < steps[dragged]) earlier |= bitOf(cut);
    if (step > steps[dragged]) later.push({ step, byClass: new Int32Array(classes.count + 1), bit: bitOf(cut) });
  });
  later.sort((a, b) => a.step - b.step);
  const any = later.reduce((bits, { bit }) => bits | bit, 0);
  for (let row = 0; row < mask.length; row++) {
    const bits = mask[row];
    if ((bits & any) === 0 || (bits & earlier) !== 0) continue;
    let first = 0;
    while ((bits & later[first].bit) === 0) first++;
    later[first].byClass[classes.of[row]]++;
  }
  return later.map(({ step, byClass }) => ({ step, byClass }));
}
