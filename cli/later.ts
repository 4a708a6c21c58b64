/** Commands of the surface that this version does not have yet. */
export const later: Record<string, string> = {
  labels: 'label conflicts, label errors, agreement, drift',
  report: 'the stakeholder page',
  diff: 'what changed between two snapshots',
  spark: 'the Spark SQL job',
};
