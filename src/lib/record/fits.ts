import type { Facts } from './facts';
import { emptyMapping } from './mapping';
import { NAMES, type NameKind } from './names';
import type { LayoutName, Mapping } from './types';

/** The first field that has one of the names of a kind, in the order of the names, and fits. */
export function named(
  facts: readonly Facts[],
  kind: NameKind,
  fits: (field: Facts) => boolean = () => true,
): Facts | null {
  for (const name of NAMES[kind]) {
    const field = facts.find((candidate) => candidate.plain === name && fits(candidate));
    if (field) return field;
  }
  return null;
}

/** Whether a count of a field's values is at least a share of those present; never where none is. */
export const mostly = (count: number, field: Facts, share = 0.6) => field.present > 0 && count >= field.present * share;

/** Strings, and not conversations written as JSON. */
export const isText = (field: Facts) => mostly(field.strings, field) && !mostly(field.turns, field);

/** Text that a person wrote, not a code. */
export const isProse = (field: Facts) => isText(field) && (mostly(field.prose, field, 0.3) || field.meanChars > 20);

/** Rows taken for granted beside those seen: two or three rows say little against a telling name. */
const GRANTED = 2;

/**
 * A mapping of a layout whose confidence is its certainty, lessened by the share of rows in which the least filled of
 * `fields` holds nothing (or not what it should, by the count given as `present`).
 */
export function certain(
  layout: LayoutName,
  certainty: number,
  ...fields: (Pick<Facts, 'rows' | 'present'> | null)[]
): Mapping {
  let confidence = certainty;
  for (const field of fields) {
    if (!field) continue;
    const share = field.present === field.rows ? 1 : (field.present + GRANTED) / (field.rows + GRANTED);
    confidence = Math.min(confidence, certainty * share);
  }
  return emptyMapping(layout, Math.round(confidence * 100) / 100);
}
