/** The recipe: read and check its text, measure and decide, write the ledger and the files. */
export * from './types';
export { checkRecipe, parseRecipe, type Parsed } from './parse';
export { stepLine, stringifyRecipe, type RecipeComments } from './stringify';
export { newDigest, recipeHash, sha256Hex, type Digest } from './hash';
export { RECIPE_VERSION, recipeSchema } from './definition';
export { SIFTBOOK_VERSION } from './version';
export { definitionOf, definitions, LATER_STEPS, STEP_KINDS, stepOf } from './steps';
export type { CheckContext, Judge, Reason, StepDefinition, TextRewrite } from './steps/definition';
export { FIELD_PREFIX } from './steps/cut';
export { SPAN_KINDS } from './steps/redact';
export { LAYOUTS, LATER_LAYOUTS, targetDir, unsafeDir } from './layouts';
export {
  compile,
  sparseNeeds,
  type ClassNeed,
  type ColumnNeed,
  type DrawNeed,
  type GroupNeed,
  type Needs,
} from './plan';
export type { Need, Plan, PlannedStep, Stage } from './plan';
export { loadCategories } from './category';
export { measureBatch, measureBuffers, type BatchMeasures } from './measure';
export { unmapped, unmappedIn } from './unmapped';
export { Collector } from './collect';
export { Measured, relabelled, type Classes } from './measured';
export { decide } from './decide';
export { explainer, ledgerLine, shortest, type Explain } from './ledger';
export { makeManifest, manifestText } from './manifest';
export type { Manifest, ManifestInput, ManifestOutput, RunNotes } from './manifest';
export { editsAt, editsOfPlan, rewritten } from './rewrite';
export { plannedFiles, type PlannedFile, type Sink, type SinkFile, type Unwritable } from './outputs';
export { judge, run, write, type Judged, type RunOptions, type RunResult, type RunSource } from './run';
export { fillText, problemText, problemTexts } from './messages';
export { suggestRecipe, type SuggestInput, type Suggestion } from './suggest';
