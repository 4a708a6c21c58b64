import { textsOf } from '$lib/duplicates/texts';
import { sliceBatch } from '$lib/record/batch';
import type { Batch, Mapping } from '$lib/record/types';
import { afterSample, detect, Reading } from './dataset';
import type { FileSource } from './files';

/** Characters of an excerpt. */
const LENGTH = 100;

/** Beginnings of a few records' texts, read again when they are asked for. */
export class Excerpts {
  constructor(
    readonly sources: FileSource[],
    readonly options: { map: Partial<Mapping> | null; on: string[] },
  ) {}

  /** One line a place. */
  async of(places: readonly number[]): Promise<Map<number, string>> {
    const wanted = [...new Set(places)].sort((a, b) => a - b);
    const found = new Map<number, string>();
    if (wanted.length === 0) return found;
    let mapping: Mapping | null = null;
    let next = 0;
    const batches = afterSample(new Reading(this.sources).batches('showing'), (sample: Batch[]) => {
      mapping = detect(sample, this.options.map).mapping;
    });
    for await (const batch of batches) {
      for (; next < wanted.length && wanted[next] < batch.first + batch.rows; next++) {
        const row = wanted[next] - batch.first;
        const [text] = textsOf(sliceBatch(batch, row, row + 1), mapping!, this.options.on);
        found.set(wanted[next], short(text ?? ''));
      }
      if (next === wanted.length) break;
    }
    return found;
  }
}

function short(text: string): string {
  const characters = [
    ...text
      .slice(0, 4 * LENGTH)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}…` : characters.join('');
}
