import type { Measured } from './measured';
import type { Plan } from './plan';
import { KEPT, SPLITS, type Decision, type StepCount } from './types';

/**
 * The fate of every record: steps in order, each judging the records that reach it. Pure: depends on nothing but the plan and
 * what was measured. Records in = kept + dropped at every step.
 */
export function decide(plan: Plan, measured: Measured): Decision {
  const { rows } = measured;
  const fate = new Uint16Array(rows).fill(KEPT);
  const copies = new Uint16Array(rows).fill(1);
  const split = new Uint8Array(rows).fill(255);
  const steps: StepCount[] = [];
  let alive = rows;
  let hasSplit = false;
  for (const { index, kind, judge } of plan.steps) {
    const before = alive;
    if (judge) alive -= judge.decide(measured, { index, fate, copies, split });
    if (kind === 'split') hasSplit = true;
    steps.push({ index, step: kind, in: before, kept: alive, dropped: before - alive });
  }
  let written = 0;
  const bySplit = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    written += copies[i];
    if (split[i] < SPLITS.length) bySplit[split[i]] += copies[i];
  }
  return {
    fate,
    copies,
    split,
    steps,
    kept: alive,
    written,
    splits: hasSplit ? { train: bySplit[0], validation: bySplit[1], test: bySplit[2] } : null,
  };
}
