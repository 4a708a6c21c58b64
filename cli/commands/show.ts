import { spansOf } from '$lib/columns/measure';
import type { Span } from '$lib/columns/types';
import { detectAll, flagColumns } from '$lib/health/summary';
import type { Detected } from '$lib/health/types';
import { rowJson } from '$lib/record/json';
import { keyText, Occurrences, recordHashes } from '$lib/record/key';
import { sliceBatch } from '$lib/record/batch';
import { viewOf } from '$lib/record/view';
import type { Batch, Mapping, View } from '$lib/record/types';
import { explainer, shortest } from '$lib/recipe/ledger';
import { SPLITS } from '$lib/recipe/types';
import { mapOfRecipe } from '$lib/recipe/sample';
import { loadHash } from '$lib/text/hash';
import { againstDetails, againstList, againstOption, againstOptions } from '../against';
import { filesOf, text, type Command, type Given } from '../command';
import { mapOption, Reading } from '../dataset';
import { DataError, UsageError } from '../errors';
import { openSources, type FileSource } from '../files';
import { gather } from '../health';
import { loadMeasuring, measure } from '../measure';
import { threadsOption } from '../options';
import { print } from '../output';
import { measurableColumns } from '../pass';
import { parsePlaces, type Places } from '../places';
import { judgeFiles, readRecipe, type Judging } from '../recipe';
import { derivedColumns } from '../setColumns';
import { vectorDetails, vectorOptions, vectorSources } from '../vectors';

export const showCommand: Command = {
  name: 'show',
  usage: 'FILE… --places 0,5-9|all [--recipe R] [--json]',
  summary: 'Shows records with their columns, spans and findings, and with a recipe their fate and why.',
  details: [
    ['--places LIST', 'places from 0, such as 0,5-9, or all'],
    ['--recipe R', 'also tell what this recipe does with each record, and how alike it is to others where it asks'],
    ['--map M', 'prompt=instruction+input,response=output,label=category, or a YAML or JSON file; default: detected'],
    ['--json', 'one object a line on standard output'],
    ...againstDetails,
    ...vectorDetails,
    ['--threads N', 'measuring threads; default: one a processor, at most 4'],
  ],
  options: {
    places: { type: 'string' },
    recipe: { type: 'string' },
    map: { type: 'string' },
    json: { type: 'boolean' },
    ...againstOptions,
    ...vectorOptions,
    threads: { type: 'string' },
  },
  lists: [againstList],
  run,
};

async function run(given: Given): Promise<number> {
  const names = filesOf(given, 'show');
  const wanted = text(given, 'places');
  if (wanted === undefined) throw new UsageError('Say which records with --places 0,5-9 or --places all.');
  const places = parsePlaces(wanted);
  const threads = threadsOption(given);
  const vectors = await vectorSources(given);
  const against = againstOption(given);
  const recipeName = text(given, 'recipe');
  if (recipeName === undefined && against.length > 0)
    throw new UsageError('--against goes with a recipe that compares with other files: add --recipe R.');
  const recipe = recipeName === undefined ? null : await readRecipe(recipeName);
  const map = (await mapOption(text(given, 'map'))) ?? (recipe ? mapOfRecipe(recipe.recipe.source) : null);
  const sources = await openSources(names);
  const judging = recipe ? await judgeFiles(recipe, sources, { threads, vectors, against }) : null;
  const { mapping, findings } = await health(sources, map, threads);
  const shown = await show(sources, mapping, findings, places, judging, given.values.json === true);
  if (shown === 0) throw new DataError(`--places ${wanted}: the data has no such place; places count from 0.`);
  return 0;
}

/** Findings need the whole set (duplicates, conflicts): one pass over everything, for flags only. */
async function health(sources: FileSource[], map: Partial<Mapping> | null, threads: number | undefined) {
  const only = (ids: string[]) => [...flagColumns(ids), ...ids.filter((id) => id.startsWith('pii_'))];
  const { seen, set } = await gather(sources, { map, threads, tokens: false, only });
  return { mapping: seen.mapping, findings: detectAll(set, set.columnIds()) };
}

