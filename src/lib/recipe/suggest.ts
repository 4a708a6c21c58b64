import { columnById } from '$lib/columns';
import { publishedCut } from '$lib/columns/suggest';
import type { ColumnStats, Profile, PublishedCut } from '$lib/columns/types';
import type { Finding } from '$lib/health/types';
import { mapText } from '$lib/record/mapping';
import type { Mapping } from '$lib/record/types';
import { AGAINST_COLUMNS } from './alike';
import { RECIPE_VERSION } from './definition';
import { SPAN_KINDS } from './steps/redact';
import { FIRST_SEED, type NormaliseStep, type Recipe, type Step } from './types';

export interface SuggestInput {
  rows: number;
  mapping: Mapping;
  profile: Profile;
  findings: readonly Pick<Finding, 'id' | 'severity' | 'count' | 'cut' | 'detail'>[];
  /** Statistics by column id; columns without any are passed by. */
  stats: Readonly<Record<string, ColumnStats | undefined>>;
}

export interface Suggestion {
  recipe: Recipe;
  /** One list of lines per step: why it is there. */
  reasons: string[][];
  /** About the data, and what was found but is not cured. */
  head: string[];
}

/** A finding that takes part of more records than this is a property of the data, not a fault to cut away. */
const MOST = 0.2;
/** A published cut that would drop more than this does not fit the data. */
const PUBLISHED_MOST = 0.05;

/** Columns whose published cut is offered, one of a family, in the order of the steps. */
const OFFERED = [
  'total_chars',
  'char_repetition',
  'word_repetition',
  'line_repetition',
  'alnum',
  'special',
  'digits',
  'whitespace',
  'url_chars',
  'flagged_words',
  'mean_word_length',
  'longest_word',
] as const;

/**
 * A first recipe for a dataset: the detected mapping; steps that cure what was found (rewriting before dropping, dropping
 * before balancing); published cuts where they fit the profile and drop at most a twentieth. Each step comes with its reason.
 */
export function suggestRecipe({ rows, mapping, profile, findings, stats }: SuggestInput): Suggestion {
  const steps: Step[] = [];
  const reasons: string[][] = [];
  const head = [`${rows} records, read as ${mapping.layout}; language ${profile.language}, kind ${profile.kind}.`];
  const add = (step: Step, ...why: string[]) => {
    steps.push(step);
    reasons.push(why);
  };
  const share = (count: number) => `${count} of ${rows} records (${percent(count / rows)})`;
  const said = (id: string, count: number) => `${id}: ${share(count)}.`;

  const dirty = findings.filter(({ cut }) => cut && 'normalise' in cut);
  const strip = new Set(dirty.flatMap(({ cut }) => (cut && 'normalise' in cut ? cut.normalise.strip : [])));
  if (strip.size > 0) {
    const body: NormaliseStep = { unicode: 'NFC', strip: [...strip] };
    add({ normalise: body }, ...dirty.map(({ id, count }) => said(id, count)));
  }

  const leaks = findings.filter(({ cut }) => cut && 'redact' in cut);
  const kinds = new Set(leaks.flatMap(({ cut }) => (cut && 'redact' in cut ? cut.redact.kinds : [])));
  if (kinds.size > 0)
    add(
      { redact: { kinds: SPAN_KINDS.filter((kind) => kinds.has(kind)) } },
      ...leaks.map(({ id, count, detail }) =>
        detail.kinds === undefined ? said(id, count) : `${id}: ${share(count)}: ${detail.kinds}.`,
      ),
    );

  for (const { id, severity, count, cut } of findings) {
    if (severity < 2 || !cut || !('cut' in cut)) continue;
    // What another file has too is left out where that file is compared, not by a first recipe for this one.
    if (AGAINST_COLUMNS.includes(cut.cut.column)) continue;
    if (count > MOST * rows) head.push(`Not cut, for it is so common here: ${said(id, count)}`);
    else add({ cut: cut.cut }, said(id, count));
  }

  for (const id of OFFERED) {
    const column = columnById(id);
    const measured = stats[id];
    const published = column && measured && measured.count > 0 ? publishedCut(column, profile) : null;
    if (!column || !measured || published === null || !bites(published, measured)) continue;
    const { source, ...range } = published;
    if (fits(published, measured))
      add({ cut: { column: id, ...range } }, `Published by ${source}; here ${seen(published, measured)}.`);
    else head.push(`Not cut: the published ${id} (${source}) would drop more than ${percent(PUBLISHED_MOST)} here.`);
  }

  const twins = findings.find(({ id }) => id === 'exact-duplicates');
  if (twins) add({ exact: { on: comparedParts(mapping) } }, said(twins.id, twins.count));

  const alike = findings.find(({ id }) => id === 'near-duplicates');
  if (alike?.cut && 'near' in alike.cut) add({ near: alike.cut.near }, said(alike.id, alike.count));
  else if (alike) head.push(`Not cut, for it is so common here: ${said(alike.id, alike.count)}`);

  const heavy = findings.find(({ id, cut }) => id === 'class-majority' && cut && 'balance' in cut);
  if (heavy?.cut && 'balance' in heavy.cut)
    add(
      { balance: { mode: 'cap', ...heavy.cut.balance } },
      `One class holds ${heavy.detail.percent} % of the records: ${heavy.detail.class}.`,
    );

  const source = { format: mapping.layout, map: mapText(mapping) };
  const recipe: Recipe = { siftbook: RECIPE_VERSION, seed: FIRST_SEED, source, steps, export: [{ layout: 'same' }] };
  return { recipe, reasons, head };
}

/** The parts that make two records of this mapping the same. */
function comparedParts(mapping: Mapping): string[] {
  const parts = ['prompt'];
  if (mapping.response !== null || mapping.messages !== null) parts.push('response');
  if (mapping.system !== null) parts.push('system');
  if (parts.length === 1 && mapping.label.length > 0) parts.push('label');
  return parts;
}

/** Does the cut drop anything at all? */
function bites({ min, max }: PublishedCut, stats: ColumnStats): boolean {
  return (min !== undefined && stats.min < min) || (max !== undefined && stats.max > max);
}

/** Does it drop at most a twentieth at each end? */
function fits({ min, max }: PublishedCut, stats: ColumnStats): boolean {
  return (min === undefined || stats.p05 >= min) && (max === undefined || stats.p95 <= max);
}

function seen({ min, max }: PublishedCut, stats: ColumnStats): string {
  const low =
    min !== undefined && stats.min < min ? `the least is ${short(stats.min)}, 5 % lie below ${short(stats.p05)}` : '';
  const high =
    max !== undefined && stats.max > max
      ? `the greatest is ${short(stats.max)}, 5 % lie above ${short(stats.p95)}`
      : '';
  return [low, high].filter(Boolean).join('; ');
}

const short = (value: number) => String(Number(value.toPrecision(3)));
const percent = (share: number) => `${short(share * 100)} %`;
