/** A stretch of a text; `mark` says why it is pointed at (a span's kind, or `search`), null where it is not. */
export interface Piece {
  text: string;
  mark: string | null;
}
interface Stretch {
  start: number;
  end: number;
  kind: string;
}

/** Every place of `needle` in `text`, case ignored where lower case keeps the length; offsets in UTF-16 units. */
export function occurrences(text: string, needle: string, limit = 200): Stretch[] {
  if (!needle) return [];
  const lower = text.toLowerCase();
  const [hay, pin] = lower.length === text.length ? [lower, needle.toLowerCase()] : [text, needle];
  const found: Stretch[] = [];
  for (let at = hay.indexOf(pin); at >= 0 && found.length < limit; at = hay.indexOf(pin, at + pin.length))
    found.push({ start: at, end: at + pin.length, kind: 'search' });
  return found;
}

/** Cuts a text into marked and unmarked pieces; where stretches overlap the earlier one stays. */
export function pieces(text: string, stretches: readonly Stretch[]): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const { start, end, kind } of [...stretches].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const from = Math.max(at, start);
    const to = Math.min(end, text.length);
    if (from >= to) continue;
    if (from > at) out.push({ text: text.slice(at, from), mark: null });
    out.push({ text: text.slice(from, to), mark: kind });
    at = to;
  }
  if (at < text.length) out.push({ text: text.slice(at), mark: null });
  return out;
}

/** The part of a text worth showing in `room` characters: from about `lead` characters before its first mark. */
export function excerpt(
  text: string,
  stretches: readonly Stretch[],
  room: number,
  lead = 40,
): { text: string; stretches: Stretch[]; before: boolean; after: boolean } {
  const first = stretches.length ? Math.min(...stretches.map((s) => s.start)) : 0;
  let start = first > 2 * lead ? first - lead : 0;
  // A surrogate pair is not cut in two.
  if (start > 0 && /[\udc00-\udfff]/.test(text[start])) start--;
  let end = Math.min(text.length, start + room);
  if (end < text.length && /[\udc00-\udfff]/.test(text[end])) end--;
  const inside = stretches
    .filter((s) => s.end > start && s.start < end)
    .map((s) => ({ ...s, start: Math.max(0, s.start - start), end: Math.min(end, s.end) - start }));
  return { text: text.slice(start, end), stretches: inside, before: start > 0, after: end < text.length };
}
