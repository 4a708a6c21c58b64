/** Microseconds a record for the cheap columns, by group and together, against plain implementations in the same run. */
import { readFileSync } from 'node:fs';
import { cheapColumns } from '../../src/lib/columns/index';
import { loadColumns, measureViews } from '../../src/lib/columns/measure';
import type { View } from '../../src/lib/record/types';
import { shared } from '../shared';

const SAMPLE = 1000;
const BYTES = 450;

interface Row {
  instruction: string;
  input: string;
  output: string;
}

function viewOf({ instruction, input, output }: Row): View {
  const prompt = input ? `${instruction}\n${input}` : instruction;
  return {
    prompt,
    response: output,
    system: '',
    turns: [
      { role: 'user', name: 'user', text: prompt },
      { role: 'assistant', name: 'assistant', text: output },
    ],
    label: null,
    source: null,
    annotator: null,
    time: null,
    id: null,
  };
}

/** Records in file order of 80 to 120 % of 450 bytes of text, so that the mean is a 450-byte record. */
function sample(path: string): View[] | null {
  const file = shared(path);
  if (!file) return null;
  const encoder = new TextEncoder();
  const views = (JSON.parse(readFileSync(file, 'utf8')) as Row[]).map(viewOf);
  return views
    .filter((view) => {
      const bytes = encoder.encode(view.prompt + view.response).length;
      return bytes > 0.8 * BYTES && bytes < 1.2 * BYTES;
    })
    .slice(0, SAMPLE);
}

const CHUNK = 50;
const PASSES = 15;
const WARM = 4;

/** Sum over chunks of each one's least processor time of several passes: what the work costs when nothing else runs. */
function micros(views: View[], pass: (views: View[]) => void): number {
  const chunks = Array.from({ length: Math.floor(views.length / CHUNK) }, (_, c) =>
    views.slice(c * CHUNK, (c + 1) * CHUNK),
  );
  const least = chunks.map(() => Infinity);
  for (let i = 0; i < WARM; i++) pass(views);
  for (let i = 0; i < PASSES; i++)
    chunks.forEach((chunk, c) => {
      const start = process.cpuUsage();
      pass(chunk);
      const { user, system } = process.cpuUsage(start);
      least[c] = Math.min(least[c], user + system);
    });
  return least.reduce((a, b) => a + b, 0) / (chunks.length * CHUNK);
}

/** Plain versions of a few columns, as one would write them first. */
const plain: Record<string, (text: string) => number> = {
  'letters, digits, Han, … by \\p{} expressions': (text) => {
    let n = 0;
    for (const form of [
      /[\p{L}\p{N}]/gu,
      /\p{Nd}/gu,
      /\s/gu,
      /\p{Lu}/gu,
      /\p{Script=Han}/gu,
      /\p{Emoji_Presentation}/gu,
      /\p{P}/gu,
    ])
      n += text.match(form)?.length ?? 0;
    return n;
  },
  'repeated characters by substrings in a Map': (text) => {
    const counts = new Map<string, number>();
    for (let i = 0; i + 10 <= text.length; i++) {
      const gram = text.slice(i, i + 10);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    return counts.size;
  },
  'n-grams of 2–10 words by joined strings in Sets': (text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    let n = 0;
    for (let size = 2; size <= 10; size++) {
      const seen = new Set<string>();
      for (let i = 0; i + size <= words.length; i++) seen.add(words.slice(i, i + size).join(' '));
      n += seen.size;
    }
    return n;
  },
  'words by Intl.Segmenter': (text) => {
    let n = 0;
    for (const part of segmenter.segment(text)) if (part.isWordLike) n++;
    return n;
  },
};
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

await loadColumns();
const groups = [...new Set(cheapColumns.map((column) => column.group))];
for (const [name, path] of [
  ['Alpaca (English)', 'data/alpaca/alpaca_data.json'],
  ['Alpaca (Chinese)', 'data/alpaca-zh/carbonz0-part-00.json'],
]) {
  const views = sample(path);
  if (!views) continue;
  const chars = views.reduce((n, view) => n + view.prompt.length + view.response!.length, 0) / views.length;
  console.log(`\n${name}: ${views.length} records of about ${BYTES} bytes (${chars.toFixed(0)} characters)`);
  const table: Record<string, { columns: number | string; 'µs a record': string; 'times all': string }> = {};
  const time = (ids: string[]) => micros(views, (chunk) => measureViews(chunk, ids));
  for (const group of groups) {
    const ids = cheapColumns.filter((column) => column.group === group).map((column) => column.id);
    table[group] = { columns: ids.length, 'µs a record': time(ids).toFixed(1), 'times all': '' };
  }
  // Last, when every path of this language is compiled.
  const all = time(cheapColumns.map((column) => column.id));
  table['all cheap columns together'] = {
    columns: cheapColumns.length,
    'µs a record': all.toFixed(1),
    'times all': '1.00',
  };
  for (const [what, run] of Object.entries(plain)) {
    const cost = micros(views, (chunk) => {
      for (const view of chunk) run(view.response!);
    });
    table[what] = { columns: 'rival', 'µs a record': cost.toFixed(1), 'times all': (cost / all).toFixed(2) };
  }
  console.table(table);
  if (process.env.EACH)
    console.table(
      Object.fromEntries(
        cheapColumns
          .map(({ id }): [string, string] => [id, time([id]).toFixed(1)])
          .sort((a, b) => Number(b[1]) - Number(a[1]))
          .slice(0, 30),
      ),
    );
}
