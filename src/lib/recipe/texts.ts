/**
 * What is measured of records before the whole set is looked at: shingles, the terms of TF-IDF, or vectors that the file holds. Batches
 * in order join to the whole.
 */
import { termRows } from '$lib/embedding/features';
import type { FieldRows } from '$lib/embedding/field-rows';
import { joinRows, type SparseRows } from '$lib/embedding/rows';
import { joinShingles, shingleSets, type ShingleSets } from '$lib/text/shingles';
import type { TextNeed } from './plan';

export type TextMeasures = ShingleSets | SparseRows | FieldRowsList;

/** Vectors of consecutive batches; they are put together once, when all are there. */
export interface FieldRowsList {
  parts: FieldRows[];
}

/** One entry a text, as the need asks for it. */
export function measureTexts({ shingles }: TextNeed, texts: readonly string[]): TextMeasures {
  return shingles ? shingleSets(texts, shingles) : termRows(texts);
}

/** Puts the measures of consecutive records together. */
export function joinTexts({ shingles, field }: TextNeed, parts: readonly TextMeasures[]): TextMeasures {
  if (field !== undefined) return { parts: (parts as FieldRowsList[]).flatMap((list) => list.parts) };
  return shingles ? joinShingles(parts as ShingleSets[]) : joinRows(parts as SparseRows[]);
}

/** The buffers, for `postMessage`'s transfer list. */
export function textBuffers(text: TextMeasures): ArrayBuffer[] {
  if ('parts' in text) return text.parts.map(({ values }) => values.buffer as ArrayBuffer);
  return Object.values(text).flatMap((part: unknown) => (ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : []));
}
