/** Number of the split that a draw falls into: below train's share 0, then validation 1, then test 2. */
export function splitOf(draw: number, train: number, validation: number): number {
  const u = draw / 0x100000000;
  return u < train ? 0 : u < train + validation ? 1 : 2;
}

/** Split by draw alone: what is in train stays there when records are added. `reach` is 0 where a record is not split (255). */
export function splitByDraw(reach: ArrayLike<number>, draws: Uint32Array, shares: readonly number[]): Uint8Array {
  const out = new Uint8Array(draws.length).fill(255);
  // A split of share 0 must stay empty whatever the rounding of the sum of the others.
  const last = shares[2] > 0 ? 2 : shares[1] > 0 ? 1 : 0;
  for (let i = 0; i < out.length; i++)
    if (reach[i] > 0) out[i] = Math.min(last, splitOf(draws[i], shares[0], shares[1]));
  return out;
}

/**
 * Stratified split: every class is shared out in exact proportion (largest remainders, carried from class to class so that
 * small classes do not all round the same way). Groups go whole, in draw order; a group belongs to the class of its first
 * member. `weights` are rows per record (0 = not split); `order` all places by draw, members of one group having equal draws.
 */
export function splitStratified(
  weights: ArrayLike<number>,
  order: Uint32Array,
  groups: Uint32Array | null,
  codes: Int32Array,
  classes: number,
  shares: readonly number[],
): Uint8Array {
  const rows = order.length;
  const groupCount = groups === null ? rows : groups.reduce((a, b) => Math.max(a, b), -1) + 1;
  const size = new Float64Array(groupCount);
  const classOf = new Int32Array(groupCount).fill(-1);
  const sizes = new Float64Array(classes + 1);
  for (let i = 0; i < rows; i++) {
    if (!(weights[i] > 0)) continue;
    const g = groups === null ? i : groups[i];
    // Records without a class are a class of their own, the last.
    if (size[g] === 0) classOf[g] = codes[i] < 0 ? classes : codes[i];
    size[g] += weights[i];
    sizes[classOf[g]] += weights[i];
  }
  const targets = stratifiedTargets(sizes, shares);
  const filled = new Float64Array((classes + 1) * 3);
  const at = new Uint8Array(classes + 1);
  const splitOfGroup = new Uint8Array(groupCount).fill(255);
  for (let j = 0; j < rows; j++) {
    const g = groups === null ? order[j] : groups[order[j]];
    if (size[g] === 0 || splitOfGroup[g] !== 255) continue;
    const c = classOf[g];
    // A group that would overfill a split by more than it leaves short opens the next one.
    while (at[c] < 2) {
      const s = 3 * c + at[c];
      const short = targets[s] - filled[s];
      if (short > 0 && size[g] - short <= short) break;
      at[c]++;
    }
    splitOfGroup[g] = lastUsable(at[c], shares);
    filled[3 * c + splitOfGroup[g]] += size[g];
  }
  const out = new Uint8Array(rows).fill(255);
  for (let i = 0; i < rows; i++) if (weights[i] > 0) out[i] = splitOfGroup[groups === null ? i : groups[i]];
  return out;
}

function lastUsable(split: number, shares: readonly number[]): number {
  while (split > 0 && !(shares[split] > 0)) split--;
  return split;
}

/** Rows of train, validation and test wanted for each class size; (classes × 3). */
export function stratifiedTargets(sizes: ArrayLike<number>, shares: readonly number[]): Float64Array {
  const out = new Float64Array(sizes.length * 3);
  const carry = [0, 0, 0];
  for (let c = 0; c < sizes.length; c++) {
    const exact = shares.map((share) => share * sizes[c]);
    const floors = exact.map((x) => Math.floor(x + 1e-9));
    const left = sizes[c] - floors.reduce((a, b) => a + b, 0);
    const rest = exact.map((x, s) => (x - floors[s] > 1e-9 ? x - floors[s] + carry[s] : -Infinity));
    const order = [0, 1, 2].sort((a, b) => rest[b] - rest[a] || a - b);
    for (let s = 0; s < 3; s++) {
      out[3 * c + s] = floors[s] + (order.indexOf(s) < left ? 1 : 0);
      carry[s] += exact[s] - out[3 * c + s];
    }
  }
  return out;
}
