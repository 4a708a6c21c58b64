/** Renames of label paths, as the recipe's relabel step holds them: old path → new path. */
export type Merge = Record<string, string>;

/**
 * Adds a rename to those there are. A node with children takes every path below it along; what was renamed to one of the
 * moved paths before now leads to its new place, so that no rename has to be followed twice.
 * @param paths all class paths as they are shown now
 */
export function renamed(merge: Merge, paths: readonly string[], from: string, to: string): Merge {
  const target = to
    .split('/')
    .map((part) => part.trim())
    .filter(Boolean)
    .join('/');
  if (!target || target === from) return merge;
  const moved = (path: string) =>
    path === from ? target : path.startsWith(`${from}/`) ? target + path.slice(from.length) : null;
  const next: Merge = {};
  for (const [old, now] of Object.entries(merge)) next[old] = moved(now) ?? now;
  for (const path of paths) {
    const now = moved(path);
    if (now !== null) next[path] = now;
  }
  for (const [old, now] of Object.entries(next)) if (old === now) delete next[old];
  return next;
}

/** The renames without those to one name. */
export function restored(merge: Merge, from: string): Merge {
  const next = { ...merge };
  delete next[from];
  return next;
}
