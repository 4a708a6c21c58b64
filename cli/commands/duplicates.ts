import { eachAcross, nearAgainst, type AcrossPairs } from '$lib/duplicates/against';
import { countPairs, eachPair } from '$lib/duplicates/each-pair';
import { nearGroups } from '$lib/duplicates/near-groups';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { LEAKED, OVERLAP, OverlapIndex } from '$lib/duplicates/overlap';
import { NO_SET } from '$lib/duplicates/sets';
import { IGNORED, LIKENESSES, likeness } from '$lib/recipe/alike';
import { shortest } from '$lib/recipe/ledger';
import type { Likeness } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import { SHINGLES, type ShingleSettings } from '$lib/text/shingles';
import { filesOf, text, type Command, type Given } from '../command';
import { mapOption } from '../dataset';
import { UsageError } from '../errors';
import { Excerpts, readTexts } from '../excerpts';
import { openSources, type FileSource } from '../files';
import { threadsOption } from '../options';
import { count, print } from '../output';
import { shingle } from '../shingling';

/** What is compared when nothing is said, and from which similarity on. */
const ON = ['prompt'];
const AT = 0.8;
/** Groups and pairs shown of each kind. */
const SHOWN = 5;

export const duplicatesCommand: Command = {
  name: 'duplicates',
  usage: 'FILE… [--on FIELDS] [--at T] [--against FILE…] [--json]',
  summary: 'Finds near-duplicates: pairs of records whose shingle sets have a Jaccard similarity of T or more.',
  details: [
    ['--on FIELDS', `what is compared: prompt, response, system, or fields of the file; default ${ON.join(',')}`],
    ['--at T', `least similarity, above 0, at most 1; default ${AT}`],
    ['--words N', `words of a shingle; default ${SHINGLES.words}`],
    ['--chars N', `characters of a shingle in Chinese; default ${SHINGLES.chars}`],
    ['--ignore LIST', `differences that do not count: ${LIKENESSES.join(', ')}, or none; default ${IGNORED.join(',')}`],
    ['--against FILE…', 'find records of FILE that are also in these; in pairs, b is then a place in them'],
    ['--map M', 'prompt=instruction+input,response=output,label=category, or a YAML or JSON file; default: detected'],
    ['--json', 'one line a pair, {"a", "b", "similarity"}, on standard output'],
    ['--threads N', 'threads that read texts; default: one a processor, at most 4'],
  ],
  options: {
    on: { type: 'string' },
    at: { type: 'string' },
    words: { type: 'string' },
    chars: { type: 'string' },
    ignore: { type: 'string' },
    against: { type: 'string', multiple: true },
    map: { type: 'string' },
    json: { type: 'boolean' },
    threads: { type: 'string' },
  },
  lists: ['against'],
  run,
};

interface Pair {
  a: number;
  b: number;
  similarity: number;
}

async function run(given: Given): Promise<number> {
  const names = filesOf(given, 'duplicates');
  const against = (given.values.against ?? []) as string[];
  if ([...names, ...against].filter((name) => name === '-').length > 1)
    throw new UsageError('Standard input (-) can be read only once.');
  const at = similarityOption(given);
  const on = onOption(given);
  const settings: ShingleSettings = {
    ...SHINGLES,
    words: sizeOption(given, 'words', SHINGLES.words),
    chars: sizeOption(given, 'chars', SHINGLES.chars),
    ...likeness(ignoreOption(given)),
  };
  const options = { map: await mapOption(text(given, 'map')), threads: threadsOption(given), on, settings };
  const sources = await openSources(names);
  const others = against.length ? await openSources(against) : null;
  const { sets } = await shingle(sources, options);
  const json = given.values.json === true;
  if (others === null) {
    const pairs = nearPairs(sets, { floor: at });
    if (json) await printPairs(eachPair(pairs, at), pairs.thinned);
    else await describe(pairs, at, new Excerpts(sources, options));
    return 0;
  }
  const pairs = nearAgainst(sets, (await shingle(others, options)).sets, { floor: at });
  if (json) await printPairs(eachAcross(pairs, at), pairs.thinned);
  else {
    const [own, other] = [new Excerpts(sources, options), new Excerpts(others, options)];
    await describeAcross(pairs, at, own, other);
    await describeLeaks(sources, others, options, other);
  }
  return 0;
}

function similarityOption(given: Given): number {
  const value = text(given, 'at');
  if (value === undefined) return AT;
  const at = value.trim() === '' ? NaN : Number(value);
  if (!(at > 0 && at <= 1)) throw new UsageError(`--at ${value}: expected a similarity above 0, at most 1.`);
  return at;
}

function sizeOption(given: Given, name: string, size: number): number {
  const value = text(given, name);
  if (value === undefined) return size;
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1 || n > 100)
    throw new UsageError(`--${name} ${value}: expected a whole number from 1 to 100.`);
  return n;
}

function ignoreOption(given: Given): readonly Likeness[] {
  const value = text(given, 'ignore');
  if (value === undefined) return IGNORED;
  const names = value.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'none') return [];
  return names.map((name) => {
    const known = LIKENESSES.find((one) => one === name);
    if (known) return known;
    throw new UsageError(`--ignore ${value}: expected none, or some of ${LIKENESSES.join(', ')}.`);
  });
}

function onOption(given: Given): string[] {
  const on = (text(given, 'on') ?? ON.join(','))
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (on.length === 0) throw new UsageError('--on: name at least one field, such as prompt or prompt,response.');
  return on;
}

/** Characters written at once. */
const CHUNK = 1 << 16;

