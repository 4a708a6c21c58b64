/** Not part of an address: white space, quotes, brackets of markup, and what Chinese text puts right behind one. */
const REST = '[^\\s<>"\'`{}|\\\\^\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]+';
const ADDRESS = `(?:(?:https?|ftp)://|www\\.(?=[a-z0-9]))${REST}`;
/** Three ways in: a Markdown link (its text stays), an address in angle brackets, an address. */
const URLS = new RegExp(
  `!?\\[([^\\[\\]\\n]*)\\]\\((?:https?|ftp)://[^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)*(?:\\s+"[^"\\n]*")?\\)|<${ADDRESS}>|(?<![\\w@.])${ADDRESS}`,
  'gi',
);
const HINT = /:\/\/|www\./i;

/** The text without web addresses; of a Markdown link its text stays. Punctuation that closes the sentence stays. */
export function stripUrls(text: string): string {
  if (!HINT.test(text)) return text;
  return text.replace(URLS, (found: string, label: string | undefined) => {
    if (label !== undefined) return label;
    return found.startsWith('<') ? '' : found.slice(addressEnd(found));
  });
}

/** Length of the address proper: without closing punctuation and without a bracket that it did not open. */
function addressEnd(address: string): number {
  let open = 0;
  for (const char of address) open += char === '(' || char === '[' ? 1 : char === ')' || char === ']' ? -1 : 0;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1];
    if (last === ')' || last === ']') {
      if (open >= 0) break;
      open++;
    } else if (!'.,;:!?*_~'.includes(last)) break;
  }
  return end;
}
