/** What a measure worker answers, and its handlers; the entries for browser and tests differ only in what they load. */
import { columnById } from '$lib/columns';
import { spansOf } from '$lib/columns/measure';
import { loadTokens } from '$lib/columns/tokens';
import type { Span } from '$lib/columns/types';
import type { InstructionCodes } from '$lib/diversity/codes';
import type { Batch, Mapping } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { loadCategories } from '$lib/recipe/category';
import { measureBatch, measureBuffers, type BatchMeasures } from '$lib/recipe/measure';
import { compile, type Needs } from '$lib/recipe/plan';
import type { Recipe } from '$lib/recipe/types';
import type { Hash } from '$lib/text/hash';
import { measureBase, type BaseMeasures } from './measure';
import { buffersIn, moved, type Handlers } from './rpc';

/** Needs without their stages: those hold functions, and are compiled from the recipe on the other side. */
export type PlainNeeds = Omit<Needs, 'stages'>;

export interface MeasureApi {
  base(batch: Batch, mapping: Mapping): Promise<BaseMeasures>;
  needs(batch: Batch, mapping: Mapping, recipe: Recipe, needs: PlainNeeds): Promise<BatchMeasures>;
  /** Spans of each record. */
  spans(batch: Batch, mapping: Mapping): Promise<Span[][]>;
  /** What the prompts of these rows ask for, and how; null: of all rows. */
  instructions(batch: Batch, mapping: Mapping, rows: Uint32Array | null): Promise<InstructionCodes>;
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
      await loadCategories(needs.classes);
      const measures = measureBatch(batch, mapping, { stages: compile(recipe, mapping).stages, ...needs }, hash);
      return moved(measures, measureBuffers(measures));
    },
    spans: async (batch, mapping) => {
      await ready();
      return Array.from({ length: batch.rows }, (_, row) => spansOf(viewOf(batch, row, mapping)));
    },
    instructions: async (batch, mapping, rows) => {
      await ready();
      // The tagger of English comes with the first who asks for it.
      const { measureInstructions } = await import('$lib/diversity/measure');
      const prompts = Array.from(rows ?? Array(batch.rows).keys(), (row) => viewOf(batch, row, mapping).prompt);
      const codes = measureInstructions(prompts);
      return moved(codes, buffersIn(codes));
    },
  };
}
