import { groupsOf } from '$lib/duplicates/groups';
import { conflicts, disagreements } from '$lib/labels/conflicts';
import { drifts } from '$lib/labels/drift';
import { majorities } from '$lib/labels/majority';
import { longTail } from '$lib/labels/tail';
import { countPlaces, firstPlaces } from './records';
import type { Coded, Cure, Detected, HealthSet } from './types';

type Part = Pick<Detected, 'id' | 'severity' | 'count' | 'cut' | 'detail'>;

/** What is wrong with the labels of the records that `kept` keeps (null: all). */
type Judge = (codes: Int32Array) => (Part & { places: Uint8Array }) | null;

/** Labels with dropped records taken out. */
function among(codes: Int32Array, kept: Uint8Array): Int32Array {
  return codes.map((code, place) => (kept[place] ? code : -1));
}

function finding(codes: Int32Array, judge: Judge): Detected[] {
  const found = judge(codes);
  if (found === null) return [];
  return [
    {
      ...found,
      examples: firstPlaces(found.places),
      remainingOf: (kept) => judge(among(codes, kept))?.count ?? 0,
    },
  ];
}

function countsOf({ names }: Coded, codes: Int32Array): Int32Array {
  const counts = new Int32Array(names.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

/** Findings of the labels: conflicts, disagreement, majority, long tail, drift. */
export function labelFindings(set: HealthSet): Detected[] {
  const { labels } = set;
  if (labels === null) return [];
  const asked = labels.codes.map((code, place) => (set.prompts[place] === 0n ? -1 : code));
  return [
    ...consistency(set, asked),
    ...finding(labels.codes, (codes) => majority(set, labels, codes)),
    ...finding(labels.codes, (codes) => tail(labels, codes)),
    ...drift(set, labels),
  ];
}

function consistency(set: HealthSet, codes: Int32Array): Detected[] {
  const prompts = groupsOf(set.prompts);
  const { annotators } = set;
  const found = finding(codes, (left) => {
    const { groups, places, records } = conflicts(prompts, left);
    if (groups.length === 0) return null;
    return { id: 'label-conflicts', severity: 3, count: groups.length, places, cut: null, detail: { records } };
  });
  if (annotators === null || found.length === 0) return found;
  const split = finding(codes, (left) => {
    const { groups, places, records } = disagreements(prompts, left, annotators.codes);
    if (groups.length === 0) return null;
    return { id: 'disagreement', severity: 2, count: groups.length, places, cut: null, detail: { records } };
  });
  return [...found, ...split];
}

function majority({ sources }: HealthSet, labels: Coded, codes: Int32Array): ReturnType<Judge> {
  const found = majorities(codes, labels.names.length, sources?.codes ?? null, sources?.names.length ?? 0);
  if (found.length === 0) return null;
  const [first] = found;
  const places = new Uint8Array(codes.length);
  for (const { source, label } of found)
    for (let place = 0; place < codes.length; place++)
      if (codes[place] === label && (source < 0 || sources?.codes[place] === source)) places[place] = 1;
  const whole = found.find(({ source }) => source < 0);
  return {
    id: 'class-majority',
    severity: 2,
    count: found.length,
    places,
    cut: whole ? { balance: { by: 'label', mode: 'cap', cap: secondLargest(countsOf(labels, codes)) } } : null,
    detail: {
      class: labels.names[first.label],
      percent: Math.round(first.share * 1000) / 10,
      where: first.source < 0 ? '' : (sources?.names[first.source] ?? ''),
    },
  };
}

function secondLargest(counts: Int32Array): number {
  return Math.max(1, counts.slice().sort()[counts.length - 2]);
}

function tail(labels: Coded, codes: Int32Array): ReturnType<Judge> {
  const counts = countsOf(labels, codes);
  const { order, rare, ratio } = longTail(counts);
  if (rare.length === 0) return null;
  const isRare = new Uint8Array(counts.length);
  for (const code of rare) isRare[code] = 1;
  const places = Uint8Array.from(codes, (code) => (code >= 0 ? isRare[code] : 0));
  const last = order[order.length - 1];
  return {
    id: 'long-tail',
    severity: 1,
    count: rare.length,
    places,
    cut: capOf(counts),
    detail: {
      classes: order.length,
      records: countPlaces(places),
      largest: labels.names[order[0]],
      most: counts[order[0]],
      smallest: labels.names[last],
      least: counts[last],
      ratio: Math.round(ratio * 100) / 100,
    },
  };
}

/** The largest cap under which no class is rarer than 0.1 / K: the mean of the capped classes is at most ten times the least. */
function capOf(counts: Int32Array): Cure {
  const sizes = counts.filter((count) => count > 0).sort();
  const limit = 10 * sizes.length * sizes[0];
  const capped = (cap: number) => sizes.reduce((sum, size) => sum + Math.min(size, cap), 0);
  let low = sizes[0];
  let high = sizes[sizes.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (capped(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return { balance: { by: 'label', mode: 'cap', cap: low } };
}

function drift({ times }: HealthSet, labels: Coded): Detected[] {
  if (times === null) return [];
  return finding(labels.codes, (codes) => {
    const found = drifts(codes, labels.names.length, times);
    if (found.length === 0) return null;
    const [{ label, from, to, until, since }] = found;
    // A label's drift shows in the records of the quarter in which it is the commoner.
    const rising = new Map(found.map((one) => [one.label, one.to > one.from]));
    const places = Uint8Array.from(codes, (code, place) => {
      const rises = rising.get(code);
      return rises !== undefined && (rises ? times[place] >= since : times[place] <= until) ? 1 : 0;
    });
    const percent = (share: number) => Math.round(share * 1000) / 10;
    const detail = { class: labels.names[label], from: percent(from), to: percent(to) };
    return { id: 'drift', severity: 2, count: found.length, places, cut: null, detail };
  });
}
