import type { InspectedRecord, OpenSource } from '$lib/engine/protocol';
import type { Recipe, StepCount } from '$lib/recipe/types';
import type { Notebook } from './notebook.svelte';

/** What scripts may read and drive: `globalThis.siftbook`. */
export interface Surface {
  /** Resolves when the first dataset is open and measured. */
  ready: Promise<void>;
  open(fileOrUrl: File | string): Promise<void>;
  recipe(): Recipe;
  setRecipe(textOrObject: string | Recipe): Promise<void>;
  counts(): { rows: number; kept: number; written: number; steps: StepCount[] };
  column(id: string): Promise<Float32Array>;
  kept(): Promise<Uint8Array>;
  records(places: number[]): Promise<InspectedRecord[]>;
  idle(): Promise<void>;
}

/** Makes the surface of a notebook. */
export function surfaceOf(notebook: Notebook, ready: Promise<void>): Surface {
  const engine = notebook.engine;
  return {
    ready,
    open: (fileOrUrl) => {
      const source: OpenSource =
        typeof fileOrUrl === 'string'
          ? { kind: 'url', url: new URL(fileOrUrl, location.href).href }
          : { kind: 'file', file: fileOrUrl };
      return notebook.open([source]);
    },
    recipe: () => structuredClone(notebook.recipe),
    setRecipe: (input) => notebook.setRecipe(input),
    counts: () => {
      const counts = notebook.views?.counts;
      return {
        rows: counts?.rows ?? notebook.dataset?.rows ?? 0,
        kept: counts?.kept ?? 0,
        written: counts?.written ?? 0,
        steps: structuredClone(counts?.steps ?? []),
      };
    },
    column: (id) => engine.column(id),
    kept: () => engine.kept(),
    records: async (places) => (await engine.records({ places, offset: 0, limit: places.length })).records,
    idle: () => notebook.idle(),
  };
}
