import { labelFindings } from './classes';
import { personalData, recordFindings, type Flag } from './records';
import { exactDuplicates, repeatedResponses } from './repeats';
import type { Detected, Finding, HealthSet } from './types';
import { unmappedTexts } from './unmapped';

/**
 * Everything wrong with a dataset that needs no embedding, in order of harm: severity, then share of the records. That no
 * text is mapped stands before all: then hardly anything could be found.
 * @param flags the 0/1 columns that are findings
 * @param pii ids of the personal-data columns
 */
export function detect(set: HealthSet, flags: readonly Flag[], pii: readonly string[]): Detected[] {
  const found = [
    ...recordFindings(set, flags),
    ...personalData(set, pii),
    ...exactDuplicates(set),
    ...repeatedResponses(set),
    ...labelFindings(set),
  ];
  return inOrderOfHarm([...unmappedTexts(set), ...found]);
}

/** Findings that say that hardly anything could be looked at. */
const FIRST = ['unmapped', 'no-response'];

/** By severity, then share of the records, then id; that nothing is mapped stands in front. */
export function inOrderOfHarm(found: readonly Detected[]): Detected[] {
  const first = (id: string) => (FIRST.includes(id) ? 0 : 1);
  return [...found].sort(
    (a, b) => first(a.id) - first(b.id) || b.severity - a.severity || b.count - a.count || (a.id < b.id ? -1 : 1),
  );
}

/** The findings with what is left of each among the records that `kept` keeps (null: all are). */
export function remaining(found: readonly Detected[], kept: Uint8Array | null): Finding[] {
  return found.map(({ id, severity, count, examples, cut, detail, remainingOf }) => ({
    id,
    severity,
    count,
    remaining: kept === null ? count : remainingOf(kept),
    examples,
    cut,
    detail,
  }));
}
