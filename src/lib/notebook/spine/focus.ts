import { endsOf } from '../edit';
import { cutWords, stepName, columnName } from '../names';
import type { Focus, Notebook, Tab } from '../notebook.svelte';

/** What the inspector shows for a step: a cut's line, a text step's changes, else what it dropped. */
export function focusOfStep(notebook: Notebook, index: number): { focus: Focus; tab: Tab } {
  const step = notebook.recipe.steps[index];
  if ('cut' in step) {
    const { column } = step.cut;
    const { min, max } = endsOf(step.cut);
    const side = min !== undefined ? 'min' : 'max';
    return {
      focus: {
        query: { step: index },
        title: () => `${columnName(column)} ${cutWords(column, step.cut)}`,
        line: { column, at: (side === 'min' ? min : max)!, side },
      },
      tab: 'line',
    };
  }
  if ('normalise' in step || 'redact' in step)
    return { focus: { query: {}, title: () => stepName(step), preview: index }, tab: 'changed' };
  const title = () => stepName(step);
  return 'relabel' in step || 'split' in step
    ? { focus: { query: {}, title }, tab: 'kept' }
    : { focus: { query: { step: index }, title }, tab: 'dropped' };
}
