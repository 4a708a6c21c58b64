/** A label's levels parted by `/`; a node counts every record at or below it. */
export interface LabelNode {
  name: string;
  path: string;
  /** Records at or below. */
  count: number;
  /** Records that stop here. */
  own: number;
  children: LabelNode[];
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
  return root;
}

/** Nodes without children, in the tree's order. */
export function leaves(node: LabelNode): LabelNode[] {
  return node.children.length ? node.children.flatMap(leaves) : [node];
}
