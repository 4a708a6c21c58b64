import path from 'node:path';
import { write } from '$lib/recipe/run';
import { againstDetails, againstList, againstOption, againstOptions } from '../against';
import { filesOf, text, type Command, type Given } from '../command';
import { DataError, UsageError } from '../errors';
import { openSources } from '../files';
import { threadsOption } from '../options';
import { count } from '../output';
import { judgeFiles, readRecipe } from '../recipe';
import { Files } from '../sink';
import { earlierOutputs, removeStale } from '../stale';
import { vectorDetails, vectorOptions, vectorSources } from '../vectors';

export const runCommand: Command = {
  name: 'run',
  usage: 'RECIPE FILE… -o DIR',
  summary: 'Applies the recipe; writes the export layouts, ledger.jsonl and manifest.json.',
  details: [
    [
      '-o, --output DIR',
      'folder for all that is written; made where it is not there; what an earlier run left in it goes',
    ],
    ...againstDetails,
    ...vectorDetails,
    ['--threads N', 'measuring threads; default: one a processor, at most 4'],
    ['--reason TEXT', 'why this run was made, kept in the manifest'],
    ['--author NAME', 'who made it, kept in the manifest'],
    ['--parent SHA256', 'recipe hash of the run this one follows, kept in the manifest'],
  ],
  options: {
    output: { type: 'string', short: 'o' },
    ...againstOptions,
    ...vectorOptions,
    threads: { type: 'string' },
    reason: { type: 'string' },
    author: { type: 'string' },
    parent: { type: 'string' },
  },
  lists: [againstList],
  run,
};

/** What every run writes beside the data. */
const BESIDE = ['ledger.jsonl', 'recipe.yaml', 'manifest.json'];

async function run(given: Given): Promise<number> {
  const [recipeName] = given.positionals;
  if (recipeName === undefined) throw new UsageError('No recipe was named. See: siftbook run --help');
  const names = filesOf(given, 'run', 1);
  const dir = text(given, 'output');
  if (dir === undefined) throw new UsageError('Say where to with -o DIR. See: siftbook run --help');
  if (dir === '-') throw new UsageError('run writes several files: -o takes a folder.');
  const threads = threadsOption(given);
  const vectors = await vectorSources(given);
  const against = againstOption(given);
  const recipe = await readRecipe(recipeName);
  const sources = await openSources(names);
  const inputs = [...names.filter((name) => name !== '-'), recipeName];
  const files = await Files.into(dir, inputs);
  try {
    const judging = await judgeFiles(recipe, sources, { threads, vectors, against });
    const { source, options, judged } = judging;
    options.notes = { reason: text(given, 'reason'), author: text(given, 'author'), parent: text(given, 'parent') };
    const result = await write(recipe.recipe, source, files, options, judged);
    const earlier = await earlierOutputs(dir);
    await files.commit();
    const written = result.manifest.outputs.map(({ name }) => name);
    for (const { name, reason } of await removeStale(dir, earlier, [...written, ...BESIDE], inputs))
      process.stderr.write(`${path.join(dir, name)} is of an earlier run and stays: ${reason}.\n`);
    tell(dir, result, judging.reading.rejected.length);
  } catch (error) {
    await files.abort();
    throw error instanceof Error && /exports would both write/.test(error.message)
      ? new DataError(error.message)
      : error;
  }
  return 0;
}

type Result = Awaited<ReturnType<typeof write>>;

/** What happened, on standard error on a terminal; what could not be written always. */
function tell(dir: string, { decision, manifest, unwritable }: Result, rejected: number): void {
  for (const name of unwritable.empty)
    process.stderr.write(`${path.join(dir, name)} is empty: its layout could hold none of the records kept.\n`);
  for (const { place, output, reason } of unwritable.first.slice(0, 10))
    process.stderr.write(`record ${place} is not in ${output}: ${reason}\n`);
  if (unwritable.count > 10)
    process.stderr.write(`${count(unwritable.count)} records in all could not be written so.\n`);
  if (rejected) process.stderr.write(`${count(rejected)} records could not be read; siftbook profile names them.\n`);
  if (!process.stderr.isTTY) return;
  const rows = decision.fate.length;
  process.stderr.write(`${count(decision.kept)} of ${count(rows)} records kept, ${count(decision.written)} written:\n`);
  for (const { name, rows: written } of manifest.outputs)
    process.stderr.write(`  ${path.join(dir, name)}  ${count(written)} records\n`);
}
