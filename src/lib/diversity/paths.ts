/**
 * A tree of labels and each record's place in it. Node n's label is `labels[n]`, its parent `parents[n]` (−1 at the top); nodes are numbered in
 * order of first appearance, a parent before its children. `codes[i]` is record i's deepest node, −1 where it has none.
 */
export interface Paths {
  codes: Int32Array;
  labels: string[];
  parents: Int32Array;
}

/** Numbers paths of labels as they come. */
export class PathNumbers {
  readonly labels: string[] = [];
  private readonly up: number[] = [];
  private readonly known = new Map<string, number>();

  /** The child of `parent` (−1 for the top) with this label, made when it is new. */
  child(parent: number, label: string): number {
    const key = `${parent} ${label}`;
    let node = this.known.get(key);
    if (node === undefined) {
      node = this.labels.length;
      this.known.set(key, node);
      this.labels.push(label);
      this.up.push(parent);
    }
    return node;
  }

  /** The node of a path; it ends before the first empty label. −1 for an empty path. */
  path(labels: readonly string[]): number {
    let node = -1;
    for (const label of labels) {
      if (label === '') break;
      node = this.child(node, label);
    }
    return node;
  }

  parents(): Int32Array {
    return Int32Array.from(this.up);
  }
}

/** Puts the paths of batches, in the records' order, together; the numbering is the one a single pass over all records gives. */
export function joinPaths(batches: readonly Paths[]): Paths {
  const numbers = new PathNumbers();
  const codes = new Int32Array(batches.reduce((sum, batch) => sum + batch.codes.length, 0));
  let at = 0;
  for (const { codes: own, labels, parents } of batches) {
    const names = Int32Array.from({ length: labels.length }, () => -1);
    for (let n = 0; n < labels.length; n++)
      names[n] = numbers.child(parents[n] < 0 ? -1 : names[parents[n]], labels[n]);
    for (let i = 0; i < own.length; i++) codes[at++] = own[i] < 0 ? -1 : names[own[i]];
  }
  return { codes, labels: numbers.labels, parents: numbers.parents() };
}

/** Records under each node (its own and those of nodes below) among the kept ones; `kept` null for all. */
export function countPaths({ codes, labels, parents }: Paths, kept: Uint8Array | null): Int32Array {
  const counts = countCodes(codes, labels.length, kept);
  // Children come after their parent.
  for (let n = labels.length - 1; n >= 0; n--) if (parents[n] >= 0) counts[parents[n]] += counts[n];
  return counts;
}

/** How often each code below `size` stands among the kept records; codes below 0 count nowhere, `kept` null is all records. */
export function countCodes(codes: ArrayLike<number>, size: number, kept: Uint8Array | null): Int32Array {
  const counts = new Int32Array(size + 1);
  // The last place takes the records that count nowhere, so that the loop has no branch to mispredict.
  if (kept === null) for (let i = 0; i < codes.length; i++) counts[codes[i] < 0 ? size : codes[i]]++;
  else for (let i = 0; i < codes.length; i++) counts[codes[i] < 0 ? size : codes[i]] += kept[i];
  return counts.subarray(0, size);
}

/** A node with the records before and after the recipe. `label` null gathers the rarer ones beside it, `others` says how many labels. */
export interface Branch {
  label: string | null;
  before: number;
  after: number;
  others?: number;
  children: Branch[];
}

/**
 * The tree of the commonest labels, for a sunburst. Level d shows the `limits[d]` nodes with the most records before (ties: the one that appears
 * first), the rest as one branch with `label` null; deeper levels than limits are left out. Records whose path ends at a node are
 * what its children leave over.
 * @param before records under each node, of `countPaths`; likewise `after`.
 */
export function branches(paths: Paths, before: Int32Array, after: Int32Array, limits: readonly number[]): Branch[] {
  const below = new Map<number, number[]>();
  const kin = (parent: number) => below.get(parent) ?? [];
  // Only nodes whose parent is shown are gathered: level by level.
  let shown = new Set<number>([-1]);
  for (const limit of limits) {
    const level = new Map<number, number[]>();
    for (let n = 0; n < paths.labels.length; n++) {
      if (!shown.has(paths.parents[n])) continue;
      const list = level.get(paths.parents[n]);
      if (list) list.push(n);
      else level.set(paths.parents[n], [n]);
    }
    shown = new Set();
    for (const [parent, nodes] of level) {
      nodes.sort((a, b) => before[b] - before[a] || a - b);
      below.set(parent, nodes);
      for (const n of nodes.slice(0, limit)) shown.add(n);
    }
  }
  const make = (parent: number, depth: number): Branch[] => {
    if (depth === limits.length) return [];
    const nodes = kin(parent);
    const out: Branch[] = nodes.slice(0, limits[depth]).map((n) => ({
      label: paths.labels[n],
      before: before[n],
      after: after[n],
      children: make(n, depth + 1),
    }));
    const rest = nodes.slice(limits[depth]);
    if (rest.length)
      out.push({
        label: null,
        before: rest.reduce((sum, n) => sum + before[n], 0),
        after: rest.reduce((sum, n) => sum + after[n], 0),
        others: rest.length,
        children: [],
      });
    return out;
  };
  return make(-1, 0);
}
