import { failures } from '$lib/record/failure';

/** English texts of what may be wrong with a recipe, by code. `{x}` stands for a value. */
export const problemTexts: Readonly<Record<string, string>> = {
  'recipe.problem.syntax': '{reason}',
  'recipe.problem.key-twice': 'The key "{key}" stands here twice.',
  'recipe.problem.empty': 'The recipe is empty. It begins with "siftbook: 1".',
  'recipe.problem.wrong-type': 'Expected {expected}, found {found}.',
  'recipe.problem.no-recipe':
    'A recipe is a mapping: "siftbook: 1", then "steps:" with the list of steps under it. Found: {found}.',
  'recipe.problem.not-finite': 'Expected a number, found {value}.',
  'recipe.problem.not-allowed': '"{value}" is not allowed here. Allowed: {allowed}.',
  'recipe.problem.too-small': '{value} is too small; the least is {limit}.',
  'recipe.problem.not-above': '{value} is too small; it must be above {limit}.',
  'recipe.problem.too-large': '{value} is too large; the most is {limit}.',
  'recipe.problem.empty-text': 'This must not be empty.',
  'recipe.problem.empty-list': 'The list needs at least one entry.',
  'recipe.problem.empty-object': 'Something must stand here.',
  'recipe.problem.twice': '"{value}" stands in the list twice.',
  'recipe.problem.unknown-key': 'Unknown key "{key}". Known here: {known}.',
  'recipe.problem.unknown-step': 'Unknown step "{key}". Steps: {known}.',
  'recipe.problem.later-step': 'The step "{key}" is not known to this version yet. Remove it, or use a newer Siftbook.',
  'recipe.problem.missing-key': 'The key "{key}" is missing.',
  'recipe.problem.two-keys': 'A step has one key; this one has "{first}" and "{second}". Begin each with its own dash.',
  'recipe.problem.too-new':
    'The recipe is of version {version}; this Siftbook reads up to version {known}. Use a newer Siftbook.',
  'recipe.problem.too-old': 'The recipe is of version {version}, which no Siftbook ever wrote. The first is 1.',
  'recipe.problem.no-phrase': 'A phrase is missing: meaning:PHRASE.',
  'recipe.problem.no-range': 'A cut needs min, max, below, or two of them.',
  'recipe.problem.max-and-below': 'A cut has one upper end: max (kept at it) or below (not kept at it).',
  'recipe.problem.range-turned-round': 'The range is turned round: min {min} is greater than max {max}.',
  'recipe.problem.empty-range': 'No value is at least {min} and below {below}.',
  'recipe.problem.no-against': '{name} follows from other files, and the recipe names none: against: {files: [NAME]}.',
  'recipe.problem.name-only':
    '"{name}" is not a name alone: write the file\'s name without folders. It is looked for beside the recipe.',
  'recipe.problem.unknown-column': 'There is no column "{name}".',
  'recipe.problem.unknown-field': 'The data has no field "{name}".',
  'recipe.problem.one-field': '{role} takes one field.',
  'recipe.problem.nothing-to-do': 'This step does nothing: give unicode, strip, collapse or full-width.',
  'recipe.problem.not-with-mode': '"{key}" means nothing with mode "{mode}". Remove one of the two.',
  'recipe.problem.shares-sum': 'The shares must sum to 1; they sum to {sum}.',
  'recipe.problem.second-split': 'There is a split already (step {first}); a recipe has one at most.',
  'recipe.problem.unknown-layout': 'Unknown layout "{layout}". Known: {known}.',
  'recipe.problem.later-layout': 'The layout "{layout}" is not known to this version yet.',
  'recipe.problem.unsafe-dir':
    '"{dir}" is no folder below the output directory. Use a relative path without "..", such as "out".',
  'recipe.problem.same-file': 'This export would overwrite that of entry {first}. Give it another dir.',
  'recipe.problem.unmapped':
    'No field of the data is mapped as {role}, so this changes nothing. Name one: source: {map: {{role}: FIELD}}.',
  'recipe.problem.all-equal':
    'No field of the data is mapped as {role}: to this step all records are equal, and only the first stays. Name one: source: {map: {{role}: FIELD}}.',
  'recipe.problem.meant': 'Did you mean "{meant}"?',
};

/** English texts of what may stop a run. */
export const runTexts = {
  'recipe.run.same-name': 'Two exports would both write {name}: give one of them another dir in the recipe.',
  'recipe.run.not-measured': '{name} was not measured',
  'recipe.run.no-phrase':
    'Phrases have no distance to the vectors of the field “{field}”: the model that made them is not known here.',
  'recipe.run.no-vectors': 'There are no vectors of the model {model}: embed the records first, or use tfidf.',
  'recipe.run.no-other':
    'The recipe compares with {name}, which is not open: choose it in the Duplicates cell, or take the steps out that need it.',
} as const;

export const runFailure = failures(runTexts);

/** Fills a text's `{x}`; what has no value stays. */
export function fillText(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([\w-]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** The English message of a problem. */
export function problemText(code: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = fillText(problemTexts[`recipe.problem.${code}`] ?? code, values);
  return Object.hasOwn(values, 'meant') ? `${text} ${fillText(problemTexts['recipe.problem.meant'], values)}` : text;
}
