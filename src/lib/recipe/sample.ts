import { detectProfile } from '$lib/columns/profile';
import type { Profile } from '$lib/columns/types';
import { sliceBatch } from '$lib/record/batch';
import { detectMapping } from '$lib/record/detect';
import { applyMap, parseMap } from '$lib/record/mapping';
import type { Batch, LayoutName, Mapping } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import type { RecipeSource } from './types';

/** Mapping and profile are detected on this many first records, however they come in batches: page and command line agree. */
export const SAMPLE_ROWS = 2000;

/** How a dataset's records are read, and what they are. */
export interface Seen {
  mapping: Mapping;
  profile: Profile;
}

/** Exactly the first records of a dataset (all, where it has fewer). */
export function sampleOf(batches: readonly Batch[]): Batch[] {
  const sample: Batch[] = [];
  let left = SAMPLE_ROWS;
  for (const batch of batches) {
    if (left === 0) break;
    const rows = Math.min(left, batch.rows);
    sample.push(rows === batch.rows ? batch : sliceBatch(batch, 0, rows));
    left -= rows;
  }
  return sample;
}

/**
 * Mapping and profile from a dataset's first batches.
 * @param map what the user maps, over what is detected
 * @throws Error where a field is mapped that the sample does not have; it names the field and those there are
 */
export function see(batches: readonly Batch[], map: Partial<Mapping> | null = null): Seen {
  const sample = sampleOf(batches);
  const detected = detectMapping(sample);
  const fields = [...new Set(sample.flatMap((batch) => batch.fields.map(({ name }) => name)))];
  const mapping = map === null ? detected : applyMap(detected, map, fields);
  return { mapping, profile: detectProfile(views(sample, mapping)) };
}

/**
 * Mapping and profile of another dataset that a recipe compares with: by the fields that the recipe's `source` maps where it has
 * all of them, else as detected.
 */
export function seeOther(batches: readonly Batch[], source: RecipeSource | undefined): Seen {
  if (!source?.map) return see(batches);
  try {
    return see(batches, parseMap(source.map));
  } catch {
    return see(batches);
  }
}

/** What a recipe's `source` maps; null where it leaves everything to detection. */
export function mapOfRecipe(source: RecipeSource | undefined): Partial<Mapping> | null {
  if (!source?.map && !source?.format) return null;
  const map = source.map ? parseMap(source.map) : {};
  return source.format ? { ...map, layout: source.format as LayoutName } : map;
}

function* views(sample: readonly Batch[], mapping: Mapping) {
  for (const batch of sample) for (let row = 0; row < batch.rows; row++) yield viewOf(batch, row, mapping);
}
