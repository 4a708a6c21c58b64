/** A small, safe part of Markdown, read into plain values: nothing of it is ever put into the page as HTML. */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'em'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; children: Inline[] }
  /** `{kept}`: a live number. */
  | { kind: 'live'; name: string };

export type Block =
  | { kind: 'heading'; level: 2 | 3; children: Inline[] }
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' };

/** Only addresses that cannot run anything. */
function safe(href: string): string | null {
  return /^(https?:\/\/|mailto:|#)/i.test(href.trim()) ? href.trim() : null;
}

const RULES: [RegExp, (match: RegExpExecArray) => Inline | null][] = [
  [/\\([\\`*_{}[\]()#+\-.!>])/g, (m) => ({ kind: 'text', text: m[1] })],
  [/`([^`\n]+)`/g, (m) => ({ kind: 'code', text: m[1] })],
  [/\{([a-z][\w.:/-]*)\}/gi, (m) => ({ kind: 'live', name: m[1] })],
  [
    /\[([^\]\n]+)\]\(([^()\s]+)\)/g,
    (m) => {
      const href = safe(m[2]);
      return href ? { kind: 'link', href, children: inlines(m[1]) } : null;
    },
  ],
  [/\*\*([^*\n](?:[^\n]*?[^*\n])?)\*\*/g, (m) => ({ kind: 'strong', children: inlines(m[1]) })],
  [/\*([^*\s](?:[^*\n]*?[^*\s])?)\*/g, (m) => ({ kind: 'em', children: inlines(m[1]) })],
];

/** Reads the inside of a paragraph. What fits no rule is text. */
export function inlines(text: string): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  while (at < text.length) {
    let best: { index: number; length: number; value: Inline } | null = null;
    for (const [rule, make] of RULES) {
      rule.lastIndex = at;
      const match = new RegExp(rule).exec(text.slice(at));
      if (!match) continue;
      const index = at + match.index;
      if (best && best.index <= index) continue;
      const value = make(match);
      if (value) best = { index, length: match[0].length, value };
    }
    if (!best) break;
    if (best.index > at) out.push({ kind: 'text', text: text.slice(at, best.index) });
    out.push(best.value);
    at = best.index + best.length;
  }
  if (at < text.length) out.push({ kind: 'text', text: text.slice(at) });
  return out;
}

/** Reads a text into blocks. Every input gives blocks; none throws. */
export function markdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let i = 0;
  const isItem = (line: string) => /^\s{0,3}([-*+]|\d{1,3}[.)])\s+/.exec(line);
  const starts = (line: string) => /^(#{1,3}\s|>|```|\s{0,3}(-{3,}|\*{3,})\s*$)/.test(line) || !!isItem(line);
  while (i < lines.length) {
    const line = lines[i];
    if (!line.trim()) i++;
    else if (line.startsWith('```')) {
      const end = lines.findIndex((other, k) => k > i && other.startsWith('```'));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(i + 1, stop).join('\n') });
      i = stop + 1;
    } else if (/^\s{0,3}(-{3,}|\*{3,})\s*$/.test(line)) {
      blocks.push({ kind: 'rule' });
      i++;
    } else if (/^#{1,3}\s/.test(line)) {
      const [, marks, text] = /^(#{1,3})\s+(.*)$/.exec(line) ?? ['', '#', line.replace(/^#+\s*/, '')];
      blocks.push({ kind: 'heading', level: marks.length > 1 ? 3 : 2, children: inlines(text) });
      i++;
    } else if (line.startsWith('>')) {
      const from = i;
      while (i < lines.length && lines[i].startsWith('>')) i++;
      const text = lines.slice(from, i).map((other) => other.replace(/^>\s?/, ''));
      blocks.push({ kind: 'quote', children: inlines(text.join('\n')) });
    } else if (isItem(line)) {
      const ordered = /^\s*\d/.test(line);
      const items: Inline[][] = [];
      while (i < lines.length && isItem(lines[i])) {
        items.push(inlines(lines[i].replace(/^\s{0,3}([-*+]|\d{1,3}[.)])\s+/, '')));
        i++;
      }
      blocks.push({ kind: 'list', ordered, items });
    } else {
      const from = i;
      while (i < lines.length && lines[i].trim() && (i === from || !starts(lines[i]))) i++;
      blocks.push({ kind: 'paragraph', children: inlines(lines.slice(from, i).join('\n')) });
    }
  }
  return blocks;
}
