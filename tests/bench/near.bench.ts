/**
 * Near-duplicates: recall and precision against exact joins of real data, time and memory of a million records in one thread, growth
 * from a tenth of them, and time a record against datasketch (PyPI) in the same run.
 * Run: npx tsx tests/bench/near.bench.ts [rows] [path of a python that has datasketch]
 */
import { execFileSync, fork } from 'node:child_process';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { eachPair } from '$lib/duplicates/each-pair';
import { bestBetter, rankOrder } from '$lib/duplicates/near';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { joinShingles, SHINGLES, shingleSets, type ShingleSets, type ShingleSettings } from '$lib/text/shingles';
import { shared } from '../shared';
import { enlarged } from './data';

const rows = Number(process.argv[2] ?? 1_000_000);
const python = process.argv[3] ?? 'python3';

/** All pairs at `at` or above by an index over the rarest shingles (prefix filter of Bayardo, Ma and Srikant, WWW 2007). */
function exactJoin(texts: string[], grams: (text: string) => string[], at: number): Map<string, number> {
  const sets = texts.map((text) => [...new Set(grams(text))]);
  const often = new Map<string, number>();
  for (const set of sets) for (const gram of set) often.set(gram, (often.get(gram) ?? 0) + 1);
  for (const set of sets) set.sort((a, b) => often.get(a)! - often.get(b)! || (a < b ? -1 : 1));
  const whole = sets.map((set) => new Set(set));
  const index = new Map<string, number[]>();
  const pairs = new Map<string, number>();
  sets.forEach((set, b) => {
    const candidates = new Set<number>();
    for (const gram of set.slice(0, set.length - Math.ceil(at * set.length - 1e-9) + 1)) {
      const list = index.get(gram) ?? [];
      for (const a of list) candidates.add(a);
      list.push(b);
      index.set(gram, list);
    }
    for (const a of candidates) {
      let both = 0;
      for (const gram of set) if (whole[a].has(gram)) both++;
      const similarity = both / (sets[a].length + set.length - both);
      if (similarity >= at) pairs.set(`${a} ${b}`, similarity);
    }
  });
  return pairs;
}

function truth(
  name: string,
  texts: string[],
  grams: (text: string) => string[],
  settings: Partial<ShingleSettings>,
): void {
  const sets = shingleSets(texts, { ...SHINGLES, ...settings });
  const exact = exactJoin(texts, grams, 0.7);
  for (const floor of [0.5, 0.7, 0.8, 0.9])
    for (const at of [0.7, 0.8, 0.9].filter((value) => value >= floor)) {
      let seeds = 0;
      let found = 0;
      let wrong = 0;
      let expected = 0;
      for (const seed of [0, 1, 2, 3, 4]) {
        seeds++;
        for (const { a, b, similarity } of eachPair(nearPairs(sets, { floor, seed }), at))
          if (Math.fround(exact.get(`${a} ${b}`) ?? 0) === similarity) found++;
          else wrong++;
        for (const similarity of exact.values()) if (similarity >= at) expected++;
      }
      console.log(
        `${name}, floor ${floor}, at ${at}: ${expected / seeds} pairs; over ${seeds} seeds recall ${(found / expected).toFixed(4)}, precision ${(found / (found + wrong)).toFixed(4)}`,
      );
    }
}

const seconds = (from: number) => (performance.now() - from) / 1000;

if (process.argv[2] === '--one') {
  const [, , , path, n, floor] = process.argv;
  await work(path, 5000, SHINGLES, 0.7);
  process.send!(await work(path, Number(n), SHINGLES, Number(floor)));
  process.exit(0);
}

