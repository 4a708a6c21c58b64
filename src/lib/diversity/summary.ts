import type { InstructionCodes } from './codes';
import { branches, countCodes, countPaths, type Branch } from './paths';
import { rarefied } from './rarefaction';
import { SENTENCE_TYPES, type SentenceType } from './sentence-type';
import { TASK_TYPES, type TaskType } from './task-rules';

/** Records of one kind before and after the recipe. */
export interface KindCount<T> {
  kind: T;
  before: number;
  after: number;
}

/** What the instructions of a set are, before and after the recipe. Exact: every record counts. */
export interface InstructionSummary {
  tasks: KindCount<TaskType>[];
  sentences: KindCount<SentenceType>[];
  /** Verb, then object. */
  phrases: Branch[];
  /** Records that were read, and those with a verb. */
  prompts: { before: number; after: number };
  withVerb: { before: number; after: number };
  /** Different verb–object pairs of `records` records with a verb: of those kept, and as expected of as many drawn from all (`rarefied`). */
  pairs: { before: number; after: number; records: number };
  /** Opening words, a level a word. */
  openings: Branch[];
}

/** Verbs and objects as Self-Instruct's figure shows them (20 verbs, 4 objects each; Wang et al. 2023); opening words likewise. */
export const PHRASE_LIMITS = [20, 4] as const;
export const OPENING_LIMITS = [20, 6, 4] as const;

/** Summaries of one dataset's codes for mask after mask; what is before the recipe is counted once. */
export class InstructionSummaries {
  private readonly before: { task: Int32Array; sentence: Int32Array; phrase: Int32Array; opening: Int32Array };

  constructor(private readonly codes: InstructionCodes) {
    this.before = this.count(null);
  }

  private count(kept: Uint8Array | null) {
    const { task, sentence, phrase, opening } = this.codes;
    return {
      task: countCodes(task, 256, kept),
      sentence: countCodes(sentence, 256, kept),
      phrase: countPaths(phrase, kept),
      opening: countPaths(opening, kept),
    };
  }

  /** @param kept 1 for each record that the recipe keeps. Linear in the records, some tens of milliseconds for a million. */
  of(kept: Uint8Array): InstructionSummary {
    const { before, codes } = this;
    const after = this.count(kept);
    const kinds = <T>(names: readonly T[], from: Int32Array, to: Int32Array): KindCount<T>[] =>
      names.map((kind, code) => ({ kind, before: from[code], after: to[code] }));
    const below = (counts: Int32Array) => counts.filter((_, n) => codes.phrase.parents[n] >= 0);
    const withVerb = { before: verbs(before.phrase, codes), after: verbs(after.phrase, codes) };
    return {
      tasks: kinds(TASK_TYPES, before.task, after.task),
      sentences: kinds(SENTENCE_TYPES, before.sentence, after.sentence),
      phrases: branches(codes.phrase, before.phrase, after.phrase, PHRASE_LIMITS),
      prompts: { before: codes.task.length, after: kept.reduce((sum, one) => sum + one, 0) },
      withVerb,
      pairs: {
        before: rarefied(below(before.phrase), withVerb.before, withVerb.after),
        after: below(after.phrase).filter((records) => records > 0).length,
        records: withVerb.after,
      },
      openings: branches(codes.opening, before.opening, after.opening, OPENING_LIMITS),
    };
  }
}

/** Records with a verb: those under the top nodes. */
const verbs = (counts: Int32Array, { phrase }: InstructionCodes): number =>
  counts.reduce((sum, records, n) => (phrase.parents[n] < 0 ? sum + records : sum), 0);
