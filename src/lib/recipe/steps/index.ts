import type { Step, StepKind } from '../types';
import { balance } from './balance';
import { cut } from './cut';
import type { StepDefinition } from './definition';
import { exact } from './exact';
import { near } from './near';
import { normalise } from './normalise';
import { redact } from './redact';
import { relabel } from './relabel';
import { semantic } from './semantic';
import { split } from './split';

/** The body of each kind of step. */
export type StepBodies = { [K in StepKind]: Extract<Step, Record<K, unknown>>[K] };

/** Every kind of step, in the order in which a recipe usually has them. */
export const definitions: { readonly [K in StepKind]: StepDefinition<StepBodies[K]> } = {
  normalise,
  redact,
  cut,
  exact,
  near,
  semantic,
  relabel,
  balance,
  split,
};

export const STEP_KINDS = Object.keys(definitions) as StepKind[];

/** Steps that recipes may name one day, and that this version cannot run. */
export const LATER_STEPS: readonly string[] = ['select', 'augment'];

/** The definition of a kind of step, for a body of that kind. */
export function definitionOf(kind: StepKind): StepDefinition<unknown> {
  return definitions[kind] as StepDefinition<unknown>;
}

/** A step's kind and body. */
export function stepOf(step: Step): { kind: StepKind; body: unknown } {
  const [kind, body] = Object.entries(step)[0] as [StepKind, unknown];
  return { kind, body };
}
