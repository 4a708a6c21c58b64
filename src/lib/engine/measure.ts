/** What a measure worker does with a slice of records. Pure but for the loaded segmenter and hash. */
import { cheapColumns, tokenColumns } from '$lib/columns';
import { measureViews } from '$lib/columns/measure';
import { estimateTokens } from '$lib/columns/tokens';
import { measureBuffers, measureHealth, type HealthMeasures } from '$lib/health/measures';
import { recordHashes, type Hasher } from '$lib/record/key';
import { numericField } from '$lib/record/numeric';
import type { Batch, Mapping, View } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { moved, type Transferred } from './rpc';

/** What is known of every record at once: keys, cheap columns, token estimates, numeric fields, what findings need. */
export interface BaseMeasures extends HealthMeasures {
  keys: BigUint64Array;
}

const cheap = cheapColumns.filter((column) => column.measure).map(({ id }) => id);

/** Ids of the columns that the first pass measures; those of tokens are estimates. */
export function baseIds(mapping: Mapping): string[] {
  return [...cheap, ...tokenColumns.map(({ id }) => id), ...mapping.scores.map((name) => `field:${name}`)];
}

/** Rough tokens of prompt, response and whole, in the order of the token columns. */
function estimates(views: readonly View[]): Record<string, Float32Array> {
  const prompt = Float32Array.from(views, (view) => estimateTokens(view.prompt));
  const response = Float32Array.from(views, (view) => (view.response === null ? NaN : estimateTokens(view.response)));
  const total = Float32Array.from(
    views,
    (view, row) => prompt[row] + (view.response === null ? 0 : response[row]) + estimateTokens(view.system),
  );
  return { prompt_tokens: prompt, response_tokens: response, total_tokens: total };
}

/** The first pass over a slice. */
export function measureBase(batch: Batch, mapping: Mapping, hasher: Hasher): Transferred<BaseMeasures> {
  const views: View[] = new Array(batch.rows);
  for (let row = 0; row < batch.rows; row++) views[row] = viewOf(batch, row, mapping);
  const columns: Record<string, Float32Array> = {};
  measureViews(views, cheap).forEach((values, i) => (columns[cheap[i]] = values));
  Object.assign(columns, estimates(views));
  for (const name of mapping.scores) columns[`field:${name}`] = Float32Array.from(numericField(batch, name));
  const health = measureHealth(batch, mapping, views, columns, hasher);
  const keys = recordHashes(batch, hasher);
  return moved({ ...health, keys }, [...measureBuffers(health), keys.buffer]);
}
