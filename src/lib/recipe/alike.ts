import { SHINGLES, type ShingleSettings } from '$lib/text/shingles';
import type { AlikeStep, Likeness, NearStep, SemanticStep } from './types';

/** The built-in embedding: TF-IDF over words and character n-grams, reduced by a truncated SVD. */
export const TFIDF = 'tfidf';

/** A model whose id begins so is a field of the file that holds vectors already. */
export const FIELD_MODEL = 'field:';
/** The field whose vectors a model's id means; null for a model. */
export function vectorField(model: string): string | null {
  return model.startsWith(FIELD_MODEL) ? model.slice(FIELD_MODEL.length) : null;
}

/**
 * The lowest similarities offered. Pairs are looked for down to here whatever the step's threshold, so that moving it never looks again
 * and page and command line see the same pairs.
 */
export const NEAR_FLOOR = 0.5;
export const SEMANTIC_FLOOR = 0.8;

/** Neighbours of a record that outliers and disagreement are told by (k of Datalab). */
export const NEIGHBOURS = 10;
/** A column whose id begins so is the distance to the phrase behind it. */
export const MEANING_PREFIX = 'meaning:';
/** Columns that follow from the recipe's other files. */
export const AGAINST_COLUMNS: readonly string[] = ['against_similarity', 'against_overlap'];
/** What is compared with other files where the recipe does not say. */
export const AGAINST_ON = ['prompt'];
/** Parts in any of which a text of another file is looked for. */
export const AGAINST_WHOLE = ['prompt', 'response', 'system'];

/** Signature of the classes that clusters are. */
export const clusterClasses = (signature: string) => `cluster ${signature}`;

export type NearBody = Pick<NearStep, 'on' | 'words' | 'chars' | 'ignore'>;
export type SemanticBody = Pick<SemanticStep, 'on' | 'model'>;

/** What `near_similarity` and `semantic_similarity` compare, and what fresh steps begin with. */
export const NEAR_DEFAULT = { on: ['prompt'], at: 0.8 } satisfies NearStep;
export const SEMANTIC_DEFAULT = { on: ['prompt'], at: 0.95 } satisfies SemanticStep;

export const LIKENESSES = ['case', 'width', 'punctuation', 'numbers'] as const satisfies readonly Likeness[];
/** Differences that do not count where nothing is said. */
export const IGNORED: readonly Likeness[] = LIKENESSES.filter((one) => SHINGLES[one]);

/** Settings of shingles in which these differences do not count, and all others do. */
export function likeness(ignore: readonly Likeness[]): Pick<ShingleSettings, Likeness> {
  const [letters, width, punctuation, numbers] = LIKENESSES.map((one) => ignore.includes(one));
  return { case: letters, width, punctuation, numbers };
}

/** How a `near` step cuts texts into shingles. */
export function nearSettings({ words, chars, ignore }: NearBody): ShingleSettings {
  return { ...SHINGLES, ...(words && { words }), ...(chars && { chars }), ...(ignore && likeness(ignore)) };
}

/** The lowest threshold that a step offers. */
export function floorOf(step: AlikeStep): number {
  return 'near' in step ? NEAR_FLOOR : SEMANTIC_FLOOR;
}
