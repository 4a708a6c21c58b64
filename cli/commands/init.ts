import { existsSync } from 'node:fs';
import { remaining } from '$lib/health/findings';
import { NEAR_MOST } from '$lib/health/near';
import { summarise } from '$lib/health/summary';
import { stringifyRecipe } from '$lib/recipe/stringify';
import { suggestRecipe } from '$lib/recipe/suggest';
import { filesOf, text, type Command, type Given } from '../command';
import { mapOption } from '../dataset';
import { DataError } from '../errors';
import { openSources } from '../files';
import { gather } from '../health';
import { threadsOption } from '../options';
import { outputFile } from '../outputFile';

export const initCommand: Command = {
  name: 'init',
  usage: 'FILE… [-o recipe.yaml]',
  summary: 'Writes a recipe with the detected mapping and suggested cuts, each with its reason as a comment.',
  details: [
    [
      '-o, --output FILE',
      'where to, replaced if it is there; - is standard output; default: recipe.yaml, never replaced',
    ],
    ['--map M', 'prompt=instruction+input,response=output,label=category, or a YAML or JSON file; default: detected'],
    ['--threads N', 'measuring threads; default: one a processor, at most 4'],
  ],
  options: {
    output: { type: 'string', short: 'o' },
    map: { type: 'string' },
    threads: { type: 'string' },
  },
  run,
};

const DEFAULT = 'recipe.yaml';

async function run(given: Given): Promise<number> {
  const names = filesOf(given, 'init');
  const output = text(given, 'output') ?? DEFAULT;
  if (text(given, 'output') === undefined && existsSync(DEFAULT))
    throw new DataError(`${DEFAULT} is there already. Say -o ${DEFAULT} to replace it, or -o with another name.`);
  const map = await mapOption(text(given, 'map'));
  const threads = threadsOption(given);
  const { seen, set, near } = await gather(await openSources(names), { map, threads, tokens: false, near: NEAR_MOST });
  const { rows, columns: stats, findings } = summarise(set, near);
  const { recipe, reasons, head } = suggestRecipe({ ...seen, rows, stats, findings: remaining(findings, null) });
  const target = await outputFile(output, names);
  try {
    const file = await target.open();
    await file.write(new TextEncoder().encode(stringifyRecipe(recipe, { head, steps: reasons })));
    await file.close();
    await target.commit();
  } catch (error) {
    await target.abort();
    throw error;
  }
  if (output !== '-')
    process.stderr.write(
      `Wrote ${output}: ${recipe.steps.length} steps suggested. Read it, then: siftbook run ${output} ${names.join(' ')} -o out\n`,
    );
  return 0;
}
