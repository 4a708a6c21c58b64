import { joinPaths, type Paths } from './paths';

/** What is known of each record's instruction, once for all cuts. */
export interface InstructionCodes {
  /** Codes of TASK_TYPES; 255 where the prompt has no letter. */
  task: Uint8Array;
  /** Codes of SENTENCE_TYPES; 255 likewise. */
  sentence: Uint8Array;
  /** Verb, then its object. */
  phrase: Paths;
  /** The first three words (two where they are Han). */
  opening: Paths;
}

export const NOTHING = 255;

/** Puts the codes of batches, in the records' order, together: the same as one call over all prompts. */
export function joinInstructions(batches: readonly InstructionCodes[]): InstructionCodes {
  const rows = batches.reduce((sum, { task }) => sum + task.length, 0);
  const task = new Uint8Array(rows);
  const sentence = new Uint8Array(rows);
  let at = 0;
  for (const batch of batches) {
    task.set(batch.task, at);
    sentence.set(batch.sentence, at);
    at += batch.task.length;
  }
  return {
    task,
    sentence,
    phrase: joinPaths(batches.map(({ phrase }) => phrase)),
    opening: joinPaths(batches.map(({ opening }) => opening)),
  };
}
