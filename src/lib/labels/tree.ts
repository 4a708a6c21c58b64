/** A label's levels parted by `/`; a node counts every record at or below it. */
export interface LabelNode {
  /** Its level; more than one, joined by `/`, where the upper ones hold nothing else. */
  name: string;
  path: string;
  /** Records at or below. */
  count: number;
  /** Records that stop here. */
  own: number;
  children: LabelNode[];
}

/** A level that holds nothing but one other is no level to a reader (`angry` of `unhappy/angry`, where no other is unhappy). */
function joined(node: LabelNode, classes: ReadonlySet<string>): LabelNode {
  let { name, path, own, children } = node;
  while (children.length === 1 && !classes.has(path)) {
    const [only] = children;
    name = `${name}/${only.name}`;
    ({ path, own, children } = only);
  }
  return { name, path, count: node.count, own, children: children.map((child) => joined(child, classes)) };
}

/**
 * The tree of labels, children by descending count, then by name in code-unit order.
 * @param paths each class's path, levels joined by `/`
 * @param counts records of each class
 */
export function labelTree(paths: readonly string[], counts: ArrayLike<number>): LabelNode {
  const root: LabelNode = { name: '', path: '', count: 0, own: 0, children: [] };
  const known = new Map<string, LabelNode>([['', root]]);
  paths.forEach((path, i) => {
    root.count += counts[i];
    let node = root;
    let at = '';
    for (const name of path.split('/')) {
      at = node === root ? name : `${at}/${name}`;
      let child = known.get(`/${at}`);
      if (!child) {
        child = { name, path: at, count: 0, own: 0, children: [] };
        known.set(`/${at}`, child);
        node.children.push(child);
      }
      child.count += counts[i];
      node = child;
    }
    node.own += counts[i];
  });
  for (const node of known.values())
    node.children.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const classes = new Set(paths);
  return { ...root, children: root.children.map((child) => joined(child, classes)) };
}

/** Nodes without children, in the tree's order. */
export function leaves(node: LabelNode): LabelNode[] {
  return node.children.length ? node.children.flatMap(leaves) : [node];
}