const alpaca = shared('data/alpaca/alpaca_data.json');
if (alpaca !== null) {
  const records = JSON.parse(readFileSync(alpaca, 'utf8')) as { instruction: string; input: string }[];
  const texts = records.map(({ instruction, input }) => `${instruction}\n${input}`);
  truth('Alpaca, words', texts, (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [], { words: 1 });
}
const waimai = shared('data/reviews-zh/waimai_10k.csv');
if (waimai !== null) {
  const { data } = Papa.parse<{ review: string }>(readFileSync(waimai, 'utf8'), { header: true, skipEmptyLines: true });
  const bigrams = (text: string) => {
    const characters = [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')];
    return characters.length < 2 ? characters : characters.slice(1).map((second, i) => characters[i] + second);
  };
  truth(
    'waimai, character bigrams',
    data.map(({ review }) => review),
    bigrams,
    { chars: 2 },
  );
}

/** Prompts of the first n records, batch by batch, so that the texts themselves are not held. */
async function* prompts(path: string, n: number): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (n-- === 0) break;
    const { instruction, input } = JSON.parse(line) as { instruction: string; input: string };
    batch.push(input ? `${instruction}\n${input}` : instruction);
    if (batch.length < 4096) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}

interface Spent {
  shingling: number;
  pairing: number;
  cpu: number;
  /** Bytes resident at most, above those before; the texts on their way included. */
  memory: number;
}

async function work(path: string, n: number, settings: ShingleSettings, floor: number): Promise<Spent> {
  const before = process.memoryUsage().rss;
  let shingling = 0;
  let cpu = 0;
  let parts: ShingleSets[] = [];
  const timed = <T>(task: () => T): T => {
    const usage = process.cpuUsage();
    const out = task();
    const { user, system } = process.cpuUsage(usage);
    cpu += (user + system) / 1e6;
    return out;
  };
  for await (const texts of prompts(path, n)) {
    const from = performance.now();
    parts.push(timed(() => shingleSets(texts, settings)));
    shingling += seconds(from);
  }
  const from = performance.now();
  const sets = timed(() => joinShingles(parts));
  parts = [];
  const pairs = timed(() => nearPairs(sets, { floor }));
  const { similarity } = timed(() => bestBetter(pairs, rankOrder([], n), null));
  const pairing = seconds(from);
  let gone = 0;
  for (const value of similarity) if (value >= 0.8) gone++;
  console.log(
    `  ${n} prompts, floor ${floor}: ${(sets.hashes.length / n).toFixed(1)} shingles a record, ${pairs.sets} sets, ${pairs.edges.a.length} edges, ${pairs.thinned} thinned, ${gone} with a better twin at 0.8`,
  );
  return { shingling, pairing, cpu, memory: process.resourceUsage().maxRSS * 1024 - before };
}

/** In a process of its own, whose memory is this work's. */
function alone(path: string, n: number, floor: number): Promise<Spent> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--one', path, String(n), String(floor)]);
    child.on('message', (spent: Spent) => resolve(spent));
    child.on('error', reject);
    child.on('exit', (status) => (status === 0 ? undefined : reject(new Error(`ended with status ${status}`))));
  });
}

const tell = (name: string, { shingling, pairing, cpu, memory }: Spent) =>
  console.log(
    `${name}: shingles ${shingling.toFixed(1)} s, pairs ${pairing.toFixed(1)} s, together ${(shingling + pairing).toFixed(1)} s (${cpu.toFixed(1)} s of processor), ${(memory / 1e6).toFixed(0)} MB added at most`,
  );

const path = await enlarged(rows);
for (const floor of [0.7, 0.5]) {
  const tenth = await alone(path, rows / 10, floor);
  tell(`${rows / 10}, floor ${floor}`, tenth);
  const whole = await alone(path, rows, floor);
  tell(`${rows}, floor ${floor}`, whole);
  const ratio = (whole.shingling + whole.pairing) / (tenth.shingling + tenth.pairing);
  console.log(
    `10 times the records take ${ratio.toFixed(1)} times as long (processor: ${(whole.cpu / tenth.cpu).toFixed(1)})`,
  );
}

/** datasketch does less: it hashes words that are already cut, and finds candidates without verifying them. */
const rival = `
import json, sys, time
import numpy
from datasketch import MinHash, MinHashLSH
texts = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
began = time.process_time()
lsh = MinHashLSH(threshold=0.7, num_perm=128)
found = 0
for i, text in enumerate(texts):
    words = text.lower().split()
    signature = MinHash(num_perm=128)
    signature.update_batch([' '.join(words[k:k + 2]).encode('utf8') for k in range(max(1, len(words) - 1))])
    found += len(lsh.query(signature))
    lsh.insert(i, signature)
print(time.process_time() - began)
`;
const sample: string[] = [];
for await (const texts of prompts(path, 20_000)) sample.push(...texts);
const file = join(tmpdir(), 'siftbook-bench', 'near-sample.jsonl');
writeFileSync(file, sample.map((text) => `${JSON.stringify(text)}\n`).join(''));
const usage = process.cpuUsage();
nearPairs(shingleSets(sample, SHINGLES), { floor: 0.7 });
const own = process.cpuUsage(usage);
const ours = (own.user + own.system) / sample.length;
console.log(`Siftbook: ${ours.toFixed(1)} µs of processor a record (${sample.length} prompts)`);
try {
  const output = execFileSync(python, ['-c', rival, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const theirs = (Number(output) * 1e6) / sample.length;
  console.log(`datasketch: ${theirs.toFixed(1)} µs a record; Siftbook takes ${(ours / theirs).toFixed(3)} of it`);
} catch {
  console.log(
    'datasketch: skipped, python or the package is not here (pip install datasketch; its python as second argument)',
  );
}
