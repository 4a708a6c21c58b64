/** What texts are made into before the whole set is looked at: shingles, or the terms of TF-IDF. Batches in order join to the whole. */
import { termRows } from '$lib/embedding/features';
import { joinRows, type SparseRows } from '$lib/embedding/rows';
import { joinShingles, shingleSets, type ShingleSets } from '$lib/text/shingles';
import type { TextNeed } from './plan';

export type TextMeasures = ShingleSets | SparseRows;

/** One entry a text, as the need asks for it. */
export function measureTexts({ shingles }: TextNeed, texts: readonly string[]): TextMeasures {
  return shingles ? shingleSets(texts, shingles) : termRows(texts);
}

/** Puts the measures of consecutive records together. */
export function joinTexts({ shingles }: TextNeed, parts: readonly TextMeasures[]): TextMeasures {
  return shingles ? joinShingles(parts as ShingleSets[]) : joinRows(parts as SparseRows[]);
}

/** The buffers, for `postMessage`'s transfer list. */
export function textBuffers(text: TextMeasures): ArrayBuffer[] {
  return Object.values(text).flatMap((part: unknown) => (ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : []));
}
