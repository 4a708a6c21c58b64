/** A stretch of a text, offsets in UTF-16 units. */
export interface Stretch {
  start: number;
  end: number;
  kind: string;
}

/**
 * The text with every stretch replaced by `sign`, in which `{kind}` stands for the stretch's kind. Of stretches that
 * overlap, the one that begins first wins, then the longer, then the one listed first; what it leaves uncovered of a later
 * one is covered too, so that nothing found stays readable.
 */
export function redacted(text: string, stretches: readonly Stretch[], sign: string): string {
  if (stretches.length === 0) return text;
  const order = [...stretches].sort((a, b) => a.start - b.start || b.end - a.end);
  let out = '';
  let at = 0;
  for (const { start, end, kind } of order) {
    if (end <= at) continue;
    if (start >= at) out += text.slice(at, start) + sign.replaceAll('{kind}', () => kind);
    at = end;
  }
  return out + text.slice(at);
}
