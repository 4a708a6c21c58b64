import { stat } from 'node:fs/promises';
import path from 'node:path';
import { OverlapIndex } from '$lib/duplicates/overlap';
import { textsOf } from '$lib/duplicates/texts';
import type { Mapping } from '$lib/record/types';
import type { Matches } from '$lib/recipe/measured';
import type { AgainstNeed, OtherNeed, OverlapNeed, Plan } from '$lib/recipe/plan';
import { seeOther } from '$lib/recipe/sample';
import type { Others } from '$lib/recipe/sets';
import type { Recipe } from '$lib/recipe/types';
import type { ShingleSets } from '$lib/text/shingles';
import type { Given } from './command';
import { afterSample, Reading } from './dataset';
import { DataError, UsageError } from './errors';
import { openSources, type FileSource } from './files';
import { shingle } from './shingling';

export const againstOptions = { against: { type: 'string', multiple: true } } as const;
/** Takes every name after it. */
export const againstList = 'against';
export const againstDetails: [string, string][] = [
  ['--against FILE…', 'where the other files stand that the recipe compares with; default: beside it, then here'],
];

/** `--against`; empty where it was not given. @throws UsageError where standard input is to be two files */
export function againstOption(given: Given): string[] {
  const files = (given.values.against ?? []) as string[];
  if ([...files, ...given.positionals].filter((name) => name === '-').length > 1)
    throw new UsageError('Standard input (-) can be read only once.');
  return files;
}

/** What the other files are compared with, and how they are read. */
interface Compared {
  recipe: Recipe;
  /** The recipe's file. */
  name: string;
  /** Where the other files stand, in place of what the recipe names. */
  files: readonly string[];
  own: readonly FileSource[];
  mapping: Mapping;
  threads?: number;
  /** Called before the other files are read by threads of their own. */
  begin(): Promise<void>;
}

/** The other files that a recipe compares with; each is read when it is asked for. */
export class OtherFiles implements Others {
  private constructor(
    readonly sources: readonly FileSource[],
    readonly compared: Compared,
  ) {}

  /**
   * Finds them before anything is measured; null where no step compares.
   * @throws DataError that says where a file was looked for; UsageError where `--against` names files and the recipe none
   */
  static async find(plan: Pick<Plan, 'sets'>, compared: Compared): Promise<OtherFiles | null> {
    const { recipe, name, files } = compared;
    if (files.length > 0 && !recipe.against)
      throw new UsageError(
        `--against: ${name} compares with no other files. Name them there: against: {files: [NAME]}.`,
      );
    const need = plan.sets.find((one): one is AgainstNeed | OverlapNeed => 'other' in one);
    if (!need) return null;
    const paths = files.length > 0 ? [...files] : await Promise.all(need.other.files.map((one) => located(one, name)));
    return new OtherFiles(await openSources(paths), compared);
  }

  has(): boolean {
    return true;
  }

  async shingles({ other, from }: AgainstNeed): Promise<ShingleSets> {
    const { recipe, threads } = this.compared;
    await this.compared.begin();
    try {
      const see = (sample: Parameters<typeof seeOther>[0]) => seeOther(sample, recipe.source);
      const { sets } = await shingle([...this.sources], {
        map: null,
        see,
        threads,
        on: other.on,
        settings: from.shingles!,
      });
      return sets;
    } catch (error) {
      throw error instanceof UsageError ? this.#fault(error) : error;
    }
  }

  async overlap({ other, from }: OverlapNeed): Promise<Matches> {
    await this.compared.begin();
    const index = new OverlapIndex(await this.#references(other));
    const value: Float32Array[] = [];
    const match: Int32Array[] = [];
    const { own, mapping } = this.compared;
    const reading = new Reading([...own]);
    for await (const batch of reading.batches('looking for its texts')) {
      const found = index.find(textsOf(batch, mapping, from.on));
      value.push(found.share);
      match.push(found.match);
    }
    const out = { value: new Float32Array(reading.rows), match: new Int32Array(reading.rows) };
    let at = 0;
    value.forEach((part, i) => {
      out.value.set(part, at);
      out.match.set(match[i], at);
      at += part.length;
    });
    return out;
  }

  async #references({ on }: OtherNeed): Promise<(string | null)[]> {
    const out: (string | null)[] = [];
    let mapping: Mapping | null = null;
    const batches = afterSample(new Reading([...this.sources]).batches('reading the other file'), (sample) => {
      if (sample.length) mapping = seeOther(sample, this.compared.recipe.source).mapping;
    });
    for await (const batch of batches) out.push(...textsOf(batch, mapping!, on));
    if (out.length === 0) throw new DataError(`${this.#names}: there are no records.`);
    return out;
  }

  get #names(): string {
    return this.sources.map(({ name }) => name).join(', ');
  }

  #fault(error: Error): DataError {
    return new DataError(`${this.#names}: ${error.message.replace(/^--on: /, '')}`);
  }
}

/** @throws DataError that names both places where it was looked for */
async function located(name: string, recipe: string): Promise<string> {
  const places = [path.join(path.dirname(recipe), name), name];
  for (const place of places) if (await isFile(place)) return place;
  const folders = [...new Set(places.map((place) => path.dirname(path.resolve(place))))];
  throw new DataError(
    `${recipe}: it compares with ${name}, and there is no such file ${folders.map((one) => `in ${one}`).join(' or ')}. ` +
      'Put it beside the recipe, or say where it is: --against FILE…',
  );
}

async function isFile(name: string): Promise<boolean> {
  return (await stat(name).catch(() => null))?.isDirectory() === false;
}
