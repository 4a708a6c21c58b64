import type { Component } from 'svelte';
import Balance from './balance/balance.svelte';
import Clusters from './clusters/clusters.svelte';
import Diversity from './diversity/diversity.svelte';
import Duplicates from './duplicates/duplicates.svelte';
import Export from './export/export.svelte';
import Fields from './fields/fields.svelte';
import Labels from './labels/labels.svelte';
import Language from './language/language.svelte';
import Lengths from './lengths/lengths.svelte';
import type { Notebook } from './notebook.svelte';
import Overview from './overview/overview.svelte';
import Split from './split/split.svelte';
import TextQuality from './text-quality/text-quality.svelte';

/** One block of the notebook. Its title is the message `cell.ID`; its component wraps itself in `cell.svelte`. */
export interface CellDefinition {
  id: string;
  component: Component;
  /** Absent: always shown. Must not flicker while data streams in. */
  shown?(notebook: Notebook): boolean;
}

/** Labels are known by the mapping, before the first class is counted. */
function labelled(notebook: Notebook): boolean {
  return (notebook.dataset?.mapping.label.length ?? 0) > 0;
}

/** Every cell in its first order. To add one: a folder, a line here, its messages. */
export const cells: readonly CellDefinition[] = [
  { id: 'overview', component: Overview },
  { id: 'fields', component: Fields },
  { id: 'lengths', component: Lengths },
  { id: 'text-quality', component: TextQuality },
  { id: 'language', component: Language },
  { id: 'duplicates', component: Duplicates },
  { id: 'clusters', component: Clusters },
  { id: 'diversity', component: Diversity },
  { id: 'labels', component: Labels, shown: labelled },
  { id: 'balance', component: Balance },
  { id: 'split', component: Split },
  { id: 'export', component: Export },
];
