/** How texts end that go on, and how whole texts end without an end mark. */

const set = (chars: string) => new Set([...chars].map((c) => c.codePointAt(0)!));
/** After one of these a text goes on. */
export const GOES_ON = set(',，、;；(（[【{「『《“‘—–&＆=');
/** Signs that may end a line of prose, a title or a label. */
export const END = set('.!?。！？…．；;:：|）)]】」』》”’"\'`~～>}*_$%℃°#');
/** English words and Chinese characters no sentence ends on. */
export const OPEN_WORDS = new Set(
  `the a an and or but of to in on at by for with from into onto about as is are was were be been being has have had will would can
could should may might must that which who whose because if when while although though since unless until than then so such their its
your our his her my this these those it they we he she i not no very more most through between among during without within under over
also including like per via both either neither each every do does did`.split(/\s+/),
);
/** Of these, the ones no item of a list ends on: "something to hold on to", "learn to say no" are whole. */
export const OPEN_IN_LIST = new Set(
  'the a an and or but nor of as is are was were been because if their its your our my'.split(' '),
);
/** Chinese characters no sentence ends on, but for the words of `endsWord`. */
export const OPEN_HAN = set('的和与或及是在把被对从向给为以于而且但并将让使则若如其该这那每各某此因由至跟同比按据');
/** Characters from which a stretch without an end mark is a sentence rather than a title. */
export const LONG_ENOUGH = { han: 18, latin: 70 };
/** What a list's number ends with. */
export const LIST_SIGNS = set('.、)');
/** An item of a list or an outline, a heading, a row of a table, a quotation. */
export const LIST_LINE =
  /^\s*(?:[-*•·●○▪◦‣–—+]|\(?\d{1,3}[.)、:：。]|\(?[a-zA-Z][.)、。]|[IVX]{1,4}[.)、。]|[（(]?[一二三四五六七八九十]+[）)、.。]|#{1,6}\s|\||>|①|②|③|④|⑤|⑥)/;
/** A line of a program. */
export const CODE_LINE =
  /^(?:\s{4,}|\t)\S|[;{}]\s*$|^\s*(?:<\/?\w|\/\/|#include|import |from |def |class |return |print|console\.|SELECT |const |let |var )/;
/** A wrong decoding ends as it likes: another finding. */
export const GARBLED = /[锟斤拷\ufffd]{2}$/;
/** A list's next number without its item; not the end of 2.4. */
export const DANGLING = /(?:^|[。！？；]\s*|[.!?]\s+)(\d{1,2})([.、)])$/;
/** Hashtags, mentions and the name under a quotation end texts without a mark. */
export const SIGNED =
  /(?:^|[\s。！？!.])[#＃@] ?[\w\u4e00-\u9fff][^.!?。！？]{0,40}$|["”’'.!?。！？]\s*[-–—―~]{1,2}\s?[^!?。！？,，]{2,40}$|^\s*[-–—―]{1,2}\s?[^.!?。！？]{2,40}$/;
/** The first and the last line of a letter. */
export const LETTER_LINE =
  /^\s*(?:dear|hi|hello|hey|greetings|to|with|sincerely|best|warm(?:ly|est)?|kind(?:ly|est)?|yours|your|respectfully|regards|thanks?|thank you|love|cheers|cordially|尊敬的|亲爱的|敬爱的|嗨|你好|您好|此致|真挚地|真诚地|祝好|敬上|谨启)(?![a-z])[^.!?。！？]{0,40}$/i;
/** The end of a letter: what stands after such a line is a name. */
export const CLOSING =
  /(?:^|\n)\s*(?:sincerely|best|warm(?:ly|est)?|kind(?:ly|est)?|yours|regards|respectfully|love|cheers|此致|敬礼|真挚地|真诚地|诚挚地|谨启|祝好)(?![a-z])[^.!?。！？\n]{0,30}[,，]?\s*\n+[^\n]{0,60}$/i;
/** Verse has no end marks. */
export const VERSE =
  /poem|poetry|verse|haiku|lyric|sonnet|limerick|\bsongs?\b|\brap\b|rhyme|stanza|诗|歌词|歌曲|首歌|对联|词牌/i;
/** A label before its value: "Answer: C. Nile", "物质：水". */
export const LABELLED = /^[^,，。.!?！？:：]{1,16}[:：](?!\/\/)\s?[^。！？!?]{1,40}$/;
/** Several numbered items, steps of a chain, or numbers in one line. */
export const ROW = /(?:\d{1,3}\s?[.、)][^\d]{1,40}){4}|(?:->|=>|→)[^\n]*(?:->|=>|→)|(?:\d+\s?[,，、]\s?){4}\d+$/;
/** A formula or its result, a code after a colon. */
export const FORMULA = /[=＝≈]\s*(?:[^\s=＝≈]{1,40}|[^=＝≈]*[*/+^×÷][^=＝≈]*)$|[:：]\s*(?=\S*\d)[\w-]{12,}$/;
/** An address at the end of a line. */
export const URL_END = /\S+:\/\/\S+$|www\.\S+$|\S+@\S+\.\S+$/;
