import { TFIDF } from '$lib/recipe/alike';
import type { Cure, Finding } from '$lib/health/types';
import { boundsOf } from '$lib/recipe/steps/cut';
import type { Recipe, Step } from '$lib/recipe/types';

/** Which word stands on the button that cures a finding. */
export function cureKind(
  finding: Finding,
): 'cut' | 'cuts' | 'exact' | 'near' | 'semantic' | 'redact' | 'normalise' | 'balance' | null {
  return finding.cut ? (Object.keys(finding.cut)[0] as ReturnType<typeof cureKind>) : null;
}

/** Findings that speak of classes, not of records: their count has no share, and no record shows them. */
export const OF_THE_SET: readonly string[] = ['unmapped', 'no-response', 'class-majority', 'long-tail', 'drift'];

/** Nothing of it is left, or (for what is judged as a whole) the recipe already holds its cure. */
export function isCured(finding: Finding, recipe: Recipe): boolean {
  if (finding.remaining === 0) return true;
  return finding.cut !== null && curesOf(finding.cut).every((cure) => recipe.steps.some((step) => covers(step, cure)));
}

/** The steps that a cure is. */
export function curesOf(cure: Cure): Step[] {
  return 'cuts' in cure ? cure.cuts.map((cut) => ({ cut })) : [cure as Step];
}

/** Does a step already do what a cure would? */
export function covers(step: Step, cure: Step): boolean {
  if ('cut' in step && 'cut' in cure) {
    if (step.cut.column !== cure.cut.column) return false;
    const [own, asked] = [boundsOf(step.cut), boundsOf(cure.cut)];
    return own.low >= asked.low && own.high <= asked.high;
  }
  if ('redact' in step && 'redact' in cure)
    return !step.redact.on && cure.redact.kinds.every((kind) => step.redact.kinds.includes(kind));
  if ('normalise' in step && 'normalise' in cure)
    return (cure.normalise.strip ?? []).every((kind) => step.normalise.strip?.includes(kind));
  if ('exact' in step && 'exact' in cure) return step.exact.on.every((on) => cure.exact.on.includes(on));
  if ('near' in step && 'near' in cure)
    return step.near.at <= cure.near.at && step.near.on.join('\n') === cure.near.on.join('\n');
  if ('semantic' in step && 'semantic' in cure) {
    const { on, model = TFIDF, at } = step.semantic;
    const asked = cure.semantic;
    return (
      at <= asked.at && model === (asked.model ?? TFIDF) && [on].flat().join('\n') === [asked.on].flat().join('\n')
    );
  }
  if ('balance' in step && 'balance' in cure)
    return step.balance.by === cure.balance.by && !!step.balance.mode && step.balance.mode !== 'natural';
  return false;
}
