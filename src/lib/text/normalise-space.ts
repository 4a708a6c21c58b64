/** White space inside a line that may have to change: a run, a lone one that is neither tab nor space, one at a line's end. */
const GAP =
  /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2,}|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[\t ](?=[\r\n]|$)/g;

/**
 * Runs of spaces in prose: one space inside a line, nothing at its end; a line's indentation stays, and so does a lone tab.
 * `atStart`: the prose begins a line (else code stands before it on the line); `atEnd`: it ends one.
 */
export function collapseSpaces(prose: string, atStart: boolean, atEnd: boolean): string {
  let out = '';
  let at = 0;
  GAP.lastIndex = 0;
  for (let gap = GAP.exec(prose); gap; gap = GAP.exec(prose)) {
    const start = gap.index;
    const end = GAP.lastIndex;
    out += prose.slice(at, start);
    at = end;
    const opens = start === 0 ? atStart : prose.charCodeAt(start - 1) === 0x0a;
    const closes = end === prose.length ? atEnd : isBreak(prose.charCodeAt(end));
    if (closes) continue;
    out += opens || gap[0] === '\t' ? gap[0] : ' ';
  }
  return out + prose.slice(at);
}

const isBreak = (code: number) => code === 0x0a || code === 0x0d;

/** Line breaks of Windows and old Macs become line feeds. */
export function plainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Three or more line breaks with nothing but white space between them become two. */
export function collapseBreaks(prose: string): string {
  if (!prose.includes('\n')) return prose;
  let out = '';
  let at = 0;
  for (let i = prose.indexOf('\n'); i >= 0; i = prose.indexOf('\n', i)) {
    let breaks = 1;
    let last = i;
    let j = i + 1;
    for (; j < prose.length; j++) {
      const code = prose.charCodeAt(j);
      if (code === 0x0a) {
        breaks++;
        last = j;
      } else if (code !== 0x20 && code !== 0x09 && code !== 0xa0 && code !== 0x3000) break;
    }
    if (breaks > 2) {
      out += prose.slice(at, i) + '\n\n';
      at = last + 1;
    }
    i = j;
  }
  return out + prose.slice(at);
}
