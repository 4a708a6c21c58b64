import type { Component } from 'svelte';
import type { Notebook } from './notebook.svelte';

/** One block of the notebook. Its title is the message `cell.ID`; its component wraps itself in `cell.svelte`. */
export interface CellDefinition {
  id: string;
  component: Component;
  /** Absent: always shown. Must not flicker while data streams in. */
  shown?(notebook: Notebook): boolean;
}

/** Every cell in its first order. To add one: a folder, a line here, its messages. */
export const cells: readonly CellDefinition[] = [];
