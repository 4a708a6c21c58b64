import type { Figure } from '$lib/diversity/diversity';
import type { SentenceType } from '$lib/diversity/sentence-type';
import type { InstructionSummary } from '$lib/diversity/summary';
import type { TaskType } from '$lib/diversity/task-rules';

/** Instructions of one kind; all parts must hold. `phrase`: a verb, or verb and object; `opening`: first words. */
export interface InstructionQuery {
  task?: TaskType;
  sentence?: SentenceType;
  phrase?: string[];
  opening?: string[];
}

export type { Branch } from '$lib/diversity/paths';

export type { Figure, FigureId } from '$lib/diversity/diversity';

export type { KindCount } from '$lib/diversity/summary';

/** What the prompts ask for, and how. */
export interface DiversitySummary extends InstructionSummary {
  /** Records read: all rows, or a sample of them. */
  read: number;
  rows: number;
}

export interface DiversityFigures {
  figures: Figure[];
  /** The vectors that distances are of; `sample`: the built-in model fitted to the sample alone. */
  vectors: { model: string; on: string[]; fitted: 'set' | 'sample' };
}
