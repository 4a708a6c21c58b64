import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliser, type NormaliseOptions } from '$lib/text/normalise';
import { codeStretches } from '$lib/text/normalise-code';
import { redacted } from '$lib/text/redact';

const strip = (...kinds: NonNullable<NormaliseOptions['strip']>) => normaliser({ strip: kinds });
const FAMILY = '👨\u200d👩\u200d👧';
const ENGLAND = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';

it('does nothing that it was not asked for', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(normaliser({})(text)).toBe(text)));
});

it('brings texts to a Unicode form', () => {
  expect(normaliser({ unicode: 'NFC' })('e\u0301')).toBe('é');
  expect(normaliser({ unicode: 'NFD' })('é')).toBe('e\u0301');
  expect(normaliser({ unicode: 'NFKC' })('ﬁ①')).toBe('fi1');
});

describe('full-width forms', () => {
  const plain = normaliser({ fullWidth: true });
  it('of letters, digits and signs become plain', () => {
    expect(plain('ＡＢｃ１２３\u3000＋－＝％＆＠＃＄＊＜＞＂＇＼＾＿｀｛｜｝')).toBe('ABc123 +-=%&@#$*<>"\'\\^_`{|}');
    expect(plain('３．１４，ｋｍ／ｈ')).toBe('3.14，km/h');
  });
  it('of Chinese punctuation stay, and so do other wide characters', () => {
    expect(plain('你好，请问：ＡＢＣ１２３？')).toBe('你好，请问：ABC123？');
    const text = '好！（甲）；［乙］～丙。「丁」、《戊》是／否．ｶ￥';
    expect(plain(text)).toBe(text);
  });
});

describe('characters nobody sees', () => {
  it('control', () => {
    expect(strip('control')('a\u0000b\u0007c\td\r\ne\u007f\u0085\u009f\ufffe\ufff9f')).toBe('abc\td\r\nef');
  });
  it('bidi', () => {
    expect(strip('bidi')('\u202eabc\u202c \u2066x\u2069 \u200e\u200f\u061c.')).toBe('abc x .');
  });
  it('zero-width', () => {
    expect(strip('zero-width')('\ufeffa\u200bb\u2060c\u00add\u180ee\u2063')).toBe('abcde');
    expect(strip('zero-width')('a\u200db 中\u200c文 \u{e0041}\u{e0042}')).toBe('ab 中文 ');
  });
  it('keeps joiners where they do something', () => {
    const work = strip('control', 'zero-width', 'bidi');
    for (const text of [
      FAMILY,
      ENGLAND,
      '🏳\ufe0f\u200d🌈',
      '🙂\u200d↔\ufe0f',
      'می\u200cخواهم',
      'क्\u200dष',
      'ශ්\u200dරී',
      '👩🏽\u200d⚕\ufe0f',
    ])
      expect(work(text)).toBe(text);
    expect(work('👍\u200d!')).toBe('👍!');
    expect(work(`x\u{e0067}${ENGLAND}`)).toBe(`x${ENGLAND}`);
  });
});

describe('HTML', () => {
  const html = strip('html');
  it('takes tags out and makes entities characters, once', () => {
    expect(html('<p class="x">Hello <b>world</b>!</p>')).toBe('Hello world!');
    expect(html('a&nbsp;&lt;b&gt; &amp;amp; &#39;&#x4e2d;&hellip;&copy;')).toBe("a <b> &amp; '中…©");
    expect(html('&unknown; &amp &#0; &#xd800; &#1114112; &#150;')).toBe('&unknown; &amp &#0; &#xd800; &#1114112; –');
  });
  it('parts blocks by lines and cells by tabs', () => {
    expect(html('one<br>two<br/>three')).toBe('one\ntwo\nthree');
    expect(html('<div>one</div><div>two</div>')).toBe('one\ntwo');
    expect(html('<ul><li>one</li><li>two</li></ul>end')).toBe('one\ntwo\nend');
    expect(html('<p>one</p>\n<p>two</p>')).toBe('one\ntwo');
    expect(html('<tr><td>1</td><td>2</td></tr>')).toBe('1\t2\t');
  });
  it('takes comments, scripts and styles whole', () => {
    expect(html('a<!-- b --><script>if (a < b) {}</script><STYLE>p{}</STYLE>c')).toBe('ac');
    expect(html('<!DOCTYPE html>a<!-- open')).toBe('a<!-- open');
  });
  it('leaves what is no tag', () => {
    for (const text of [
      'a < b and c > d',
      'a <b and c> d',
      '<noinput>',
      'Vec<String>',
      'List<int>',
      '<|endoftext|>',
      '1<2>0',
      '<3',
      '<>',
      '</>',
      'x<y',
      '<user@example.org>',
    ])
      expect(html(text)).toBe(text);
  });
  it('knows attributes', () => {
    expect(html('<a href="x>y" title=\'<\'>t</a>')).toBe('<a href="x>y" title=\'<\'>t');
    expect(html('<a href="x>y">t</a><input disabled data-x><img src=a.png alt="b c"/>')).toBe('t');
  });
  it('leaves Markdown code alone', () => {
    const code = 'use `<b>&lt;</b>`:\n```html\n<p>&amp;</p>\n```\n``a ` <i>``';
    expect(html(code)).toBe(code);
    expect(html('<b>x</b> `<b>` <i>y</i>')).toBe('x `<b>` y');
    expect(html('~~~\n<b>\n~~~\n<b>')).toBe('~~~\n<b>\n~~~\n');
    expect(html('an ` alone <b>x</b>\n\nand ` another')).toBe('an ` alone x\n\nand ` another');
  });
});

