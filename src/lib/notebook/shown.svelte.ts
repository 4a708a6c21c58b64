import { cells } from './cells';
import type { Notebook } from './notebook.svelte';

/** Ids of cells and prose in the user's order: those to be seen, or (`all`) hidden ones too. */
export function shownCells(notebook: Notebook, all = false): string[] {
  const known = cells.filter((cell) => cell.shown?.(notebook) ?? true).map((cell) => cell.id);
  const order = notebook.cells.order(known);
  return all ? order : order.filter((id) => !notebook.cells.hidden(id));
}
