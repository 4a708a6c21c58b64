import type { InstructionCodes } from './codes';
import { branches, countCodes, countPaths, type Branch } from './paths';
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
  /** Records with a verb, and different verb–object pairs that at least one record has. */
  withVerb: { before: number; after: number };
  pairs: { before: number; after: number };
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
    const verbs = (counts: Int32Array) => total(counts, codes.phrase.parents, true);
    const pairs = (counts: Int32Array) => total(counts, codes.phrase.parents, false);
    return {
      tasks: kinds(TASK_TYPES, before.task, after.task),
      sentences: kinds(SENTENCE_TYPES, before.sentence, after.sentence),
      phrases: branches(codes.phrase, before.phrase, after.phrase, PHRASE_LIMITS),
      withVerb: { before: verbs(before.phrase), after: verbs(after.phrase) },
      pairs: { before: pairs(before.phrase), after: pairs(after.phrase) },
      openings: branches(codes.opening, before.opening, after.opening, OPENING_LIMITS),
    };
  }
}

/** Records under the top nodes, or how many nodes below them have a record. */
function total(counts: Int32Array, parents: Int32Array, top: boolean): number {
  let sum = 0;
  for (let n = 0; n < counts.length; n++) {
    if (top && parents[n] < 0) sum += counts[n];
    else if (!top && parents[n] >= 0 && counts[n] > 0) sum++;
  }
  return sum;
}
