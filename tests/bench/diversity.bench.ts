/** Microseconds a prompt for the instruction codes, and milliseconds for the summaries of a million records, against rivals in the same run. */
import { readFileSync } from 'node:fs';
import nlp from 'compromise/three';
import * as jieba from 'jieba-wasm';
import {
  DiversityFigures,
  InstructionSummaries,
  type InstructionCodes,
  joinInstructions,
  measureInstructions,
  WordNumbers,
} from '../../src/lib/diversity/index';
import { loadSegmenter } from '../../src/lib/text/segment';
import { shared } from '../shared';

interface Row {
  instruction: string;
  input: string;
}

/** Processor time of this process, so that other work on the machine counts less. */
function used(pass: () => void): number {
  const before = process.cpuUsage().user;
  pass();
  return process.cpuUsage().user - before;
}

function prompts(path: string, count: number): string[] | null {
  const file = shared(path);
  if (!file) return null;
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Row[];
  return rows.slice(0, count).map(({ instruction, input }) => (input ? `${instruction}\n${input}` : instruction));
}

async function main() {
  await loadSegmenter();
  const en = prompts('data/alpaca/alpaca_data.json', 6000);
  const zh = prompts('data/alpaca-zh/carbonz0-part-00.json', 6000);
  const batches: InstructionCodes[] = [];
  for (const [name, rival, texts] of [
    ['English', 'compromise/three', en],
    ['Chinese', 'jieba-wasm tag', zh],
  ] as const) {
    if (!texts) continue;
    const warm = texts.slice(0, 2000);
    const rest = texts.slice(2000);
    const tag = (text: string) => (name === 'English' ? nlp(text.slice(0, 300)) : jieba.tag(text.slice(0, 300), false));
    measureInstructions(warm);
    warm.forEach(tag);
    const own = used(() => batches.push(measureInstructions(rest))) / rest.length;
    const other = used(() => rest.forEach(tag)) / rest.length;
    console.log(
      `${name}: ${own.toFixed(0)} µs a prompt; ${rival} ${other.toFixed(0)} µs; ratio ${(own / other).toFixed(2)}`,
    );
  }
  if (!en || !zh) return;

  const small = joinInstructions(batches);
  const copies = Math.ceil(1e6 / small.task.length);
  const joined = used(() => joinInstructions(Array.from({ length: copies }, () => small))) / 1000;
  const codes = joinInstructions(Array.from({ length: copies }, () => small));
  const rows = codes.task.length;
  const kept = Uint8Array.from({ length: rows }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 31 ? 1 : 0));
  const summaries = new InstructionSummaries(codes);
  for (let i = 0; i < 5; i++) summaries.of(kept);
  const times = Array.from({ length: 15 }, () => used(() => summaries.of(kept)) / 1000).sort((a, b) => a - b);
  const naive = () => {
    const counts = new Map<string, number>();
    const { phrase } = codes;
    for (let i = 0; i < rows; i++)
      if (kept[i] && phrase.codes[i] >= 0) {
        const label = phrase.labels[phrase.codes[i]];
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
  };
  naive();
  const rival = used(naive) / 1000;
  console.log(
    `${rows} records: join ${joined.toFixed(0)} ms, a summary ${times[7].toFixed(1)} ms; one tally of labels in a Map ${rival.toFixed(0)} ms, ratio ${(times[7] / rival).toFixed(2)}`,
  );

  const words = new WordNumbers();
  const own = [...en, ...zh].map((text) => words.of(text));
  const dim = 384;
  const vectors = Float32Array.from({ length: own.length * dim }, (_, i) => {
    const mixed = Math.imul(i ^ (i >>> 15), 0x2c1b3c6d);
    return Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) / 2 ** 31;
  });
  for (let r = 0; r < own.length; r++) {
    const row = vectors.subarray(r * dim, (r + 1) * dim);
    const norm = Math.hypot(...row);
    row.forEach((value, d) => (row[d] = value / norm));
  }
  const source = {
    order: Uint32Array.from({ length: own.length }, (_, i) => (i * 5003) % own.length),
    words: (place: number) => own[place],
    vector: (place: number) => vectors.subarray(place * dim, (place + 1) * dim),
  };
  const mask = Uint8Array.from(own, (_, i) => (i % 3 ? 1 : 0));
  const figures = new DiversityFigures(source);
  const first = used(() => figures.of(mask)) / 1000;
  mask[source.order[1]] ^= 1;
  const next = used(() => figures.of(mask)) / 1000;
  console.log(
    `figures of samples of 500 (384 dimensions): ${first.toFixed(0)} ms at first, ${next.toFixed(0)} ms after a cut`,
  );
}

void main();
