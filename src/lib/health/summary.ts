import { exactSummary, type ExactSummary } from '$lib/duplicates/exact';
import { groupsOf } from '$lib/duplicates/groups';
import { columnById, findingColumns, scoreColumn } from '$lib/columns/index';
import { binIndex, binning } from '$lib/columns/histogram';
import { sortedValues, statsOfSorted } from '$lib/columns/stats';
import type { Column, ColumnStats } from '$lib/columns/types';
import { longTail } from '$lib/labels/tail';
import type { HealthCollector } from './collector';
import type { FieldFacts } from './fields';
import { detect, inOrderOfHarm } from './findings';
import { nearDuplicates, nearSummary, type NearCompared, type NearSummary } from './near';
import { semanticDuplicates, type SemanticCompared } from './semantic';
import type { Detected, HealthSet } from './types';
import { columnFailure } from '$lib/columns/messages';

/** A column's order statistics and its histogram: bin i is [edges[i], edges[i + 1]). */
export interface ColumnSummary extends ColumnStats {
  histogram: { edges: number[]; counts: number[] };
}

/** The classes of one label field; `ratio` is the largest over the smallest, `top_share` the largest's share of records. */
export interface LabelSummary {
  /** Fields of the path's levels, outermost first. */
  field: string;
  /** By descending count. */
  classes: { label: string; count: number }[];
  ratio: number;
  top_share: number;
  /** exp of the entropy of the classes. */
  effective: number;
}

/** Equal prompts, and how many of them are answered in different ways. Fields are compared as they stand: absent is not empty. */
export interface PromptSummary extends ExactSummary {
  differing: number;
}

/** The part of `profile --json` that follows from what was gathered. */
export interface Summary {
  rows: number;
  fields: FieldFacts[];
  columns: Record<string, ColumnSummary>;
  /** `near`: where it was looked for. */
  duplicates: { exact: ExactSummary; prompts: PromptSummary; near?: NearSummary };
  labels: LabelSummary | null;
  language: Record<string, number>;
  findings: Detected[];
}

/** The definition of a column by id, `field:NAME` included. */
function definition(id: string): Column {
  const column = id.startsWith('field:') ? scoreColumn(id.slice('field:'.length)) : columnById(id);
  if (!column) throw columnFailure('columns.unknown', { id });
  return column;
}

/** Ids of the 0/1 columns, which a collector keeps in a byte each. */
export function flagColumns(ids: readonly string[]): string[] {
  return ids.filter((id) => definition(id).unit === 'flag');
}

/** Everything wrong with a set whose columns come from the list of columns. */
export function detectAll(set: HealthSet, ids: readonly string[]): Detected[] {
  const flags = findingColumns.map(({ id, severity }) => ({ id, severity: severity ?? 1 }));
  return detect(
    set,
    flags.filter(({ id }) => ids.includes(id)),
    ids.filter((id) => id.startsWith('pii_')),
  );
}

/** Statistics and histogram of one column. */
export function columnSummary(id: string, values: Float32Array): ColumnSummary {
  const stats = statsOfSorted(sortedValues(values), values.length);
  const { edges } = binning(stats, definition(id));
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const bin of binIndex(values, edges)) if (bin < counts.length) counts[bin]++;
  return { ...stats, histogram: { edges: [...edges], counts } };
}

/** Sums up everything that was gathered; `near`, `semantic`: what was compared for near-duplicates, and for those by meaning. */
export function summarise(
  set: HealthCollector,
  near: NearCompared | null = null,
  semantic: SemanticCompared | null = null,
): Summary {
  const ids = set.columnIds();
  const columns: Record<string, ColumnSummary> = {};
  for (const id of ids) {
    const values = set.column(id);
    if (values) columns[id] = columnSummary(id, values);
  }
  return {
    rows: set.rows,
    fields: set.fields(),
    columns,
    duplicates: {
      exact: exactSummary(groupsOf(set.content), set.contentFields),
      prompts: promptSummary(set),
      ...(near && { near: nearSummary(near) }),
    },
    labels: labelSummary(set),
    language: languages(set),
    findings: inOrderOfHarm([
      ...detectAll(set, ids),
      ...(near ? nearDuplicates(set, near) : []),
      ...(semantic ? semanticDuplicates(set, semantic, near) : []),
    ]),
  };
}

function promptSummary(set: HealthCollector): PromptSummary {
  const { mapping } = set;
  const prompts = groupsOf(set.asked);
  const answers = groupsOf(set.responses);
  const first = new Int32Array(prompts.count).fill(-1);
  const differs = new Uint8Array(prompts.count);
  for (let place = 0; place < set.rows; place++) {
    const prompt = prompts.ids[place];
    if (first[prompt] < 0) first[prompt] = answers.ids[place];
    else if (first[prompt] !== answers.ids[place]) differs[prompt] = 1;
  }
  const on = mapping.messages === null ? mapping.prompt : [mapping.messages];
  return { ...exactSummary(prompts, on), differing: differs.reduce((sum, yes) => sum + yes, 0) };
}

function labelSummary({ labels, mapping }: HealthCollector): LabelSummary | null {
  if (labels === null) return null;
  const counts = new Int32Array(labels.names.length);
  for (const code of labels.codes) if (code >= 0) counts[code]++;
  const { order, ratio, topShare, effective } = longTail(counts);
  return {
    field: mapping.label.join('/'),
    classes: order.map((code) => ({ label: labels.names[code], count: counts[code] })),
    ratio,
    top_share: topShare,
    effective,
  };
}

/** Records by language: that of the response, or of the prompt where there is no response. */
function languages(set: HealthCollector): Record<string, number> {
  const responses = set.column('response_language');
  const prompts = set.column('prompt_language');
  const dictionary = columnById('prompt_language')?.dictionary;
  if (!responses || !prompts || !dictionary) return {};
  const counts = new Map<string, number>();
  for (let place = 0; place < set.rows; place++) {
    const code = Number.isNaN(responses[place]) ? prompts[place] : responses[place];
    if (!Number.isNaN(code)) counts.set(dictionary[code], (counts.get(dictionary[code]) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
