import { LAYOUTS, LATER_LAYOUTS, targetDir, unsafeDir } from './layouts';
import { nearest } from './nearest';
import { definitionOf, stepOf } from './steps';
import type { CheckContext } from './steps/definition';
import { checkModel, checkNames, PARTS } from './steps/fields';
import { AGAINST_COLUMNS } from './alike';
import type { AgainstSettings, EmbeddingSettings, ExportTarget, Recipe } from './types';
import type { Flaw } from './validate';

/** What a schema cannot say: ranges, columns, shares, paths. Looks at those steps and exports that are `sound` (fit the schema). */
export function brokenRules(
  recipe: Pick<Recipe, 'source' | 'embedding' | 'against' | 'steps' | 'export'>,
  context: CheckContext,
  sound: (list: 'steps' | 'export', index: number) => boolean = () => true,
): Flaw[] {
  const flaws = [
    ...mapFlaws(recipe.source?.map ?? {}, context),
    ...embeddingFlaws(recipe.embedding, context),
    ...againstFlaws(recipe.against, context),
  ];
  let splitAt = -1;
  recipe.steps.forEach((step, i) => {
    if (!sound('steps', i)) return;
    const { kind, body } = stepOf(step);
    for (const fault of definitionOf(kind).check?.(body, context) ?? [])
      flaws.push({ ...fault, path: ['steps', i, kind, ...fault.path] });
    if ('cut' in step && AGAINST_COLUMNS.includes(step.cut.column) && !recipe.against)
      flaws.push({ path: ['steps', i, kind, 'column'], code: 'no-against', values: { name: step.cut.column } });
    if (kind !== 'split') return;
    if (splitAt >= 0)
      flaws.push({ path: ['steps', i, kind], atKey: true, code: 'second-split', values: { first: splitAt + 1 } });
    else splitAt = i;
  });
  const targets = (recipe.export ?? []).map((target, i) => (sound('export', i) ? target : null));
  return [...flaws, ...exportFlaws(targets)];
}

/** Roles that take a list of fields; the others take one. */
const LISTS = ['prompt', 'label', 'scores'];

function mapFlaws(map: Record<string, string | string[]>, context: CheckContext): Flaw[] {
  return Object.entries(map).flatMap(([role, value]): Flaw[] => {
    const path = ['source', 'map', role];
    if (typeof value === 'string') return checkNames([value], [], [], context).map((fault) => ({ ...fault, path }));
    if (value.length > 1 && !LISTS.includes(role)) return [{ path, code: 'one-field', values: { role } }];
    return checkNames(value, path, [], context);
  });
}

function embeddingFlaws({ model, on = [] }: EmbeddingSettings = {}, context: CheckContext): Flaw[] {
  const one = typeof on === 'string';
  const names = checkNames(one ? [on] : on, one ? [] : ['on'], PARTS, context);
  return [...checkModel(model, context), ...names.map((fault) => (one ? { ...fault, path: ['on'] } : fault))].map(
    (fault) => ({ ...fault, path: ['embedding', ...fault.path] }),
  );
}

function againstFlaws({ files, on = [] }: AgainstSettings = { files: [] }, context: CheckContext): Flaw[] {
  const path = ['against', 'on'];
  const names =
    typeof on === 'string'
      ? checkNames([on], [], PARTS, context).map((fault) => ({ ...fault, path }))
      : checkNames(on, path, PARTS, context);
  const foldered = files.flatMap((name, i): Flaw[] =>
    /[\\/]/.test(name) ? [{ path: ['against', 'files', i], code: 'name-only', values: { name } }] : [],
  );
  return [...foldered, ...names];
}

function exportFlaws(targets: readonly (ExportTarget | null)[]): Flaw[] {
  const flaws: Flaw[] = [];
  const taken = new Map<string, number>();
  targets.forEach((target, i) => {
    if (target === null) return;
    const { layout, dir } = target;
    const path = ['export', i];
    if (LATER_LAYOUTS.includes(layout))
      flaws.push({ path: [...path, 'layout'], code: 'later-layout', values: { layout } });
    else if (!Object.hasOwn(LAYOUTS, layout)) {
      const known = Object.keys(LAYOUTS);
      const values = { layout, known: known.join(', '), ...nearest(layout, known) };
      flaws.push({ path: [...path, 'layout'], code: 'unknown-layout', values });
    }
    if (dir !== undefined && unsafeDir(dir)) {
      flaws.push({ path: [...path, 'dir'], code: 'unsafe-dir', values: { dir } });
      return;
    }
    const ending = Object.hasOwn(LAYOUTS, layout) ? LAYOUTS[layout] : null;
    if (ending === null && layout !== 'same') return;
    const name = `${targetDir(dir)}/${ending ?? 'same'}`;
    const other = taken.get(name);
    if (other === undefined) taken.set(name, i);
    else flaws.push({ path, code: 'same-file', values: { first: other + 1 } });
  });
  return flaws;
}
