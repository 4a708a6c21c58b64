import { duplicateLines } from '$lib/text/lines';
import { byLanguage, ofMain } from './helpers';
import type { Subject } from './subject';

function repeats(subject: Subject) {
  return duplicateLines(subject.main.lines, subject.main.codes);
}

/** Share of lines that stood before; empty lines are no lines. */
export const lineRepetition = ofMain(
  {
    id: 'line_repetition',
    group: 'repetition',
    source: 'Gopher (Rae et al. 2021)',
    bad: 'high',
    published: byLanguage('max', 0.3, 0.287, 'Gopher'),
  },
  (_, s) => s.note(repeats).lines,
);

/** Characters in such lines / characters. */
export const lineRepetitionChars = ofMain(
  {
    id: 'line_repetition_chars',
    group: 'repetition',
    source: 'Gopher (Rae et al. 2021)',
    bad: 'high',
    published: byLanguage('max', 0.2, 0.1, 'Gopher'),
  },
  (text, s) => s.note(repeats).chars / text.length,
);
