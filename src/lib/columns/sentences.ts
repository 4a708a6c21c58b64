import { type Sentences, sentencesOf } from '$lib/text/sentences';
import { ofMain } from './helpers';
import type { Subject } from './subject';

/** Sentences of the main text, once a record. */
export function sentences(subject: Subject): Sentences {
  const { main } = subject;
  return sentencesOf(main.codes, main.classes, main.length);
}

/** Sentences of the main text (see sentencesOf). */
export const sentenceCount = ofMain(
  { id: 'sentences', unit: 'count', group: 'lines', source: 'Siftbook', bad: 'high' },
  (_, s) => s.note(sentences).count,
);

/** Words per sentence. */
export const sentenceLength = ofMain(
  { id: 'mean_sentence_length', unit: 'words', group: 'lines', source: 'Siftbook', bad: 'high' },
  (text, s) => text.words.count / s.note(sentences).count,
);

/** Share of sentences that end with their line but without an end mark. */
export const unendedSentences = ofMain(
  {
    id: 'sentences_without_end',
    group: 'lines',
    source: 'NeMo Curator PunctuationFilter',
    bad: 'high',
    published: (p) => (p.kind === 'chat' ? { max: 0.85, source: 'NeMo Curator' } : null),
  },
  (_, s) => {
    const { count, unended } = s.note(sentences);
    return count ? unended / count : NaN;
  },
);
