import { endsSentence } from '$lib/text/sentences';
import type { Text } from '$lib/text/text';
import { byLanguage, ofMain } from './helpers';

const BULLETS = new Set([...'•-‣⁃⁌⁍∙○●◘◦⦾⦿'].map((c) => c.codePointAt(0)!));
const ELLIPSIS = 0x2026;
const DOT = 46;

/** Share of the lines that are not blank for which `test` holds. */
function lineShare(text: Text, test: (codes: Uint32Array, from: number, to: number, l: number) => boolean): number {
  const { lines, codes } = text;
  let n = 0;
  for (let l = 0; l < lines.count; l++)
    if (lines.to[l] > lines.from[l] && test(codes, lines.from[l], lines.to[l], l)) n++;
  return n / lines.filled;
}

/** Lines that are not blank. */
export const lineCount = ofMain(
  { id: 'lines', unit: 'count', group: 'lines', source: 'Siftbook', bad: 'high' },
  (text) => text.lines.filled,
);

/** Share of lines that begin with a bullet. */
export const bulletLines = ofMain(
  {
    id: 'bullet_lines',
    group: 'lines',
    source: 'Gopher (Rae et al. 2021); signs of NeMo Curator BulletsFilter',
    bad: 'high',
    published: byLanguage('max', 0.9, 0.9, 'Gopher'),
  },
  (text) => lineShare(text, (codes, from) => BULLETS.has(codes[from])),
);

/** Share of lines that end with an ellipsis. */
export const ellipsisLines = ofMain(
  {
    id: 'ellipsis_lines',
    group: 'lines',
    source: 'Gopher (Rae et al. 2021)',
    bad: 'high',
    published: byLanguage('max', 0.3, 0.3, 'Gopher'),
  },
  (text) =>
    lineShare(
      text,
      (codes, from, to) =>
        codes[to - 1] === ELLIPSIS ||
        (to - from >= 3 && codes[to - 1] === DOT && codes[to - 2] === DOT && codes[to - 3] === DOT),
    ),
);

/** Share of lines that end with an end mark. */
export const endedLines = ofMain(
  {
    id: 'lines_with_end',
    group: 'lines',
    source: 'FineWeb',
    bad: 'low',
    published: byLanguage('min', 0.12, 0.106, 'FineWeb'),
  },
  (text) => lineShare(text, endsSentence),
);

/** Share of lines of at most 30 characters. */
export const shortLines = ofMain(
  { id: 'short_lines', group: 'lines', source: 'FineWeb', published: byLanguage('max', 0.67, null, 'FineWeb') },
  (text) => lineShare(text, (_codes, _from, _to, l) => text.lines.ends[l] - text.lines.starts[l] <= 30),
);

/** Line feeds per word. */
export const newlineRatio = ofMain(
  {
    id: 'newline_ratio',
    group: 'lines',
    source: 'FineWeb',
    bad: 'high',
    published: byLanguage('max', 0.3, 0.178, 'FineWeb'),
  },
  (text) => (text.words.count ? text.countOf(10) / text.words.count : NaN),
);
