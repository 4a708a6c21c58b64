import { recordFinding } from '$lib/health/records';
import type { Cure, Detected } from '$lib/health/types';

/**
 * Records that another file has, or that hold a text of it; cured by a cut on each column that shows some. Null where there are none.
 * @param at similarity from which on two records are one; `least`: share of a text from which on it is taken for leaked
 */
export function againstFinding(found: {
  name: string;
  similarity: Float32Array;
  share: Float32Array;
  at: number;
  least: number;
}): Detected | null {
  const { name, similarity, share, at, least } = found;
  const [alike, held] = [Math.fround(at), Math.fround(least)];
  const places = new Uint8Array(similarity.length);
  const needed = { against_similarity: false, against_overlap: false };
  for (let place = 0; place < places.length; place++) {
    const near = similarity[place] >= alike;
    const holds = share[place] >= held;
    if (near) needed.against_similarity = true;
    // What is left when the near twins are gone.
    else if (holds) needed.against_overlap = true;
    if (near || holds) places[place] = 1;
  }
  const similar = { column: 'against_similarity', below: at };
  const holding = { column: 'against_overlap', below: least };
  const cut: Cure = !needed.against_overlap
    ? { cut: similar }
    : !needed.against_similarity
      ? { cut: holding }
      : { cuts: [similar, holding] };
  const finding = recordFinding({ id: 'contamination', severity: 2, places, cut, detail: { name } });
  return finding.count > 0 ? finding : null;
}
