import { labelTree, type LabelNode } from '$lib/labels/tree';
import type { CategoryView } from '$lib/engine/protocol';

/** A node of the label tree with its records before and after the cuts. */
export interface Branch {
  /** The path. */
  id: string;
  name: string;
  all: number;
  kept: number;
  /** Of the records pointed at. */
  part: number;
  children: Branch[];
}

/** The tree of the labels whose path contains `search`, inner nodes with the sums of what is below them. */
export function branches(
  view: Pick<CategoryView, 'names' | 'all' | 'kept'>,
  search: string,
  part: ArrayLike<number> | null = null,
): Branch[] {
  const words = search.trim().toLowerCase();
  const shown = view.names.map((_, i) => i).filter((i) => view.names[i].toLowerCase().includes(words));
  const paths = shown.map((i) => view.names[i]);
  const sums = (counts: ArrayLike<number>) => {
    const found = new Map<string, number>();
    const count = (node: LabelNode) => {
      found.set(node.path, node.count);
      node.children.forEach(count);
    };
    count(
      labelTree(
        paths,
        shown.map((i) => counts[i]),
      ),
    );
    return found;
  };
  const kept = sums(view.kept);
  const pointed = part && sums(part);
  const branch = (node: LabelNode): Branch => ({
    id: node.path,
    name: node.name,
    all: node.count,
    kept: kept.get(node.path) ?? 0,
    part: pointed?.get(node.path) ?? 0,
    children: node.children.map(branch),
  });
  return labelTree(
    paths,
    shown.map((i) => view.all[i]),
  ).children.map(branch);
}
