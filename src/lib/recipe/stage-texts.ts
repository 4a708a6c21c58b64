import { viewOf } from '$lib/record/view';
import type { Batch, Mapping } from '$lib/record/types';
import { loadPersonal } from '$lib/text/personal';
import { joinedText } from './measure';
import type { Stage } from './plan';
import { editsAt } from './rewrite';

/**
 * The texts of all records as they are at a stage, batch by batch: the parts `on` one below the other, '' where a record has none.
 * Reads the records once more.
 */
export async function* textsAt(
  batches: AsyncIterable<Batch>,
  mapping: Mapping,
  stage: Stage,
  on: readonly string[],
): AsyncGenerator<string[]> {
  if (stage.rewrites.length > 0) await loadPersonal();
  for await (const batch of batches)
    yield Array.from({ length: batch.rows }, (_, row) => {
      const edits = editsAt(batch, row, mapping, stage);
      return joinedText(batch, row, viewOf(batch, row, mapping, edits), on, edits);
    });
}
