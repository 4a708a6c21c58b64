import type { Document } from 'yaml';
import { RECIPE_VERSION, recipeSchema } from './definition';
import { doubledKeys, offsetOf, openDocument } from './locate';
import { problemText } from './messages';
import { migrate } from './migrate';
import { brokenRules } from './rules';
import { LATER_STEPS } from './steps';
import type { CheckContext } from './steps/definition';
import type { Recipe, RecipeProblem } from './types';
import { flawsOf, isObject, type Flaw } from './validate';

export interface Parsed {
  /** Null where there are problems. */
  recipe: Recipe | null;
  problems: RecipeProblem[];
}

/** Problems named at most. */
const MOST = 50;

/**
 * Reads a recipe's text (YAML or JSON) and checks all of it: keys, types, ranges, shares, paths and, where the context names
 * them, columns and fields. Never throws; each problem has its line and column.
 */
export function parseRecipe(text: string, context: CheckContext = {}): Parsed {
  const { document, at } = openDocument(text);
  const problem = (offset: number, code: string, values?: RecipeProblem['values']): RecipeProblem => ({
    ...at(offset),
    code,
    values,
    message: problemText(code, values),
  });
  const torn = [
    ...document.errors.map((error) =>
      problem(error.pos[0], 'syntax', { reason: sentence(error.message), yaml: error.code }),
    ),
    ...(document.errors.length > 0 ? [] : doubledKeys(document)).map(({ key, offset }) =>
      problem(offset, 'key-twice', { key }),
    ),
  ];
  if (torn.length > 0) return { recipe: null, problems: torn.slice(0, MOST) };
  const value = valueOf(document);
  if (!value.ok) return { recipe: null, problems: [problem(0, 'syntax', { reason: value.reason, yaml: 'BAD_ALIAS' })] };
  const { recipe, flaws } = checkRecipe(value.value, context);
  const problems = flaws.map(({ path, atKey, code, values }) => problem(offsetOf(document, path, atKey), code, values));
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { recipe: problems.length > 0 ? null : recipe, problems: problems.slice(0, MOST) };
}

/** As `parseRecipe`, for a value already read; flaws say where by path. */
export function checkRecipe(value: unknown, context: CheckContext = {}): { recipe: Recipe | null; flaws: Flaw[] } {
  if (value === null || value === undefined) return { recipe: null, flaws: [{ path: [], code: 'empty' }] };
  if (!isObject(value)) {
    const found = Array.isArray(value) ? 'list' : typeof value;
    return { recipe: null, flaws: [{ path: [], code: 'no-recipe', values: { found } }] };
  }
  let current: unknown = value;
  if (Number.isInteger(value.siftbook)) {
    const migrated = migrate(value);
    if ('code' in migrated) {
      const values = { version: Number(value.siftbook), known: RECIPE_VERSION };
      return { recipe: null, flaws: [{ path: ['siftbook'], code: migrated.code, values }] };
    }
    current = migrated.recipe;
  }
  const flaws = flawsOf(recipeSchema(), current).map(clearer);
  const given = (isObject(current) ? current : {}) as Partial<Recipe>;
  const broken = (list: 'steps' | 'export', index: number) =>
    flaws.some(({ path }) => path[0] === list && path[1] === index);
  const soundSource = isObject(given.source) && !flaws.some(({ path }) => path[0] === 'source');
  const soundEmbedding = isObject(given.embedding) && !flaws.some(({ path }) => path[0] === 'embedding');
  const soundAgainst = isObject(given.against) && !flaws.some(({ path }) => path[0] === 'against');
  const lists = {
    source: soundSource ? given.source : undefined,
    embedding: soundEmbedding ? given.embedding : undefined,
    against: soundAgainst ? given.against : undefined,
    steps: Array.isArray(given.steps) ? given.steps : [],
    export: Array.isArray(given.export) ? given.export : undefined,
  };
  const more = brokenRules(lists, context, (list, index) => !broken(list, index));
  flaws.push(...more);
  if (flaws.length > 0) return { recipe: null, flaws };
  const recipe: Recipe = { siftbook: RECIPE_VERSION, seed: given.seed ?? 0, steps: lists.steps };
  if (given.source) recipe.source = given.source;
  if (given.embedding) recipe.embedding = given.embedding;
  if (given.against) recipe.against = given.against;
  if (given.export) recipe.export = given.export;
  return { recipe, flaws };
}

/** Says of an unknown key of a step what it is: a step of later versions, or no step at all. */
function clearer(flaw: Flaw): Flaw {
  const { path, code, values } = flaw;
  if (code !== 'unknown-key' || path.length !== 3 || path[0] !== 'steps') return flaw;
  const later = LATER_STEPS.includes(String(values?.key));
  return later ? { ...flaw, code: 'later-step', values: { key: String(path[2]) } } : { ...flaw, code: 'unknown-step' };
}

function valueOf(document: Document): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch (error) {
    return { ok: false, reason: sentence((error as Error).message) };
  }
}

function sentence(text: string): string {
  const first = text.split('\n')[0].trim();
  return /[.!?]$/.test(first) ? first : first + '.';
}
