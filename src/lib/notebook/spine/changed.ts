import type { Preview } from '$lib/engine/protocol';
import type { Recipe } from '$lib/recipe/types';
import { useNotebook } from '../notebook.svelte';
import { quiet } from '../quiet.svelte';

/** Records a text step rewrites: counted, or (`about`) estimated for all where only a sample was looked at. */
export interface Changed {
  n: number;
  about: boolean;
}

/** Of a preview's count, what holds for `rows` records; two digits where it is an estimate. */
export function changedOf({ changed, sampled }: Pick<Preview, 'changed' | 'sampled'>, rows: number): Changed {
  if (sampled >= rows || changed === 0) return { n: changed, about: sampled < rows };
  return { n: Number(((changed / sampled) * rows).toPrecision(2)), about: true };
}

/** Indices of the steps that rewrite text. */
export const textSteps = ({ steps }: Recipe): number[] =>
  steps.flatMap((step, i) => ('normalise' in step || 'redact' in step ? [i] : []));

/** What every text step of the recipe changes, by the step's index; asked anew only where a step up to it is another. */
export function changes(): { readonly value: ReadonlyMap<number, Changed> | null } {
  const notebook = useNotebook();
  let of: string | undefined;
  let known = new Map<string, Changed>();
  return quiet(() => {
    const { dataset, recipe } = notebook;
    const at = textSteps(recipe);
    if (!dataset?.complete || at.length === 0) return null;
    const whole = `${dataset.id}:${dataset.rows}:${JSON.stringify(dataset.mapping)}`;
    return async () => {
      if (of !== whole) [of, known] = [whole, new Map()];
      const mine = known;
      const found = new Map<number, Changed>();
      for (const index of at) {
        const key = JSON.stringify(recipe.steps.slice(0, index + 1).filter((step) => !('cut' in step)));
        if (!mine.has(key)) mine.set(key, changedOf(await notebook.engine.preview(recipe, index, 0), dataset.rows));
        found.set(index, mine.get(key)!);
      }
      return found;
    };
  });
}
