import type { Range } from '$lib/columns/types';
import type { Finding } from '$lib/health/types';
import type { NormaliseStep, Step } from '$lib/recipe/types';
import { cutIndex, endsOf, withCut } from '../edit';
import { findingName } from '../names';
import type { Notebook } from '../notebook.svelte';
import { focusOfStep } from '../spine/focus';

/** Puts a finding's cure into the recipe, into a step of its kind where one stands already. */
export function applyCure(notebook: Notebook, finding: Finding): void {
  if (!finding.cut) return;
  if ('cuts' in finding.cut) {
    const { cuts } = finding.cut;
    const draft = { recipe: notebook.recipe, paused: [...notebook.paused] };
    const { recipe } = cuts.reduce((now, { column, ...range }) => withCut(now, column, range), draft);
    return notebook.edit(recipe, { label: findingName(finding.id) });
  }
  const step = finding.cut as Step;
  const { steps } = notebook.recipe;
  const options = { label: findingName(finding.id), key: undefined };
  if ('cut' in step) {
    const at = cutIndex(steps, step.cut.column);
    const now = at < 0 ? {} : endsOf((steps[at] as { cut: Range }).cut);
    const { min = now.min, max = now.max, below } = step.cut;
    notebook.setCut(step.cut.column, { min, ...(below === undefined ? { max } : { below }) }, options);
  } else if ('redact' in step) {
    const at = notebook.stepIndex('redact');
    if (at < 0) notebook.addStep(structuredClone(step));
    else {
      const body = (steps[at] as { redact: { kinds: string[] } }).redact;
      const kinds = [...new Set([...body.kinds, ...step.redact.kinds])];
      notebook.updateStep(at, { redact: { ...body, kinds } }, options);
    }
    show(notebook, 'redact');
  } else if ('normalise' in step) {
    const at = notebook.stepIndex('normalise');
    if (at < 0) notebook.addStep(structuredClone(step));
    else {
      const body = (steps[at] as { normalise: NormaliseStep }).normalise;
      const strip = [...new Set([...(body.strip ?? []), ...(step.normalise.strip ?? [])])];
      notebook.updateStep(at, { normalise: { ...body, strip } }, options);
    }
    show(notebook, 'normalise');
  } else if ('near' in step || 'semantic' in step) notebook.setAlike(structuredClone(step));
  else if ('balance' in step && notebook.stepIndex('balance') >= 0) {
    notebook.updateStep(notebook.stepIndex('balance'), structuredClone(step));
  } else notebook.addStep(structuredClone(step));
}

/** What a rewrite of the text does is shown at once, before and after. */
function show(notebook: Notebook, kind: 'redact' | 'normalise'): void {
  const index = notebook.stepIndex(kind);
  notebook.selected = index;
  const { focus, tab } = focusOfStep(notebook, index);
  notebook.point(focus, tab);
}
