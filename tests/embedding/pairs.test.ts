import { beforeAll, describe, expect, it } from 'vitest';
import { termRows } from '$lib/embedding/features';
import { fitLsa, LSA_DEFAULTS, project } from '$lib/embedding/lsa';
import { loadSegmenter } from '$lib/text/segment';
import { areaUnderCurve, pairCosines, pairsOf, PAIR_SETS, type PairSet } from './pairs';

beforeAll(loadSegmenter);

describe('area under the ROC curve', () => {
  // sklearn.metrics.roc_auc_score: 0.75; with ties 0.875; by hand: one of two pairs, and half of two.
  it('is that of scikit-learn', () => {
    expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [false, false, true, true])).toBe(0.75);
    expect(areaUnderCurve([0.1, 0.4, 0.4, 0.8], [false, false, true, true])).toBe(0.875);
    expect(areaUnderCurve([1, 1], [false, true])).toBe(0.5);
  });
});

describe('built-in vectors on paraphrases (../shared/data/pairs)', () => {
  /** What TF-IDF of the same terms without any reduction reaches in scikit-learn. Reduced to 128 it must stay within 0.03. */
  const FULL: Record<PairSet, number> = { BQ: 0.772, LCQMC: 0.769, MSR: 0.757 };
  it.each(PAIR_SETS)('%s: little less than all terms', (set) => {
    const pairs = pairsOf(set);
    if (pairs === null) return;
    expect([pairs.texts.length, pairs.same.length]).toEqual([3000, 1500]);
    const rows = termRows(pairs.texts);
    const keys = BigUint64Array.from(pairs.texts, (_, i) => BigInt(i) * 0x9e3779b97f4a7c15n);
    const { values, dim } = project(fitLsa(rows, keys, LSA_DEFAULTS), rows);
    const area = areaUnderCurve(pairCosines(values, dim), pairs.same);
    expect(area).toBeGreaterThan(FULL[set] - 0.03);
    expect(area).toBeLessThan(FULL[set] + 0.03);
  });
});
