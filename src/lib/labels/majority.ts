/** One class above this share of a set is an alarm. */
export const MAJORITY = 0.8;
/** Below this many labelled records a share says nothing. */
export const ENOUGH = 20;

/** A class that crowds out the others. */
export interface Majority {
  /** Code of the source it was found in; −1 for the whole set. */
  source: number;
  label: number;
  count: number;
  share: number;
}

/**
 * Classes above 80 % of the whole set, then of each source, of at least two classes in the set and 20 labelled records.
 * @param labels a class code per record, −1 where unlabelled
 * @param sources a code per record, −1 where unknown; null without sources
 */
export function majorities(
  labels: Int32Array,
  classes: number,
  sources: Int32Array | null,
  sourceCount: number,
): Majority[] {
  const found: Majority[] = [];
  if (classes < 2) return found;
  const judge = (source: number, counts: Int32Array, start: number) => {
    let total = 0;
    let label = 0;
    for (let c = 0; c < classes; c++) {
      total += counts[start + c];
      if (counts[start + c] > counts[start + label]) label = c;
    }
    const count = counts[start + label];
    if (total >= ENOUGH && count / total > MAJORITY) found.push({ source, label, count, share: count / total });
  };
  const whole = new Int32Array(classes);
  for (const label of labels) if (label >= 0) whole[label]++;
  judge(-1, whole, 0);
  if (sources === null || sourceCount < 2 || sourceCount * classes > 4e6) return found;
  const bySource = new Int32Array(sourceCount * classes);
  for (let row = 0; row < labels.length; row++)
    if (labels[row] >= 0 && sources[row] >= 0) bySource[sources[row] * classes + labels[row]]++;
  for (let source = 0; source < sourceCount; source++) judge(source, bySource, source * classes);
  return found;
}
