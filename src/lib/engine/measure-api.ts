/** What a measure worker answers, and its handlers; the entries for browser and tests differ only in what they load. */
import { columnById } from '$lib/columns';
import { spansOf } from '$lib/columns/measure';
import { loadTokens } from '$lib/columns/tokens';
import type { Span } from '$lib/columns/types';
import type { Batch, Mapping } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { measureBatch, measureBuffers, type BatchMeasures } from '$lib/recipe/measure';
import { compile, type Needs } from '$lib/recipe/plan';
import type { Recipe } from '$lib/recipe/types';
import type { Hash } from '$lib/text/hash';
import { measureBase, type BaseMeasures } from './measure';
import { moved, type Handlers } from './rpc';

/** Needs without their stages: those hold functions, and are compiled from the recipe on the other side. */
export type PlainNeeds = Omit<Needs, 'stages'>;

export interface MeasureApi {
  base(batch: Batch, mapping: Mapping): Promise<BaseMeasures>;
  needs(batch: Batch, mapping: Mapping, recipe: Recipe, needs: PlainNeeds): Promise<BatchMeasures>;
  /** Spans of each record. */
  spans(batch: Batch, mapping: Mapping): Promise<Span[][]>;
}

/** Handlers over what `load` gives: the hash, once the columns are loaded. */
export function measureHandlers(load: () => Promise<Hash>): Handlers<MeasureApi> {
  let loading: Promise<Hash> | null = null;
  const ready = () => (loading ??= load());
  // At once, while the user still looks for a file; whoever asks first hears of a failure.
  ready().catch(() => undefined);
  return {
    base: async (batch, mapping) => measureBase(batch, mapping, await ready()),
    needs: async (batch, mapping, recipe, needs) => {
      const hash = await ready();
      if (needs.columns.some(({ column }) => columnById(column)?.cost === 'tokens')) await loadTokens();
      const measures = measureBatch(batch, mapping, { stages: compile(recipe, mapping).stages, ...needs }, hash);
      return moved(measures, measureBuffers(measures));
    },
    spans: async (batch, mapping) => {
      await ready();
      return Array.from({ length: batch.rows }, (_, row) => spansOf(viewOf(batch, row, mapping)));
    },
  };
}
