import type { FieldShape } from '$lib/formats/write/shapes';
import type { LayoutWriter } from '$lib/formats/write/types';
import { keyText, Occurrences } from '$lib/record/key';
import { packField } from '$lib/record/rows';
import type { Batch } from '$lib/record/types';
import { shortest } from '$lib/recipe/ledger';
import type { SinkFile } from '$lib/recipe/outputs';
import { againstDetails, againstList, againstOption, againstOptions } from '../against';
import { filesOf, text, type Command, type Given } from '../command';
import { mapOption } from '../dataset';
import { DataError, UsageError } from '../errors';
import { openSources } from '../files';
import type { ProfileAnswer } from '../jobs';
import { checkOnly, onlyOption, threadsOption, tokensOption } from '../options';
import { outputFile } from '../outputFile';
import { pass } from '../pass';
import { isSetColumn, measureSetColumns, SET_COLUMNS } from '../setColumns';
import { vectorDetails, vectorOptions, vectorSources } from '../vectors';
import { layoutOfName, rowWriter } from '../writer';

export const columnsCommand: Command = {
  name: 'columns',
  usage: 'FILE… [--map M] [--only a,b] -o OUT.parquet',
  summary: "Writes every record's key, place and columns.",
  details: [
    ['-o, --output OUT', 'OUT.parquet, .arrow, .csv, .jsonl or .json; - for JSONL on standard output'],
    ['--map M', 'prompt=instruction+input,response=output,label=category, or a YAML or JSON file; default: detected'],
    ['--only a,b', 'these columns only, in this order'],
    ['', 'only so, as they take the whole set at once:'],
    ['', `${SET_COLUMNS.slice(0, 3).join(', ')},`],
    ['', `${SET_COLUMNS.slice(3, 6).join(', ')},`],
    ['', `${[...SET_COLUMNS.slice(6), 'meaning:PHRASE'].join(', ')}`],
    ...againstDetails,
    ...vectorDetails,
    ['--no-tokens', 'leave token columns out (they take most of the time)'],
    ['--threads N', 'measuring threads; default: one a processor, at most 4'],
  ],
  options: {
    output: { type: 'string', short: 'o' },
    map: { type: 'string' },
    only: { type: 'string' },
    'no-tokens': { type: 'boolean' },
    ...againstOptions,
    ...vectorOptions,
    threads: { type: 'string' },
  },
  lists: [againstList],
  run,
};

async function run(given: Given): Promise<number> {
  const names = filesOf(given, 'columns');
  const output = text(given, 'output');
  if (output === undefined) throw new UsageError('Say where to with -o OUT.parquet. See: siftbook columns --help');
  const layout = layoutOfName(output);
  const only = onlyOption(given);
  const tokens = tokensOption(given, only);
  const map = await mapOption(text(given, 'map'));
  const threads = threadsOption(given);
  const vectors = await vectorSources(given);
  const against = againstOption(given);
  const sources = await openSources(names);
  const asked = (only ?? []).filter(isSetColumn);
  const target = await outputFile(output, names);
  try {
    const ofSet = await measureSetColumns(asked, sources, { map, threads, vectors, against });
    const file = await target.open();
    const occurrences = new Occurrences();
    let writer: LayoutWriter | null = null;
    let ids: string[] = [];
    await pass(sources, {
      map,
      threads,
      tokens,
      keys: true,
      health: false,
      begin: ({ mapping }) => checkOnly(only, mapping, [...SET_COLUMNS, ...asked]),
      only(all) {
        ids = only ?? all;
        return ids.filter((id) => !ofSet.has(id));
      },
      async take(answer) {
        writer ??= await rowWriter(layout, shapes(ids));
        // Tables of float32 read any text that stands for the number; others show the shortest.
        const text = layout === 'parquet' || layout === 'arrow' ? String : shortest;
        for (const [id, values] of ofSet)
          answer.columns[id] = values.subarray(answer.first, answer.first + answer.rows);
        await put(answer, ids, text, occurrences, writer, file);
      },
    });
    if (writer === null) throw new DataError(`${names.join(', ')}: there are no records.`);
    await file.write(await (writer as LayoutWriter).finish());
    await file.close();
    await target.commit();
  } catch (error) {
    await target.abort();
    throw error;
  }
  return 0;
}

function shapes(ids: string[]): FieldShape[] {
  return [
    { name: 'key', type: 'text', arrowType: 'Utf8' },
    { name: 'place', type: 'int', arrowType: 'Int64' },
    ...ids.map((name): FieldShape => ({ name, type: 'float', arrowType: 'Float32' })),
  ];
}

/** Rows turned into texts at once: few, for each has a text a column. */
const CHUNK = 512;

async function put(
  { rows, first, file, lines, keys, columns }: ProfileAnswer,
  ids: string[],
  text: (value: number) => string,
  occurrences: Occurrences,
  writer: LayoutWriter,
  out: SinkFile,
): Promise<void> {
  for (let from = 0; from < rows; from += CHUNK) {
    const to = Math.min(rows, from + CHUNK);
    const all = new Array<boolean>(to - from).fill(true);
    const key = Array.from(keys!.subarray(from, to), (hash) => keyText(hash, occurrences.add(hash)));
    const place = Array.from({ length: to - from }, (_, row) => String(first + from + row));
    const measured = ids.map((id) => {
      const values = columns[id].subarray(from, to);
      return packField(
        id,
        'json',
        Array.from(values, text),
        Array.from(values, (value) => !Number.isNaN(value)),
      );
    });
    const batch: Batch = {
      rows: to - from,
      first: first + from,
      file,
      lines: lines.subarray(from, to),
      fields: [packField('key', 'text', key, all), packField('place', 'json', place, all), ...measured],
    };
    for (let row = 0; row < batch.rows; row++) {
      const reason = writer.write(batch, row);
      if (reason !== null) throw new Error(`record ${batch.first + row}: ${reason}`);
    }
  }
  await out.write(await writer.take());
}
