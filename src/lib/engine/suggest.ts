/** A first recipe from what was found: every cure of a finding that harms, in the order a recipe reads best in. */
import type { Finding } from '$lib/health/types';
import { mapText } from '$lib/record/mapping';
import type { Mapping } from '$lib/record/types';
import type { NormaliseStep, Recipe, Step } from '$lib/recipe/types';

/** Findings of severity 2 and 3 with a cure become steps; shares (balance) are the user's own choice. */
export function suggestedRecipe(findings: readonly Finding[], mapping: Mapping): Recipe {
  const strip = new Set<NonNullable<NormaliseStep['strip']>[number]>();
  const kinds = new Set<string>();
  const cuts: Step[] = [];
  const exact: Step[] = [];
  for (const { severity, cut } of findings) {
    if (severity < 2 || !cut) continue;
    if ('normalise' in cut) for (const what of cut.normalise.strip) strip.add(what);
    else if ('redact' in cut) for (const kind of cut.redact.kinds) kinds.add(kind);
    else if ('cut' in cut) cuts.push({ cut: cut.cut });
    else if ('exact' in cut) exact.push({ exact: cut.exact });
  }
  const steps: Step[] = [];
  if (strip.size > 0) steps.push({ normalise: { strip: [...strip] } });
  if (kinds.size > 0) steps.push({ redact: { kinds: [...kinds] } });
  return {
    siftbook: 1,
    seed: 7,
    source: { map: mapText(mapping) },
    steps: [...steps, ...cuts, ...exact],
    export: [{ layout: 'same' }],
  };
}