describe('addresses', () => {
  const urls = strip('urls');
  it('takes them out and leaves the sentence', () => {
    expect(urls('See https://a.example/b?c=d&e#f, please.')).toBe('See , please.');
    expect(urls('(see http://a.example/x_(y))')).toBe('(see )');
    expect(urls('访问https://a.example/路径，然后')).toBe('访问路径，然后');
    expect(urls('www.example.org and FTP://x.example/')).toBe(' and ');
    expect(urls('<https://a.example> [text](https://a.example/b "t") ![p](http://a.example/(x).png)')).toBe(' text p');
  });
  it('takes hosts in Chinese characters', () => {
    expect(urls('看https://例子.com/a?b=1。')).toBe('看。');
    expect(urls('https://www.例子1.中国:8080/x 和 http://中文.中国')).toBe(' 和 ');
    expect(urls('访问https://www.abc.com请点击b.com')).toBe('访问请点击b.com');
    expect(urls('在http://例子.com看看，https://a.example请看.com')).toBe('在看看，请看.com');
  });
  it('leaves what is none', () => {
    for (const text of [
      'me@www.example.org',
      'http:// nothing',
      'awww.no',
      'a://b',
      '`https://a.example`',
      '```\nhttp://a.example\n```',
    ])
      expect(urls(text)).toBe(text);
  });
});

it('takes emoji out, whole sequences only', () => {
  const emoji = strip('emoji');
  expect(emoji(`a${FAMILY}b👍🏽c${ENGLAND}d🇨🇳e1️⃣f❤\ufe0fg©\ufe0fh`)).toBe('abcdefgh');
  expect(emoji('© ® ™ → 1 # * 中 ①')).toBe('© ® ™ → 1 # * 中 ①');
  expect(emoji('`👍`')).toBe('`👍`');
});

describe('white space', () => {
  const spaces = normaliser({ collapse: ['spaces'] });
  const newlines = normaliser({ collapse: ['newlines'] });
  it('collapses spaces inside lines, drops them at their ends', () => {
    expect(spaces('a  b \u00a0\u3000 c\u00a0d\te \t f  \ng   ')).toBe('a b c d\te f\ng');
  });
  it('keeps indentation and code', () => {
    expect(spaces('    a  b\n\t\tc  d\n\u3000\u3000段  落')).toBe('    a b\n\t\tc d\n\u3000\u3000段 落');
    expect(spaces('x  `a  b`  y\n```\na  b  \n\n```\nz  z')).toBe('x `a  b` y\n```\na  b  \n\n```\nz z');
  });
  it('collapses three or more newlines to two', () => {
    expect(newlines('a\r\nb\rc\n\n\n\nd\n \t\n\n  e\n\nf\ng')).toBe('a\nb\nc\n\nd\n\n  e\n\nf\ng');
    expect(newlines('a\n\n\n```\nb\n\n\n\nc\n```\n\n\n\nd')).toBe('a\n\n```\nb\n\n\n\nc\n```\n\nd');
  });
});

it('finds code in Markdown', () => {
  const code = (text: string) => codeStretches(text).map(({ start, end }) => text.slice(start, end));
  expect(code('a `b` ``c`d`` `e')).toEqual(['`b`', '``c`d``']);
  expect(code('```js\nx\n```\ny\n~~~\nz')).toEqual(['```js\nx\n```', '~~~\nz']);
  expect(code('````\n```\n````\n`a`')).toEqual(['````\n```\n````', '`a`']);
  expect(code('    ```\nno fence')).toEqual([]);
  expect(code('`a\n\nb`')).toEqual([]);
});

it('is done after one pass but for entities, and never throws', () => {
  const all = normaliser({
    unicode: 'NFC',
    fullWidth: true,
    strip: ['control', 'zero-width', 'bidi', 'urls', 'emoji'],
    collapse: ['spaces', 'newlines'],
  });
  const piece = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r',
    '`',
    '```\n',
    '<b>',
    '&amp;',
    'http://a.b',
    '👍',
    '\u200d',
    '\ud83d',
    '\u3000',
    '！',
    'Ａ',
    '(',
    ')',
    '中',
    '\ufe0f',
    '~~~',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      normaliser({ strip: ['html'] })(text);
      expect(typeof all(text)).toBe('string');
      expect(
        normaliser({ collapse: ['spaces', 'newlines'] })(normaliser({ collapse: ['spaces', 'newlines'] })(text)),
      ).toBe(normaliser({ collapse: ['spaces', 'newlines'] })(text));
    }),
    { numRuns: 500 },
  );
});

it('covers every stretch it is given, overlapping ones too', () => {
  const text = 'mail ann@example.org now';
  expect(redacted(text, [], '[{kind}]')).toBe(text);
  expect(redacted(text, [{ start: 5, end: 20, kind: 'email' }], '[{kind}]')).toBe('mail [email] now');
  expect(redacted(text, [{ start: 5, end: 20, kind: '$&' }], '{kind}-{kind}')).toBe('mail $&-$& now');
  const overlapping = [
    { start: 3, end: 6, kind: 'b' },
    { start: 1, end: 4, kind: 'a' },
    { start: 6, end: 7, kind: 'c' },
    { start: 1, end: 2, kind: 'd' },
  ];
  expect(redacted('0123456789', overlapping, '<{kind}>')).toBe('0<a><c>789');
});
