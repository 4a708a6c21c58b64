import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { collectPieces, collectText } from './collect';

const LINES = [
  '{"文本":"你好，世界","标签":"问候"}',
  '{"文本":"信用卡账单查询😀","标签":"账单"}',
  '{"文本":"再见","标签":"告别"}',
];
const TEXT = LINES.join('\n');

function utf16(text: string, big: boolean, mark = true): Uint8Array {
  const units = [...(mark ? '\ufeff' : ''), ...text].join('');
  const bytes = new Uint8Array(units.length * 2);
  const data = new DataView(bytes.buffer);
  for (let i = 0; i < units.length; i++) data.setUint16(i * 2, units.charCodeAt(i), !big);
  return bytes;
}

/** GB 18030 bytes of the characters used here, found by asking the decoder about every pair. */
function gb18030(text: string): Uint8Array {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let a = 0x81; a < 0xff; a++)
    for (let b = 0x40; b < 0xff; b++) if (b !== 0x7f) table.set(decoder.decode(new Uint8Array([a, b])), [a, b]);
  return new Uint8Array([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : table.get(c)!)));
}

describe('encodings', () => {
  const expected = LINES.map((line) => JSON.parse(line) as unknown);

  it('reads UTF-16 of both orders, with and without a mark, cut anywhere', async () => {
    for (const big of [false, true])
      for (const mark of [false, true])
        for (const size of [1, 7, 1000]) {
          const { rows, format } = await collectPieces(utf16(TEXT, big, mark), size, 'a.jsonl');
          expect(format?.encoding).toBe(big ? 'utf-16be' : 'utf-16le');
          expect(rows).toEqual(expected);
        }
  });

  it('reads GB 18030, also as a table', async () => {
    const text = '文本,标签\n"你好，\n世界",问候\n信用卡账单查询,账单\n';
    for (const size of [1, 5, 1000]) {
      const { rows, format } = await collectPieces(gb18030(text), size, 'a.csv');
      expect(format).toMatchObject({ encoding: 'gb18030', detail: { separator: ',', header: true } });
      expect(rows).toEqual([
        { 文本: '你好，\n世界', 标签: '问候' },
        { 文本: '信用卡账单查询', 标签: '账单' },
      ]);
    }
  });

  it('gives offsets in the file as it is stored', async () => {
    const text = '{"文":"好😀"}\n{"文":"好" x}\n{"文":"好"}';
    const wide = await collectText(utf16(text, false), 'a.jsonl');
    expect(wide.rejected).toMatchObject([
      {
        code: 'syntax',
        line: 2,
        offset: 2 + 2 * (text.indexOf('\n') + 1),
        params: { atByte: 2 + 2 * text.indexOf(' x') + 2 },
      },
    ]);
    const plain = text.replace('😀', '');
    const gb = await collectText(gb18030(plain), 'a.jsonl');
    expect(gb.rejected).toMatchObject([
      {
        line: 2,
        offset: gb18030(plain.slice(0, plain.indexOf('\n') + 1)).length,
        params: { atByte: gb18030(plain.slice(0, plain.indexOf('x'))).length },
      },
    ]);
  });

  it('refuses only the records with broken UTF-16', async () => {
    const bytes = utf16(TEXT, false);
    const at = 2 + 2 * TEXT.indexOf('😀');
    bytes[at + 1] = 0x41;
    const { rows, rejected } = await collectText(bytes, 'a.jsonl');
    expect(rows).toEqual([expected[0], expected[2]]);
    expect(rejected).toMatchObject([{ line: 2, code: 'encoding', key: 'formats.bad-text' }]);
  });

  it('leaves Latin-1 unread rather than read it wrong', async () => {
    const bytes = Uint8Array.from('id,name\n1,Zürich\n2,Bern\n', (c) => c.charCodeAt(0));
    const { rows, rejected, format } = await collectText(bytes, 'a.csv');
    expect(format?.encoding).toBe('utf-8');
    expect(rows).toEqual([{ id: '2', name: 'Bern' }]);
    expect(rejected).toMatchObject([{ code: 'encoding', line: 2, offset: 8, params: { atByte: 11 } }]);
  });

  it('refuses UTF-32 and binary files by name', async () => {
    const utf32 = new Uint8Array([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]);
    expect((await collectText(utf32)).error?.message).toContain('UTF-32');
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]);
    expect((await collectText(zip, 'a.xlsx')).error?.message).toContain('(ZIP, Office)');
  });
});

describe('gzip', () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => `{"i":${i},"text":"${Math.sin(i)}"}`);
  const text = rows.join('\n');

  it('reads one member and several', async () => {
    const whole = new Uint8Array(gzipSync(text));
    const outcome = await collectText(whole, 'a.jsonl.gz');
    expect(outcome.format).toMatchObject({ name: 'jsonl', compression: 'gzip' });
    expect(outcome.rows).toHaveLength(30_000);
    const half = rows.slice(0, 15_000).join('\n') + '\n';
    const rest = rows.slice(15_000).join('\n');
    const several = Buffer.concat([gzipSync(half), gzipSync(''), gzipSync(rest)]);
    for (const size of [9_999, 1e9]) {
      const { rows: read, rejected } = await collectPieces(new Uint8Array(several), size, 'a.jsonl.gz');
      expect(rejected).toEqual([]);
      expect(read.map((r) => r.i)).toEqual(rows.map((_, i) => i));
    }
  });

  it('keeps what came before the cut of a truncated file', async () => {
    const whole = new Uint8Array(gzipSync(text));
    const { rows: read, rejected, error } = await collectText(whole.slice(0, whole.length >> 1), 'a.jsonl.gz');
    expect(error).toBeNull();
    expect(read.length).toBeGreaterThan(10_000);
    expect(read.every((r, i) => r.i === i)).toBe(true);
    expect(rejected).toMatchObject([{ code: 'truncated', line: read.length + 1 }]);
  });

  it('does not take the cut field of a truncated table for a whole one', async () => {
    const table = `id,text\n${rows.map((_, i) => `${i},row ${i} ends here`).join('\n')}`;
    const whole = new Uint8Array(gzipSync(table));
    const { rows: read, rejected } = await collectText(whole.slice(0, whole.length >> 1), 'a.csv.gz');
    expect(read.every((r, i) => r.text === `row ${i} ends here`)).toBe(true);
    expect(rejected).toMatchObject([{ code: 'truncated' }]);
  });

  it('says so where nothing can be unpacked', async () => {
    const { error } = await collectText(new Uint8Array(gzipSync('{"a":1}')).slice(0, 12), 'a.jsonl.gz');
    expect(error).toMatchObject({ name: 'UnreadableError', code: 'truncated' });
  });
});
