import { columnById } from '$lib/columns';
import type { ColumnView } from '$lib/engine/protocol';
import type { Group, Profile } from '$lib/columns/types';

/** Groups of this cell in their order; columns over the whole set come last, once they are made. */
export const GROUPS: readonly Group[] = [
  'length',
  'characters',
  'repetition',
  'words',
  'lines',
  'language',
  'instruction',
  'personal',
  'duplicates',
  'meaning',
  'field',
];

/** What is shown before anything was asked for: the columns that say most, in this order. */
const TELLING = [
  'special',
  'alnum',
  'char_repetition',
  'word_repetition',
  'mean_word_length',
  'stop_words',
  'lexical_diversity',
  'length_ratio',
  'turns',
  'line_repetition',
  'reading_grade',
  'digits',
  'top_2gram',
  'distinct_1',
  'mean_sentence_length',
  'lines',
];

/** Characters, words and tokens of the parts of a record: the Lengths cell's own. */
const LENGTHS = /^(prompt|response|total)_(chars|words|tokens)$/;

export type Sort = 'group' | 'loss' | 'name';

export function groupOf(id: string): Group {
  return id.startsWith('field:') ? 'field' : (columnById(id)?.group ?? 'field');
}

/** Is it a yes/no column, shown as a line with its count? */
export function isFlag(id: string): boolean {
  return columnById(id)?.unit === 'flag' || groupOf(id) === 'personal';
}

/**
 * Does the column belong in this cell: a number or a flag that means something for these texts, or carries a cut all the same?
 */
export function belongs(id: string, profile: Profile, cut: boolean): boolean {
  if (id.startsWith('field:')) return true;
  const column = columnById(id);
  // Clusters are numbered, not measured: they have a cell of their own.
  if (!column || !GROUPS.includes(column.group) || LENGTHS.test(id) || id === 'cluster') return false;
  return column.unit !== 'code' && column.unit !== 'rank' && (cut || (column.applies?.(profile) ?? true));
}

/** The few to show at first, and whatever carries a cut. `same`: columns with one value throughout, which say nothing. */
export function telling(
  ids: readonly string[],
  cuts: ReadonlySet<string>,
  same: (id: string) => boolean = () => false,
  most = 9,
): string[] {
  const first = TELLING.filter((id) => ids.includes(id) && !same(id)).slice(0, most);
  return [...first, ...ids.filter((id) => cuts.has(id) && !first.includes(id))];
}

/** Ids that fit a search over id and name, in the wanted order. */
export function arranged(
  ids: readonly string[],
  options: { search: string; group: Group | 'all'; sort: Sort },
  name: (id: string) => string,
  view: (id: string) => ColumnView | undefined,
): string[] {
  const words = options.search.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const found = ids.filter((id) => {
    if (options.group !== 'all' && groupOf(id) !== options.group) return false;
    const text = `${id} ${name(id)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rank = (id: string) => GROUPS.indexOf(groupOf(id));
  const place = new Map(ids.map((id, i) => [id, i]));
  const compare: Record<Sort, (a: string, b: string) => number> = {
    group: (a, b) => rank(a) - rank(b),
    loss: (a, b) => lossOf(view(b)) - lossOf(view(a)),
    name: (a, b) => name(a).localeCompare(name(b)),
  };
  return found.sort((a, b) => compare[options.sort](a, b) || place.get(a)! - place.get(b)!);
}

/** Records a column would cost: of its cut, else of its published, else of its data-driven one (from the bars). */
export function lossOf(view: ColumnView | undefined): number {
  if (!view) return -1;
  if (view.cut) return view.drops;
  const range = view.published ?? view.suggested;
  if (!range) return 0;
  let outside = 0;
  for (let i = 0; i < view.all.length; i++) {
    const [a, b] = [view.edges[i], view.edges[i + 1]];
    if ((range.min !== undefined && b <= range.min) || (range.max !== undefined && a > range.max))
      outside += view.all[i];
  }
  return outside;
}
