import { measureViews } from '$lib/columns/measure';
import { fieldRows } from '$lib/embedding/field-rows';
import { shapesOf, type FieldShape } from '$lib/formats/write/shapes';
import { decimal } from '$lib/record/batch';
import type { RowEdits } from '$lib/record/edits';
import { recordHashes } from '$lib/record/key';
import { numericField } from '$lib/record/numeric';
import { valueText } from '$lib/record/value';
import { labelName, viewOf } from '$lib/record/view';
import type { Batch, Mapping, View } from '$lib/record/types';
import type { Hash } from '$lib/text/hash';
import { categoryColumns, categoryReader } from './category';
import { relabelled } from './measured';
import type { ClassNeed, ColumnNeed, GroupNeed, Need, Needs } from './plan';
import { rewritten } from './rewrite';
import { FIELD_PREFIX } from './steps/cut';
import { joinTexts, measureTexts, textBuffers, type TextMeasures } from './texts';

/** What one batch yields, in the order of the needs it was measured for. Only typed arrays and class names: cheap to transfer. */
export interface BatchMeasures {
  first: number;
  rows: number;
  file: number;
  /** 64-bit hash of each record as it came. */
  keys: BigUint64Array<ArrayBuffer>;
  columns: Float32Array<ArrayBuffer>[];
  groups: BigUint64Array<ArrayBuffer>[];
  /** Codes index this batch's own names, in order of first appearance; -1 = none. */
  classes: { codes: Int32Array<ArrayBuffer>; names: string[] }[];
  /** What texts are made into, for the needs of the whole set. */
  texts: TextMeasures[];
  /** Per stage with sparse needs: 1 for each record that is rewritten there, and so was measured for them. */
  changed: (Uint8Array<ArrayBuffer> | null)[];
  /** What the fields hold, for writers that must know before their first record. */
  shapes: FieldShape[];
}

/** Views held at once. */
const CHUNK = 512;

/**
 * Measures one batch for the needs of a plan, or for any part of them. `loadColumns` must have run in this thread. Depends on
 * nothing but the records, the mapping and the needs.
 */
export function measureBatch(batch: Batch, mapping: Mapping, needs: Needs, hash: Hash): BatchMeasures {
  const { rows } = batch;
  const out: BatchMeasures = {
    first: batch.first,
    rows,
    file: batch.file,
    keys: recordHashes(batch, hash) as BigUint64Array<ArrayBuffer>,
    columns: needs.columns.map(() => new Float32Array(rows)),
    groups: needs.groups.map(() => new BigUint64Array(rows)),
    classes: needs.classes.map(() => ({ codes: new Int32Array(rows), names: [] })),
    changed: needs.stages.map(({ index }) =>
      [...needs.columns, ...needs.groups, ...needs.classes].some((need) => need.sparse && need.stage === index)
        ? new Uint8Array(rows)
        : null,
    ),
    texts: [],
    shapes: shapesOf(batch),
  };
  const codeOf = needs.classes.map(() => new Map<string, number>());
  const wholes = needs.texts ?? [];
  const parts: TextMeasures[][] = wholes.map(() => []);
  const all = [...needs.columns, ...needs.groups, ...needs.classes, ...wholes];
  const last = Math.max(-1, ...all.map((need) => need.stage));
  for (let from = 0; from < rows; from += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, rows - from) }, (_, i) => from + i);
    const edits: (RowEdits | null)[] = new Array<null>(chunk.length).fill(null);
    const editsOf = (row: number) => edits[row - from];
    for (let stage = 0; stage <= last; stage++) {
      if (stage > 0) {
        const rewrite = needs.stages[stage].rewrites[stage - 1];
        for (const row of chunk) edits[row - from] = rewritten(batch, row, mapping, rewrite, editsOf(row));
      }
      measureStage(stage, chunk, editsOf, false);
      const flags = out.changed[stage];
      if (flags === null) continue;
      const changed = chunk.filter((row) => editsOf(row) !== null);
      for (const row of changed) flags[row] = 1;
      measureStage(stage, changed, editsOf, true);
    }
  }
  wholes.forEach(({ field }, t) => {
    if (field !== undefined) parts[t] = [{ parts: [fieldRows(batch, field)] }];
  });
  out.texts = wholes.map((need, t) => joinTexts(need, parts[t]));
  return out;

  function measureStage(stage: number, at: number[], editsOf: (row: number) => RowEdits | null, sparse: boolean): void {
    const here = (need: Need) => need.stage === stage && (need.sparse ?? false) === sparse;
    const columns = slots(needs.columns, (need) => here(need) && !isField(need));
    const fields = slots(needs.columns, (need) => here(need) && isField(need));
    const groups = slots(needs.groups, here);
    const classes = slots(needs.classes, (need) => here(need) && need.by !== 'cluster');
    const texts = slots(wholes, (need) => here(need) && need.field === undefined);
    if (columns.length + groups.length + classes.length + texts.length > 0) {
      const views = at.map((row) => viewOf(batch, row, mapping, editsOf(row)));
      const ids = columns.map((c) => needs.columns[c].column);
      measureViews(views, ids).forEach((values, c) => scatter(values, at, out.columns[columns[c]]));
      for (const g of groups)
        at.forEach((row, i) => {
          out.groups[g][row] = groupHash(batch, row, views[i], needs.groups[g], editsOf(row), hash);
        });
      for (const t of texts) {
        const need = wholes[t];
        const together = at.map((row, i) => joinedText(batch, row, views[i], need.on, editsOf(row)));
        parts[t].push(measureTexts(need, together));
      }
      for (const c of classes) {
        const need = needs.classes[c];
        const coded = categoryColumns(need.by);
        const values = coded && firstMeasurable(views, coded.ids);
        const read = categoryReader(need.by);
        at.forEach((row, i) => {
          const name = coded
            ? (coded.dictionary[values![i]] ?? null)
            : read
              ? read(views[i])
              : className(batch, row, views[i], need, editsOf(row));
          out.classes[c].codes[row] = name === null ? -1 : encode(name, codeOf[c], out.classes[c].names);
        });
      }
    }
    for (const c of fields) {
      const field = needs.columns[c].column.slice(FIELD_PREFIX.length);
      if (stage > 0) for (const row of at) out.columns[c][row] = decimal(valueText(batch, row, field, editsOf(row)));
      else if (at[0] === 0) out.columns[c].set(numericField(batch, field));
    }
  }
}

