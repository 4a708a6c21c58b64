import { existsSync } from 'node:fs';
import { columnById } from '$lib/columns/index';
import { remaining } from '$lib/health/findings';
import { NEAR_MOST } from '$lib/health/near';
import { summarise, type Summary } from '$lib/health/summary';
import type { Finding } from '$lib/health/types';
import { findingMessage, plain } from '$lib/i18n/finding';
import { hasMessage } from '$lib/i18n/index';
import { filesOf, text, type Command, type Given } from '../command';
import type { Seen } from '$lib/recipe/sample';
import { mapOption, type Reading } from '../dataset';
import { UsageError } from '../errors';
import { openSources } from '../files';
import { count, jsonLine, print } from '../output';
import { gather } from '../health';
import { embeddingOf } from '../semantic';
import { profileText } from '../profileText';
import { checkOnly, onlyOption, threadsOption, tokensOption } from '../options';

export const profileCommand: Command = {
  name: 'profile',
  usage: 'FILE… [--map M] [--json] [--max FINDING=N …] [--vectors OUT.arrow]',
  summary: 'Reads everything, measures every column and says what is wrong with the data.',
  details: [
    ['--map M', 'prompt=instruction+input,response=output,label=category, or a YAML or JSON file; default: detected'],
    ['--json', 'one object on standard output'],
    ['--all', 'show every column, those too that are 0 nearly everywhere'],
    [
      '--max FINDING=N',
      'a gate: exit status 1 where a finding (or: rejected) counts more than N; may be given several times',
    ],
    ['--only a,b', 'measure these columns only; findings of other columns are not looked for'],
    [
      '--vectors OUT.arrow',
      'look for duplicates by meaning with the vectors that siftbook embed wrote; default: built-in ones, up to 10,000 records',
    ],
    ['--no-tokens', 'leave token columns out (they take most of the time)'],
    ['--threads N', 'measuring threads; default: one a processor, at most 4'],
  ],
  options: {
    map: { type: 'string' },
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    max: { type: 'string', multiple: true },
    only: { type: 'string' },
    vectors: { type: 'string' },
    'no-tokens': { type: 'boolean' },
    threads: { type: 'string' },
  },
  run,
};

async function run(given: Given): Promise<number> {
  const names = filesOf(given, 'profile');
  checkNames(names);
  const gates = parseGates(given.values.max as string[] | undefined);
  const map = await mapOption(text(given, 'map'));
  const threads = threadsOption(given);
  const only = onlyOption(given);
  checkGates(gates, only);
  const file = text(given, 'vectors');
  if (file !== undefined && only)
    throw new UsageError('--vectors: duplicates by meaning are not looked for with --only. Leave one of the two out.');
  const vectors = { files: file === undefined ? [] : [file], folders: [] };
  const asked = (finding: string) => gates.some(({ id }) => id === finding);
  const { reading, seen, set, near, semantic } = await gather(await openSources(names), {
    map,
    threads,
    tokens: tokensOption(given, only),
    only: (all) => only ?? all,
    near: only ? 0 : asked(NEAR) || asked(SEMANTIC) ? Infinity : NEAR_MOST,
    semantic: only
      ? undefined
      : {
          most: file !== undefined || asked(SEMANTIC) ? Infinity : SEMANTIC_UNASKED,
          embedding: await embeddingOf(vectors),
          vectors,
        },
    check: (mapping) => checkOnly(only, mapping),
  });
  const summary = summarise(set, near, semantic);
  const findings = remaining(summary.findings, null);
  await print(
    given.values.json
      ? profileJson(reading, seen, summary, findings)
      : profileText(reading, seen, summary, findings, given.values.all === true || only !== undefined),
  );
  return passGates(gates, findings, reading.rejected.length);
}

/** What is looked for only where every column is measured, and unasked only in sets that are not too large. */
const NEAR = 'near-duplicates';
const SEMANTIC = 'semantic-duplicates';
/** Records whose built-in vectors are made unasked: ten thousand take about eight seconds. */
const SEMANTIC_UNASKED = 10_000;

/** A gate's name for records that could not be read. */
const REFUSED = 'rejected';

const GATE = /^([a-z-]+)=(\d+)$/;

/** `--max a=0 b=0` gives one gate and a file named `b=0`. */
function checkNames(names: string[]): void {
  const gate = names.find((name) => GATE.test(name) && !existsSync(name));
  if (gate !== undefined)
    throw new UsageError(`${gate}: there is no such file. Each gate needs its own --max: --max ${gate}`);
}

type Gate = { id: string; limit: number };

function parseGates(given: string[] = []): Gate[] {
  return given.map((gate) => {
    const [, id, limit] = GATE.exec(gate) ?? [];
    if (id === undefined)
      throw new UsageError(`--max ${gate}: expected FINDING=N, for example --max exact-duplicates=0`);
    if (id !== REFUSED && !hasMessage('en', `finding.${id}`))
      throw new UsageError(`--max ${gate}: there is no finding "${id}".`);
    return { id, limit: Number(limit) };
  });
}

/** A gate on something that is not measured would always be open. */
function checkGates(gates: Gate[], only: string[] | undefined): void {
  if (!only) return;
  for (const { id } of gates) {
    if (id === NEAR || id === SEMANTIC)
      throw new UsageError(`--max ${id}: it is not looked for with --only. Leave --only out.`);
    const column = id.replaceAll('-', '_');
    const measured = id === 'personal-data' ? only.some((one) => one.startsWith('pii_')) : only.includes(column);
    const needed = id === 'personal-data' || columnById(column) !== undefined;
    if (needed && !measured)
      throw new UsageError(
        `--max ${id}: it is not measured. Add ${id === 'personal-data' ? 'the pii_ columns' : column} to --only.`,
      );
  }
}

function passGates(gates: Gate[], findings: Finding[], refused: number): number {
  let status = 0;
  for (const { id, limit } of gates) {
    const found = id === REFUSED ? refused : (findings.find((finding) => finding.id === id)?.count ?? 0);
    if (found <= limit) continue;
    process.stderr.write(`${id}: ${count(found)} found, at most ${count(limit)} allowed.\n`);
    status = 1;
  }
  return status;
}

function profileJson(reading: Reading, seen: Seen, summary: Summary, findings: Finding[]): string {
  const several = reading.files.length > 1;
  const { columns, duplicates, labels, language, fields, rows } = summary;
  const [{ format }] = reading.files;
  return jsonLine({
    rows,
    bytes: reading.bytes,
    format: format?.name,
    encoding: format?.encoding,
    files: reading.files.map((file) => ({ name: file.name, bytes: file.bytes, rows: file.rows, ...flat(file.format) })),
    fields,
    mapping: seen.mapping,
    profile: seen.profile,
    rejected: reading.rejected.map(({ file, line, offset, code, reason }) => ({
      ...(several ? { file: reading.files[file].name } : {}),
      line,
      offset,
      code,
      reason,
    })),
    columns,
    duplicates,
    labels,
    findings: findings.map((finding) => ({
      id: finding.id,
      severity: finding.severity,
      count: finding.count,
      message: plain(findingMessage('en', finding, rows)),
      cut: finding.cut,
      examples: finding.examples,
    })),
    language,
  });
}

function flat(format: Reading['files'][number]['format']) {
  return { format: format?.name, encoding: format?.encoding, compression: format?.compression, detail: format?.detail };
}
