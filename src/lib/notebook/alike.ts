import type { AlikeStep, NearStep, SemanticStep } from '$lib/recipe/types';

/** What both kinds of step that compare records have. */
export type AlikeBody = Pick<NearStep, 'at' | 'prefer' | 'keep'> & Pick<SemanticStep, 'on'>;

/** The body of a step that compares records. */
export function alikeBody(step: AlikeStep): AlikeBody {
  return 'near' in step ? step.near : step.semantic;
}

/** The step with some of its keys changed; undefined takes a key away. */
export function alikeWith(step: AlikeStep, part: Partial<NearStep & SemanticStep>): AlikeStep {
  const tidy = <T extends object>(body: T) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as T;
  return 'near' in step
    ? { near: tidy({ ...step.near, ...(part as Partial<NearStep>) }) }
    : { semantic: tidy({ ...step.semantic, ...part }) };
}

/** What a drag of the step's threshold is called: `near:{…}`. */
export function alikeId(step: AlikeStep): string {
  const [kind, body] = Object.entries(step)[0];
  return `${kind}:${JSON.stringify(body)}`;
}

/** The step that a drag's name stands for; null where it is a column's. */
export function alikeOf(id: string): AlikeStep | null {
  const found = /^(near|semantic):(\{.*\})$/s.exec(id);
  return found ? ({ [found[1]]: JSON.parse(found[2]) } as AlikeStep) : null;
}

/** Without the threshold: what decides which records are alike, and how much. */
export function sameComparison(a: AlikeStep, b: AlikeStep): boolean {
  return alikeId(alikeWith(a, { at: 1 })) === alikeId(alikeWith(b, { at: 1 }));
}
