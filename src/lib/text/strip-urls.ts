/** Not part of an address: white space, quotes, brackets of markup, and what Chinese text puts right behind one. */
const REST = '[^\\s<>"\'`{}|\\\\^\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]+';
const HAN = '\\u3400-\\u9fff';
/** Top-level domains in Han characters (IANA's root zone). */
const HAN_ENDS =
  '中国|中國|公司|网络|网址|网站|网店|商城|商店|商标|香港|台湾|台灣|新加坡|澳门|澳門|在线|中文网|集团|企业|信息|公益|政务|政府|机构|组织机构|我爱你|娱乐|游戏|时尚|健康|招聘|购物|移动|手机|佛山|广东|慈善|餐厅|食品|八卦';
/** A host with Han characters: its labels begin with one or are plain, so that text behind a plain host is none of it. */
const HAN_HOST = `(?=[a-z0-9.-]*[${HAN}])(?:(?:[a-z0-9-]{1,63}|[${HAN}][${HAN}a-z0-9-]{0,62})\\.){1,8}(?:[a-z]{2,24}(?![a-z0-9-])|${HAN_ENDS})`;
const ADDRESS = `(?:(?:https?|ftp)://${HAN_HOST}(?:${REST})?|(?:(?:https?|ftp)://|www\\.(?=[a-z0-9]))${REST})`;
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