async function show(
  sources: FileSource[],
  mapping: Mapping,
  findings: Detected[],
  places: Places,
  judging: Judging | null,
  json: boolean,
): Promise<number> {
  const hash = await loadHash();
  await loadMeasuring(true);
  const ids = measurableColumns(mapping, true);
  const fate = judging ? fates(judging) : null;
  const ofSet = judging ? derivedColumns(judging.judged) : [];
  const occurrences = new Occurrences();
  let shown = 0;
  for await (const batch of new Reading(sources).batches('showing')) {
    const keys = recordHashes(batch, hash);
    const rows: { row: number; key: string }[] = [];
    for (let row = 0; row < batch.rows; row++) {
      const occurrence = occurrences.add(keys[row]);
      if (places.has(batch.first + row)) rows.push({ row, key: keyText(keys[row], occurrence) });
    }
    for (const { row, key } of rows) {
      const view = viewOf(batch, row, mapping);
      const place = batch.first + row;
      const record: Shown = {
        place,
        key,
        file: sources[batch.file].name,
        line: batch.lines[row],
        json: rowJson(batch, row),
        columns: [
          ...columnsOf(batch, row, mapping, ids, hash),
          ...Array.from(ofSet, ([id, values]): [string, number] => [id, values[place]]),
        ],
        spans: spansOf(view),
        findings: findings.filter(({ places: at }) => at[place] >= 1).map(({ id }) => id),
        fate: fate ? fate(place) : null,
      };
      await print(json ? jsonOf(record) : textOf(record, view));
      shown++;
    }
    if (batch.first + batch.rows > places.last) break;
  }
  return shown;
}

/** What a ledger line says of a record besides where it is. */
type Fate = [name: string, json: string][];

interface Shown {
  place: number;
  key: string;
  file: string;
  line: number;
  json: string;
  columns: [id: string, value: number][];
  spans: Span[];
  findings: string[];
  fate: Fate | null;
}

function columnsOf(
  batch: Batch,
  row: number,
  mapping: Mapping,
  ids: string[],
  hash: Awaited<ReturnType<typeof loadHash>>,
): [string, number][] {
  const one = sliceBatch(batch, row, row + 1);
  const answer = measure({ kind: 'profile', batch: one, mapping, columns: ids, keys: false, health: false }, hash);
  if (answer.kind !== 'profile') return [];
  return ids.map((id) => [id, answer.columns[id][0]]);
}

/** The record's fate as the ledger tells it. */
function fates({ judged: { plan, measured, decision } }: Judging): (place: number) => Fate {
  const explain = explainer(plan, measured, decision);
  return (place) => {
    const why = explain(place);
    const split = decision.split[place];
    return [
      ['fate', why === null ? '"kept"' : '"dropped"'],
      ['step', String(why?.step ?? null)],
      ['column', JSON.stringify(why?.column ?? null)],
      ['value', why?.value === undefined ? 'null' : shortest(why.value)],
      ['cut', JSON.stringify(why?.cut ?? null)],
      ['split', split < SPLITS.length ? `"${SPLITS[split]}"` : 'null'],
      ['copies', String(decision.copies[place])],
    ];
  };
}

/** One line; the record stands in it digit by digit as it came. */
function jsonOf({ place, key, json, columns, spans, findings, fate }: Shown): string {
  const numbers = columns.map(([id, value]) => `${JSON.stringify(id)}:${shortest(value)}`).join(',');
  const why = (fate ?? []).map(([name, value]) => `,"${name}":${value}`).join('');
  const head = `{"place":${place},"key":"${key}","record":${json},"columns":{${numbers}}`;
  return `${head},"spans":${JSON.stringify(spans)},"findings":${JSON.stringify(findings)}${why}}\n`;
}

function textOf({ place, key, file, line, columns, spans, findings, fate }: Shown, view: View): string {
  const out = [`── ${place}  ${file}, line ${line}  ${key}`];
  for (const { role, text: said } of view.turns) out.push(`${role}: ${said}`);
  if (view.label) out.push(`label: ${view.label.join(' / ')}`);
  if (findings.length) out.push(`findings: ${findings.join(', ')}`);
  for (const { field, start, end, kind, text: found } of spans)
    out.push(`  ${kind} in ${field} ${start}-${end}: ${JSON.stringify(found)}`);
  const there = columns.filter(([, value]) => !Number.isNaN(value)).map(([id, value]) => `${id} ${shortest(value)}`);
  out.push(`columns: ${there.join(', ')}`);
  if (fate)
    out.push(
      `fate: ${fate
        .filter(([, value]) => value !== 'null')
        .map(([name, value]) => `${name} ${value.replaceAll('"', '')}`)
        .join(', ')}`,
    );
  return `${out.join('\n')}\n\n`;
}
