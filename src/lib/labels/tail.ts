/** How uneven the classes are. */
export interface Tail {
  /** Class indices by descending count (ties in the given order). */
  order: number[];
  /** Largest class over smallest; NaN without classes. */
  ratio: number;
  /** Share of the largest class. */
  topShare: number;
  /** exp of the entropy: as many equal classes would be as varied. */
  effective: number;
  /** Classes rarer than 0.1 / K of the records (Datalab's class imbalance), K the number of classes. */
  rare: number[];
}

/** Datalab: a class is rare when its share is below this over the number of classes. */
export const RARE = 0.1;

/** Measures the long tail of class counts; classes without records are left out. */
export function longTail(counts: ArrayLike<number>): Tail {
  const order: number[] = [];
  let total = 0;
  for (let i = 0; i < counts.length; i++)
    if (counts[i] > 0) {
      order.push(i);
      total += counts[i];
    }
  order.sort((a, b) => counts[b] - counts[a] || a - b);
  let entropy = 0;
  for (const i of order) {
    const share = counts[i] / total;
    entropy -= share * Math.log(share);
  }
  const largest = order.length ? counts[order[0]] : NaN;
  const smallest = order.length ? counts[order[order.length - 1]] : NaN;
  return {
    order,
    ratio: largest / smallest,
    topShare: total ? largest / total : NaN,
    effective: order.length ? Math.exp(entropy) : 0,
    rare: order.filter((i) => counts[i] / total < RARE / order.length),
  };
}