/** Pairs as they are made, in pieces: there may be more than memory holds. That some are left out is told beside them. */
async function printPairs(pairs: Iterable<Pair>, left: number): Promise<void> {
  let out = '';
  let last = NaN;
  let digits = '';
  for (const { a, b, similarity } of pairs) {
    if (similarity !== last) digits = shortest((last = similarity));
    out += `{"a":${a},"b":${b},"similarity":${digits}}\n`;
    if (out.length < CHUNK) continue;
    await print(out);
    out = '';
  }
  if (out !== '') await print(out);
  if (left) process.stderr.write(thinned(left).trimStart());
}

async function describe(pairs: ReturnType<typeof nearPairs>, at: number, excerpts: Excerpts): Promise<void> {
  const { set } = pairs;
  const groups = nearGroups(pairs, at);
  const found = countPairs(pairs, at);
  const extra = groups.places.length - groups.count;
  await print(
    `${records(set, 0, set.length, at)}\n` +
      `  pairs                  ${atLeast(pairs.thinned)}${count(found)}\n` +
      `  groups                 ${count(groups.count)}\n` +
      `  beyond one a group     ${count(extra)} (${share(extra, set.length)})\n` +
      thinned(pairs.thinned),
  );
  const largest = Array.from({ length: Math.min(SHOWN, groups.count) }, (_, g) =>
    groups.places.subarray(groups.offsets[g], groups.offsets[g + 1]),
  );
  const examples = first(unequal(eachPair(pairs, at), set));
  const texts = await excerpts.of([...largest.map((places) => places[0]), ...examples.flatMap(({ a, b }) => [a, b])]);
  if (largest.length) await print('\nLargest groups\n');
  for (const places of largest) {
    const more = places.length > 6 ? ', …' : '';
    await print(
      `  ${count(places.length)} records: ${places.slice(0, 6).join(', ')}${more}\n    ${texts.get(places[0])}\n`,
    );
  }
  if (examples.length) await print('\nAlike, not equal\n');
  for (const { a, b, similarity } of examples)
    await print(`  ${a} and ${b}: ${similarity.toFixed(2)}\n    ${texts.get(a)}\n    ${texts.get(b)}\n`);
}

async function describeAcross(pairs: AcrossPairs, at: number, own: Excerpts, other: Excerpts): Promise<void> {
  const { set, split } = pairs;
  let found = 0;
  const left = new Set<number>();
  const right = new Set<number>();
  const examples: Pair[] = [];
  for (const pair of eachAcross(pairs, at)) {
    found++;
    if (examples.length < SHOWN && !left.has(pair.a)) examples.push(pair);
    left.add(pair.a);
    right.add(pair.b);
  }
  await print(
    `${records(set, 0, split, at)}\n` +
      `against ${count(set.length - split)} records\n` +
      `  pairs                  ${atLeast(pairs.thinned)}${count(found)}\n` +
      `  records also there     ${count(left.size)} (${share(left.size, split)})\n` +
      `  of those, found here   ${count(right.size)} (${share(right.size, set.length - split)})\n` +
      thinned(pairs.thinned),
  );
  const here = await own.of(examples.map(({ a }) => a));
  const there = await other.of(examples.map(({ b }) => b));
  if (examples.length) await print('\nExamples\n');
  for (const { a, b, similarity } of examples)
    await print(`  ${a} and ${b} there: ${similarity.toFixed(2)}\n    ${here.get(a)}\n    ${there.get(b)}\n`);
}

/** Where the other set's texts stand inside longer ones, in whichever part of a record. */
async function describeLeaks(
  sources: FileSource[],
  others: FileSource[],
  options: { map: Partial<Mapping> | null; on: string[] },
  other: Excerpts,
): Promise<void> {
  const references: (string | null)[] = [];
  for await (const { texts } of readTexts(others, options)) references.push(...texts);
  const index = new OverlapIndex(references);
  const leaks: { place: number; share: number; match: number }[] = [];
  let found = 0;
  const whole = { ...options, on: [...new Set([...options.on, 'prompt', 'response', 'system'])] };
  for await (const { texts, first } of readTexts(sources, whole)) {
    const { share: shares, match } = index.find(texts);
    shares.forEach((value, row) => {
      if (!(value >= LEAKED)) return;
      found++;
      if (leaks.length < SHOWN) leaks.push({ place: first + row, share: value, match: match[row] });
    });
  }
  await print(
    `\nRecords in which a text of theirs stands: ${count(found)} ` +
      `(${100 * LEAKED} % of its ${OVERLAP.words}-word or ${OVERLAP.chars}-character n-grams, or more)\n`,
  );
  const there = await other.of(leaks.map(({ match }) => match));
  for (const { place, share: value, match } of leaks)
    await print(`  ${place} holds ${(100 * value).toFixed(0)} % of ${match} there\n    ${there.get(match)}\n`);
}

function records(set: Uint32Array, from: number, to: number, at: number): string {
  let empty = 0;
  for (let i = from; i < to; i++) if (set[i] === NO_SET) empty++;
  const without = empty ? ` (${count(empty)} without text)` : '';
  return `${count(to - from)} records${without}, similarity ${at} or more`;
}

const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;

const atLeast = (thinned: number) => (thinned ? 'at least ' : '');

const thinned = (sets: number) =>
  sets
    ? `  ${count(sets)} texts have so much in common with hundreds of others that not every pair was compared: these pairs are right, others are missing\n`
    : '';

/** Pairs of different shingle sets. */
function* unequal(pairs: Iterable<Pair>, set: Uint32Array): Generator<Pair> {
  for (const pair of pairs) if (set[pair.a] !== set[pair.b]) yield pair;
}

function first(pairs: Iterable<Pair>): Pair[] {
  const out: Pair[] = [];
  for (const pair of pairs) {
    out.push(pair);
    if (out.length === SHOWN) break;
  }
  return out;
}
