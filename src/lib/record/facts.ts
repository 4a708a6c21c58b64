import { decimal, fieldOf, slotText } from './batch';
import { plainName } from './names';
import { isTurn, roleName } from './turns';
import type { Batch } from './types';
import { parseJson } from './value';

/** What a sample says about one field. Shares are of the `present` rows (neither absent, null nor empty). */
export interface Facts {
  name: string;
  /** The name in lower case, without punctuation and spaces (Han and digits stay). */
  plain: string;
  /** Rows sampled, and rows with a value in it. */
  rows: number;
  present: number;
  strings: number;
  numbers: number;
  /** Numbers or texts that are a plain decimal number; of these, whole ones. */
  decimals: number;
  integers: number;
  lists: number;
  objects: number;
  /** Lists of turns or single turns; how many of those spell the speaker `from`. */
  turns: number;
  from: number;
  /** Lists whose items are `[question, answer]`. */
  histories: number;
  distinct: number;
  /** Mean length of the strings in characters, and the longest. */
  meanChars: number;
  maxChars: number;
  /** Texts with white space or Han inside: prose rather than codes. */
  prose: number;
  dates: number;
  epochs: number;
  /** Texts such as `3` or `3,17`: one or several class numbers. */
  codes: number;
}

/** How many rows a sample looks at. */
export const SAMPLE = 2000;

const ISO = /^\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[-+]\d{2}:?\d{2})?)?$/;

/** Facts of every field over at most `SAMPLE` rows, evenly spread over the batches. */
export function gatherFacts(batches: readonly Batch[]): Facts[] {
  const total = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const step = Math.max(1, total / SAMPLE);
  const picked = new Map<Batch, number[]>();
  for (let at = 0, first = 0, b = 0; at < total && b < batches.length;) {
    const row = Math.floor(at) - first;
    if (row >= batches[b].rows) {
      first += batches[b++].rows;
      continue;
    }
    const rows = picked.get(batches[b]);
    if (rows) rows.push(row);
    else picked.set(batches[b], [row]);
    at += step;
  }
  const names = new Set(batches.flatMap((batch) => batch.fields.map((field) => field.name)));
  return [...names].map((name) => factsOf(name, picked));
}

function factsOf(name: string, picked: Map<Batch, number[]>): Facts {
  const facts: Facts = {
    name,
    plain: plainName(name),
    rows: 0,
    present: 0,
    strings: 0,
    numbers: 0,
    decimals: 0,
    integers: 0,
    lists: 0,
    objects: 0,
    turns: 0,
    from: 0,
    histories: 0,
    distinct: 0,
    meanChars: 0,
    maxChars: 0,
    prose: 0,
    dates: 0,
    epochs: 0,
    codes: 0,
  };
  const seen = new Set<string>();
  let chars = 0;
  for (const [batch, rows] of picked) {
    facts.rows += rows.length;
    const field = fieldOf(batch, name);
    if (field === null) continue;
    for (const row of rows) {
      const text = slotText(field, row);
      if (text === null || text === '' || text === '""' || text === '[]') continue;
      facts.present++;
      seen.add(text);
      const value = field.kind === 'json' ? parseJson(text) : /^\s*\[/.test(text) ? (parseJson(text) ?? text) : text;
      if (typeof value === 'string') {
        chars += value.length;
        textFacts(value, facts);
      } else if (typeof value === 'number') numberFacts(value, facts);
      else if (Array.isArray(value)) listFacts(value, facts);
      else if (typeof value === 'object' && value !== null) {
        facts.objects++;
        if (isTurn(value)) turnFacts([value], facts);
      }
    }
  }
  facts.distinct = seen.size;
  facts.meanChars = facts.strings > 0 ? chars / facts.strings : 0;
  return facts;
}

function textFacts(text: string, facts: Facts): void {
  facts.strings++;
  facts.maxChars = Math.max(facts.maxChars, text.length);
  if (/[\s\p{Script=Han}]/u.test(text.trim())) facts.prose++;
  if (text.length < 40) {
    if (ISO.test(text.trim())) facts.dates++;
    if (/^\d+(,\d+)*$/.test(text)) facts.codes++;
    const number = decimal(text);
    if (!Number.isNaN(number)) {
      facts.decimals++;
      if (Number.isInteger(number)) facts.integers++;
      if (isEpoch(number)) facts.epochs++;
    }
  }
}

function numberFacts(number: number, facts: Facts): void {
  facts.numbers++;
  facts.decimals++;
  if (Number.isInteger(number)) facts.integers++;
  if (isEpoch(number)) facts.epochs++;
}

/** Seconds or milliseconds since 1970, between 1990 and 2100. */
function isEpoch(number: number): boolean {
  return (number >= 631152000 && number < 4102444800) || (number >= 631152000e3 && number < 4102444800e3);
}

function listFacts(list: unknown[], facts: Facts): void {
  facts.lists++;
  if (list.every((item) => Array.isArray(item) && item.length === 2)) facts.histories++;
  turnFacts(list, facts);
}

function turnFacts(list: unknown[], facts: Facts): void {
  const turn = list.find(isTurn);
  if (!turn) return;
  facts.turns++;
  if (!Object.hasOwn(turn, 'role') && roleName(turn) !== null) facts.from++;
}
