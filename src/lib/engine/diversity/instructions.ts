/** What the prompts of the open dataset ask for: read once on the workers, summed up for recipe after recipe. */
import { joinInstructions, type InstructionCodes } from '$lib/diversity/codes';
import type { Paths } from '$lib/diversity/paths';
import { SENTENCE_TYPES } from '$lib/diversity/sentence-type';
import { InstructionSummaries } from '$lib/diversity/summary';
import { TASK_TYPES } from '$lib/diversity/task-rules';
import type { Classes } from '$lib/recipe/measured';
import { eachSlice, SLICE } from '../measuring';
import { Pace } from '../pace';
import { LATER, type Pool } from '../pool';
import type { MeasureApi } from '../measure-api';
import type { InstructionQuery } from '../protocol';
import type { Opened, Surroundings } from '../state';

/** Places in the order of their draws: the same records give the same samples, whatever the recipe. */
export const DRAW = { seed: 0, kind: 'diversity', group: null };

export interface Instructions {
  codes: InstructionCodes;
  /** Places of the records read, ascending; null: all. */
  places: Uint32Array | null;
  summaries: InstructionSummaries;
}

/** Reads the prompts of all records, or of `limit` of them by draw. */
export async function readInstructions(
  { dataset, mapping, table }: Opened,
  pool: Pool<MeasureApi>,
  around: Pick<Surroundings, 'emit'>,
  limit: number | null,
  signal: AbortSignal,
): Promise<Instructions> {
  const { rows } = dataset;
  const places =
    limit === null || limit >= rows ? null : table.measured.order(DRAW).slice(0, Math.max(0, limit)).sort();
  const total = places?.length ?? rows;
  const parts: { first: number; codes: InstructionCodes }[] = [];
  const pace = new Pace('diversity', around);
  let done = 0;
  pace.at(0, total);
  try {
    await eachSlice(pool, dataset.slices(0, SLICE), LATER, signal, async (api, batch) => {
      const { first } = batch;
      const chosen = places && within(places, first, batch.rows);
      if (chosen?.length === 0) return;
      const codes = await api.instructions(batch, mapping, chosen);
      parts.push({ first, codes });
      pace.at((done += codes.task.length), total);
    });
  } finally {
    pace.finish();
  }
  parts.sort((a, b) => a.first - b.first);
  const codes = joinInstructions(parts.map((part) => part.codes));
  return { codes, places, summaries: new InstructionSummaries(codes) };
}

/** Rows of a batch among ascending places. */
function within(places: Uint32Array, first: number, rows: number): Uint32Array {
  const from = lowerBound(places, first);
  return places.slice(from, lowerBound(places, first + rows)).map((place) => place - first);
}

function lowerBound(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The kept bytes of the records read. */
export function keptOf({ places }: Instructions, kept: Uint8Array): Uint8Array {
  return places ? Uint8Array.from(places, (place) => kept[place]) : kept;
}

/** Kinds of instructions as a category, names in order of first appearance as a recipe's run numbers them. */
export function kindClasses(kinds: Uint8Array, all: readonly string[]): Classes {
  const names: string[] = [];
  const numbers = new Int32Array(256).fill(-1);
  const codes = Int32Array.from(kinds, (kind) => {
    if (kind >= all.length) return -1;
    if (numbers[kind] < 0) numbers[kind] = names.push(all[kind]) - 1;
    return numbers[kind];
  });
  return { codes, names };
}

/** Whether a record's instruction is the one asked for; nothing passes before instructions are read. */
export function instructionTest(
  { task, sentence, phrase, opening }: InstructionQuery,
  found: Instructions | null,
  rows: number,
): (place: number) => boolean {
  const passing = new Uint8Array(rows);
  if (found) {
    const { codes, places } = found;
    const tests: ((i: number) => boolean)[] = [];
    if (task !== undefined) tests.push(equal(codes.task, TASK_TYPES.indexOf(task)));
    if (sentence !== undefined) tests.push(equal(codes.sentence, SENTENCE_TYPES.indexOf(sentence)));
    if (phrase) tests.push(below(codes.phrase, phrase));
    if (opening) tests.push(below(codes.opening, opening));
    for (let i = 0; i < codes.task.length; i++) if (tests.every((test) => test(i))) passing[places ? places[i] : i] = 1;
  }
  return (place) => passing[place] === 1;
}

const equal = (values: Uint8Array, code: number) => (i: number) => values[i] === code;

/** Does a record's path begin with these labels? */
function below({ codes, labels, parents }: Paths, path: readonly string[]): (i: number) => boolean {
  // Depth to which a node's path agrees with the one asked for; −1 where it has left it.
  const depth = new Int32Array(labels.length);
  for (let n = 0; n < labels.length; n++) {
    const above = parents[n] < 0 ? 0 : depth[parents[n]];
    if (above === path.length || above < 0) depth[n] = above;
    else depth[n] = labels[n] === path[above] ? above + 1 : -1;
  }
  return (i) => codes[i] >= 0 && depth[codes[i]] === path.length;
}
