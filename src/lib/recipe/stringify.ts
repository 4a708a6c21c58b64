import { Document, isMap, isSeq, visit } from 'yaml';
import { definitionOf, stepOf } from './steps';
import type { Schema } from './schema';
import type { Recipe, Step } from './types';

/** Reasons as comments: one list of lines per step, by its index; `head` stands above everything. */
export interface RecipeComments {
  head?: string[];
  steps?: readonly (readonly string[] | undefined)[];
}

/** The recipe as YAML, one step a line. Equal recipes give equal text; `parseRecipe` gives the recipe back. */
export function stringifyRecipe(recipe: Recipe, comments: RecipeComments = {}): string {
  const lines: string[] = (comments.head ?? []).map(comment);
  lines.push(`siftbook: ${recipe.siftbook}`, `seed: ${recipe.seed}`);
  if (recipe.source) lines.push(`source: ${flow(recipe.source)}`);
  if (recipe.embedding) lines.push(`embedding: ${flow(recipe.embedding)}`);
  if (recipe.against) lines.push(`against: ${flow(recipe.against)}`);
  lines.push(recipe.steps.length === 0 ? 'steps: []' : 'steps:');
  recipe.steps.forEach((step, i) => {
    for (const line of comments.steps?.[i] ?? []) lines.push('  ' + comment(line));
    lines.push('  ' + stepLine(step));
  });
  if (recipe.export) {
    lines.push(recipe.export.length === 0 ? 'export: []' : 'export:');
    for (const { layout, dir } of recipe.export)
      lines.push(`  - ${flow(dir === undefined ? { layout } : { layout, dir })}`);
  }
  return lines.join('\n') + '\n';
}

/** One step as a line of a recipe, `- cut: {column: response_chars, min: 10}`. */
export function stepLine(step: Step): string {
  const { kind, body } = stepOf(step);
  return `- ${kind}: ${flow(ordered(body as Record<string, unknown>, definitionOf(kind).schema))}`;
}

/** Keys in the schema's order, so that equal steps are written alike; absent ones left out. */
function ordered(body: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(schema.properties ?? {})) if (body[key] !== undefined) out[key] = body[key];
  return out;
}

function flow(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Collection: (_, node) => {
      if (isMap(node) || isSeq(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: false }).trimEnd();
}

const comment = (line: string) => `# ${line.replace(/\s+/g, ' ')}`;
