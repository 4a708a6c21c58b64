import { RECIPE_VERSION } from './definition';

/** From each older version to the next. */
const migrations: Readonly<Record<number, (recipe: Record<string, unknown>) => Record<string, unknown>>> = {};

/** A recipe's value brought up to this version, or the code of why it cannot be. */
export function migrate(
  recipe: Record<string, unknown>,
  to = RECIPE_VERSION,
  steps = migrations,
): { recipe: Record<string, unknown> } | { code: 'too-new' | 'too-old' } {
  let now = recipe;
  for (let version = Number(now.siftbook); version !== to; version = Number(now.siftbook)) {
    if (version > to) return { code: 'too-new' };
    const next = Object.hasOwn(steps, version) ? steps[version] : null;
    if (next === null) return { code: 'too-old' };
    now = { ...next(now), siftbook: version + 1 };
  }
  return { recipe: now };
}
