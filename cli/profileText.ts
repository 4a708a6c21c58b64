import { columnById } from '$lib/columns/index';
import type { ColumnStats } from '$lib/columns/types';
import type { Summary } from '$lib/health/summary';
import type { Finding } from '$lib/health/types';
import { findingMessage, plain } from '$lib/i18n/finding';
import type { Seen } from '$lib/recipe/sample';
import type { Reading } from './dataset';
import { count, short, table } from './output';

/** Rejected records and classes that are named before the rest is only counted. */
const NAMED = 10;
const LARGEST = 5;
const SMALLEST = 3;
/** Findings that every record has: places say nothing. */
const WHOLE = ['unmapped', 'no-response'];

/**
 * What `profile` shows a reader: what was read, what is wrong, how long the texts are, the labels, and the columns that tell
 * records apart. `all` shows every column, those too that findings stand for or that are 0 nearly everywhere.
 */
export function profileText(
  reading: Reading,
  seen: Seen,
  summary: Summary,
  findings: readonly Finding[],
  all: boolean,
): string {
  const parts = [
    read(reading),
    refused(reading),
    about(seen, summary),
    wrong(findings, summary.rows, reading.rejected.length),
    lengths(summary),
    labels(summary),
    others(summary, all),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function read({ files }: Reading): string {
  return files
    .map(
      ({ name, rows, bytes, format }) =>
        `${name}: ${count(rows)} records, ${count(bytes)} bytes, ${format?.name} in ${format?.encoding}${format?.compression ? ', gzipped' : ''}\n`,
    )
    .join('');
}

function refused({ files, rejected }: Reading): string {
  if (!rejected.length) return '';
  const lines = rejected
    .slice(0, NAMED)
    .map(({ file, line, offset, reason }) => `  ${files[file].name}, line ${line} (byte ${offset}): ${reason}\n`);
  if (rejected.length > NAMED) lines.push('  … (all of them with --json)\n');
  return `${count(rejected.length)} records could not be read:\n${lines.join('')}`;
}

function about({ mapping, profile }: Seen, { language, rows, duplicates }: Summary): string {
  const { layout, confidence, prompt, response, messages, label } = mapping;
  const roles = [
    messages ? `messages ${messages}` : `prompt ${prompt.join(' + ') || '-'}, response ${response ?? '-'}`,
    label.length ? `label ${label.join(' / ')}` : '',
  ];
  const lines = [
    `layout ${layout} (${Math.round(confidence * 100)} % sure): ${roles.filter(Boolean).join(', ')}`,
    `profile ${profile.language}, ${profile.kind}; languages ${languageText(language, rows)}`,
  ];
  if (duplicates.prompts.differing)
    lines.push(`${count(duplicates.prompts.differing)} prompts are answered in different ways`);
  return `${lines.join('\n')}\n`;
}

function languageText(language: Record<string, number>, rows: number): string {
  const shares = Object.entries(language).slice(0, 5);
  return shares.map(([code, n]) => `${code} ${percent(n / rows)}`).join(', ') || 'unknown';
}

function wrong(findings: readonly Finding[], rows: number, refused: number): string {
  if (!findings.length) return `Nothing wrong was found${refused ? ' in the records that could be read' : ''}.\n`;
  const lines = findings.map(
    (finding) =>
      `  ${'!'.repeat(finding.severity).padEnd(3)} ${plain(findingMessage('en', finding, rows))}${WHOLE.includes(finding.id) ? '' : ` At ${finding.examples.join(', ')}.`}\n`,
  );
  return `Findings, worst first, with the places of some records (siftbook show --places shows them):\n${lines.join('')}`;
}

const isLength = (id: string) => columnById(id)?.group === 'length';

function lengths({ columns }: Summary): string {
  const there = Object.entries(columns).filter(([id]) => isLength(id));
  return there.length ? `Lengths:\n${statistics(there)}` : '';
}

function labels({ labels: found, rows }: Summary): string {
  if (!found) return '';
  const { classes, ratio } = found;
  const line = ({ label, count: n }: (typeof classes)[number]) => [`  ${label}`, count(n), percent(n / rows)];
  const few = classes.length <= LARGEST + SMALLEST;
  const shown = few
    ? classes.map(line)
    : [
        ...classes.slice(0, LARGEST).map(line),
        [`  … ${count(classes.length - LARGEST - SMALLEST)} more`, '', ''],
        ...classes.slice(-SMALLEST).map(line),
      ];
  return `Labels: ${count(classes.length)} classes, the largest ${short(ratio)} times the smallest.\n${table(shown)}`;
}

function others({ columns }: Summary, all: boolean): string {
  const rest = Object.entries(columns).filter(([id]) => !isLength(id));
  const shown = all ? rest : rest.filter(([id, stats]) => tells(id, stats));
  const hidden = rest.length - shown.length;
  const note = hidden
    ? `  ${count(hidden)} more columns are told above as findings or languages, or are 0 in 95 % of the records: --all shows them.\n`
    : '';
  if (!shown.length) return note;
  return `Other columns:\n${statistics(shown)}${note}`;
}

/** Does the column tell records apart? Flags and languages are told elsewhere. */
function tells(id: string, { count: measured, p05, p95 }: ColumnStats): boolean {
  const unit = columnById(id)?.unit;
  return unit !== 'flag' && unit !== 'code' && measured > 0 && (p05 !== 0 || p95 !== 0);
}

function statistics(columns: [id: string, stats: ColumnStats][]): string {
  const head = ['column', 'missing', 'min', 'p05', 'p50', 'p95', 'max', 'mean'];
  const body = columns.map(([id, { missing, min, p05, p50, p95, max, mean }]) => [
    id,
    ...[missing, min, p05, p50, p95, max, mean].map(short),
  ]);
  return table([head, ...body]);
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