function scatter(values: Float32Array, at: number[], out: Float32Array): void {
  for (let i = 0; i < at.length; i++) out[at[i]] = values[i];
}

/** Each view's first value that is a number, of the columns in turn; a later column is only measured where the earlier ones are not. */
function firstMeasurable(views: View[], ids: string[]): Float32Array {
  const [values] = measureViews(views, ids.slice(0, 1));
  if (ids.length === 1) return values;
  const rest = Array.from(values.keys()).filter((i) => Number.isNaN(values[i]));
  if (rest.length === 0) return values;
  const later = firstMeasurable(
    rest.map((i) => views[i]),
    ids.slice(1),
  );
  rest.forEach((i, k) => (values[i] = later[k]));
  return values;
}

function slots<N extends Need>(needs: readonly N[], take: (need: N) => boolean): number[] {
  return needs.flatMap((need, i) => (take(need) ? [i] : []));
}

const isField = (need: ColumnNeed) => need.column.startsWith(FIELD_PREFIX);

function encode(name: string, codeOf: Map<string, number>, names: string[]): number {
  let code = codeOf.get(name);
  if (code === undefined) {
    codeOf.set(name, (code = names.length));
    names.push(name);
  }
  return code;
}

/** A mapped part or a field of the record as text, null where there is none. */
function partText(batch: Batch, row: number, view: View, part: string, edits: RowEdits | null): string | null {
  switch (part) {
    case 'prompt':
    case 'response':
    case 'system':
    case 'source':
    case 'annotator':
    case 'time':
    case 'id':
      return view[part];
    case 'label':
      return labelName(view.label);
    default:
      return valueText(batch, row, part, edits);
  }
}

/** Texts of a record one below the other; empty ones are left out. */
export function joinedText(
  batch: Batch,
  row: number,
  view: View,
  on: readonly string[],
  edits: RowEdits | null,
): string {
  const found = on.map((part) => partText(batch, row, view, part, edits) ?? '');
  return found.filter((text) => text !== '').join('\n');
}

/** Class of a record; an empty text is none. */
function className(batch: Batch, row: number, view: View, need: ClassNeed, edits: RowEdits | null): string | null {
  return partText(batch, row, view, need.by, edits) || null;
}

/**
 * Hash of the parts that a group compares: XXH64 of each part as its length in UTF-16 units, a colon and the text (`-` where
 * there is none), one after another. 0 stands for "in no group".
 */
function groupHash(batch: Batch, row: number, view: View, need: GroupNeed, edits: RowEdits | null, hash: Hash): bigint {
  let joined = '';
  let empty = true;
  for (const part of need.on) {
    let text = partText(batch, row, view, part, edits);
    if (text !== null && part === 'label') text = relabelled(text, need.merges);
    joined += text === null ? '-' : `${text.length}:${text}`;
    if (text) empty = false;
  }
  return need.skipEmpty && empty ? 0n : hash.hash64Text(joined) || 1n;
}

/** Every buffer of the measures, for `postMessage`'s transfer list. */
export function measureBuffers(measures: BatchMeasures): ArrayBuffer[] {
  const { keys, columns, groups, classes, changed, texts } = measures;
  const flags = changed.filter((flags) => flags !== null);
  const own = [keys, ...columns, ...groups, ...flags, ...classes.map(({ codes }) => codes)].map(({ buffer }) => buffer);
  return [...own, ...texts.flatMap(textBuffers)];
}
