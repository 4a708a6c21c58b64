/** A stretch of a text: `start` up to `end`. */
interface Stretch {
  start: number;
  end: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;

/** Stretches of code in Markdown: fenced blocks (an open one reaches to the end) and inline code; in order, linear in the text. */
export function codeStretches(text: string): Stretch[] {
  if (!text.includes('`') && !text.includes('~~~')) return [];
  const found: Stretch[] = [];
  let prose = 0;
  let fence: { start: number; mark: string } | null = null;
  for (let at = 0; at <= text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const match = FENCE.exec(text.slice(at, end));
    if (match) {
      const [, mark, info] = match;
      if (fence === null) {
        if (mark[0] === '~' || !info.includes('`')) {
          inlineCode(text, prose, at, found);
          fence = { start: at, mark };
        }
      } else if (mark[0] === fence.mark[0] && mark.length >= fence.mark.length && info.trim() === '') {
        found.push({ start: fence.start, end });
        prose = end;
        fence = null;
      }
    }
    at = end + 1;
  }
  if (fence === null) inlineCode(text, prose, text.length, found);
  else found.push({ start: fence.start, end: text.length });
  return found;
}

/** Adds runs of backticks with the next run of the same length in the same paragraph, and what is between. */
function inlineCode(text: string, from: number, to: number, found: Stretch[]): void {
  const runs: { at: number; length: number; paragraph: number; partner: number }[] = [];
  const prose = text.slice(from, to);
  if (!prose.includes('`')) return;
  let paragraph = 0;
  for (const { 0: piece, index } of prose.matchAll(/`+|\n[ \t]*(?=\n)/g)) {
    if (piece[0] === '`') runs.push({ at: from + index, length: piece.length, paragraph, partner: -1 });
    else paragraph++;
  }
  const nextOf = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i];
    const next = nextOf.get(run.length) ?? -1;
    if (next >= 0 && runs[next].paragraph === run.paragraph) run.partner = next;
    nextOf.set(run.length, i);
  }
  for (let i = 0; i < runs.length; i++) {
    const { at, partner } = runs[i];
    if (partner < 0) continue;
    found.push({ start: at, end: runs[partner].at + runs[partner].length });
    i = partner;
  }
}

/** Applies `change` to everything that is not code. */
export function outsideCode(text: string, change: (prose: string, start: number, end: number) => string): string {
  const code = codeStretches(text);
  if (code.length === 0) return change(text, 0, text.length);
  let out = '';
  let at = 0;
  for (const { start, end } of code) {
    out += change(text.slice(at, start), at, start) + text.slice(start, end);
    at = end;
  }
  return out + change(text.slice(at), at, text.length);
}
