import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableError } from '$lib/formats';
import { collectPieces, collectText } from './collect';

describe('JSONL', () => {
  it('reads strings, numbers with all their digits, nested values, nulls and absent keys', async () => {
    const text =
      '{"a":"x\\ny","n":12345678901234567890,"o":{"p": [1, 2.50]}}\n' +
      '\r\n' +
      '{"n":1e400,"a":null}\r\n' +
      '{"__proto__":"data","a":"\\u4f60\\ud83d\\ude00"}';
    const { rows, raw, lines, rejected, batches, format } = await collectText(text, 'a.jsonl');
    expect(rejected).toEqual([]);
    expect(lines).toEqual([1, 3, 4]);
    expect(format).toMatchObject({ name: 'jsonl', encoding: 'utf-8', compression: null });
    expect(rows[0].a).toBe('x\ny');
    expect(rows[1]).toHaveProperty('a', null);
    expect(Object.keys(rows[2])).toEqual(['a', '__proto__']);
    expect(rows[2].a).toBe('你😀');
    expect(raw.map((r) => r.n)).toEqual(['12345678901234567890', '1e400', undefined]);
    expect(raw[0].o).toBe('{"p": [1, 2.50]}');
    expect(batches[0].fields.map((f) => [f.name, f.kind])).toEqual([
      ['a', 'text'],
      ['n', 'json'],
      ['o', 'json'],
      ['__proto__', 'text'],
    ]);
  });

  it('turns a text field into a json field as soon as another type appears', async () => {
    const { raw, batches } = await collectText(
      '{"v":"a\\"\\tb\\u0001"}\n{"v":null}\n{}\n{"v":[1]}\n{"v":"c\\/d"}',
      'a.jsonl',
    );
    expect(batches[0].fields[0].kind).toBe('json');
    expect(raw).toEqual([{ v: '"a\\"\\tb\\u0001"' }, { v: 'null' }, {}, { v: '[1]' }, { v: '"c\\/d"' }]);
  });

  it('keeps a lone surrogate as it is written', async () => {
    const { raw, rows } = await collectText('{"v":"ok"}\n{"v":"\\ud800x"}', 'a.jsonl');
    expect(raw[1].v).toBe('"\\ud800x"');
    expect(rows[1].v).toBe('\ud800x');
    expect(rows[0].v).toBe('ok');
  });

  it('takes the last of two equal keys', async () => {
    const { rows } = await collectText(
      '{"k":"one","k":"two"}\n{"k":"long text","\\u006b":1}\n{"k":1,"k":null}',
      'a.jsonl',
    );
    expect(rows).toEqual([{ k: 'two' }, { k: 1 }, { k: null }]);
  });

  it('says in how many records a key is given twice', async () => {
    const twice = ['{"k":"a","k":"b"}', '{"k":"a","x":1}', '{"k":"a","\\u006b":null,"k":2}', '{"x":2,"k":"a"}'];
    for (const text of [twice.join('\n'), `[${twice.join(',')}]`, `{"data":[${twice.join(',')}]}`]) {
      const { rows, format } = await collectPieces(text, 7, 'a.json');
      expect(rows).toEqual(twice.map((line) => JSON.parse(line) as object));
      expect(format?.detail.repeated).toBe('2');
    }
    expect((await collectText('{"k":{"a":1,"a":2}}\n{"k":1}', 'a.jsonl')).format?.detail.repeated).toBeUndefined();
  });

  it('refuses a bad line with line, byte offset and reason, and reads the rest', async () => {
    const good = '{"text":"你好"}';
    const lines = [good, '{"text":"a" "b":1}', good, '{"text":tru}', '{"text":"open', '[1,2', '"s"', `${good} x`, good];
    const { rows, rejected } = await collectText(lines.join('\n'), 'a.jsonl');
    expect(rows).toHaveLength(3);
    const at = (line: number) => new TextEncoder().encode(lines.slice(0, line - 1).join('\n')).length + 1;
    expect(rejected.map(({ line, offset, code, reason }) => [line, offset - at(line), code, reason])).toEqual([
      [2, 0, 'syntax', `expected a comma or } after the value of "text" (at byte ${at(2) + 12})`],
      [
        4,
        0,
        'syntax',
        `the value of "text" is not true, false, null, a number or a string in double quotes (at byte ${at(4) + 8})`,
      ],
      [5, 0, 'syntax', `the line ends inside the value of "text" (at byte ${at(5) + 13})`],
      [6, 0, 'syntax', `the line ends before the record does (at byte ${at(6) + 4})`],
      [7, 0, 'shape', 'expected a record in braces, found a value of type string'],
      [8, 0, 'syntax', `more text follows the end of the record (at byte ${at(8) + good.length + 5})`],
    ]);
    expect(rejected[0]).toMatchObject({ key: 'formats.expected-comma-object-in', params: { field: 'text' } });
  });

  it('calls a last line that is cut off truncated', async () => {
    const { rows, rejected } = await collectText('{"a":1}\n{"a":"hal', 'a.jsonl');
    expect(rows).toHaveLength(1);
    expect(rejected).toMatchObject([
      { code: 'truncated', line: 2, offset: 8, reason: 'the file ends inside the value of "a" (at byte 17)' },
    ]);
  });

  it('refuses the record that holds bytes that are not UTF-8', async () => {
    const bytes = new TextEncoder().encode('{"a":"one"}\n{"a":"tXo"}\n{"a":"three 三"}\n');
    bytes[bytes.indexOf(0x58)] = 0xff;
    const { rows, rejected } = await collectText(bytes, 'a.jsonl');
    expect(rows.map((r) => r.a)).toEqual(['one', 'three 三']);
    expect(rejected).toMatchObject([{ code: 'encoding', line: 2, offset: 12, params: { atByte: 19 } }]);
  });

  it('reads lines that are arrays, and refuses those of another width', async () => {
    const { rows, rejected } = await collectText('["a b","x"]\n["c","y"]\n["d"]', 'a.jsonl');
    expect(rows).toEqual([
      { text: 'a b', label: 'x' },
      { text: 'c', label: 'y' },
    ]);
    expect(rejected).toMatchObject([{ code: 'shape', reason: 'expected 2 fields, found 1' }]);
  });

  it('skips byte-order marks, however many', async () => {
    const { rows } = await collectText('\ufeff\ufeff{"a":"\ufeffb"}\n', 'a.jsonl');
    expect(rows).toEqual([{ a: '\ufeffb' }]);
  });

  it('cuts the first batches short, later ones at 65,536 rows', async () => {
    const text = Array.from({ length: 150_000 }, (_, i) => `{"i":${i}}`).join('\n');
    const { batches, rows } = await collectText(text, 'a.jsonl', { file: 3, first: 10 });
    expect(batches.map((b) => b.rows)).toEqual([2048, 8192, 32768, 65536, 41456]);
    expect(batches.map((b) => b.first)).toEqual([10, 2058, 10250, 43018, 108554]);
    expect(batches.every((b) => b.file === 3 && b.lines.length === b.rows)).toBe(true);
    expect(rows.every((r, i) => r.i === i)).toBe(true);
  });

  it('stops when aborted', async () => {
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    const { error, rows } = await collectText('{"a":1}', 'a.jsonl', { signal: abort.signal });
    expect(rows).toEqual([]);
    expect(error?.message).toBe('enough');
  });

  it('survives records with ever new keys', async () => {
    const text = Array.from({ length: 4300 }, (_, i) => `{"k${i}":${i}}`).join('\n');
    const { rows } = await collectText(text, 'a.jsonl');
    expect(rows).toHaveLength(4300);
    expect(rows.every((r, i) => Object.keys(r).length === 1 && r[`k${i}`] === i)).toBe(true);
  });
});

describe('JSON documents', () => {
  it('reads an array of objects and gives each its line', async () => {
    const { rows, lines, format } = await collectText('[\n  {"a": 1},\n  {\n    "a": 2\n  }, {"a": 3}\n]\n');
    expect(rows.map((r) => r.a)).toEqual([1, 2, 3]);
    expect(lines).toEqual([2, 3, 5]);
    expect(format).toMatchObject({ name: 'json', detail: { shape: 'array' } });
  });

  it('refuses a comma before the closing bracket, with its place, and keeps the rows', async () => {
    const { rows, rejected } = await collectText('[{"a":1},\n{"a":2},\n]');
    expect(rows).toHaveLength(2);
    expect(rejected).toMatchObject([{ code: 'syntax', line: 2, offset: 17, key: 'formats.trailing-comma' }]);
  });

  const pretty = (records: string[]) => `[\n${records.map((r) => `  {\n    ${r}\n  }`).join(',\n')}\n]`;

  it('goes on behind a broken element that began its line', async () => {
    const fields = ['"a": 1, "b": [{"c": 2}]', '"a": 2 "b": 3', '"a": "open, "b": 4', '"a": 5', '"a": [6', '"a": 7'];
    const { rows, rejected } = await collectText(pretty(fields));
    expect(rows.map((r) => r.a)).toEqual([1, 5, 7]);
    expect(rejected.map((r) => [r.line, r.code])).toEqual([
      [5, 'syntax'],
      [8, 'syntax'],
      [14, 'syntax'],
    ]);
  });

  it('goes on behind a broken element of an array on one line', async () => {
    const { rows, rejected } = await collectText(
      '[{"id":1,"x":"y"},{"id":2,"x":"q" u"},{"id":3,"x":"z"}, {"id":4 "x":1}, {"id":5}]',
    );
    expect(rows.map((r) => r.id)).toEqual([1, 3, 5]);
    expect(rejected).toHaveLength(2);
  });

  it('keeps what came before a cut', async () => {
    const { rows, rejected } = await collectText('[{"a":1},{"a":2},{"a":"thr');
    expect(rows).toHaveLength(2);
    expect(rejected).toMatchObject([{ code: 'truncated', line: 1, offset: 17, params: { atByte: 26 } }]);
    const spread = await collectText('[\n  {"a":\n1},\n  {"a":\n"thr');
    expect(spread.rejected).toMatchObject([
      {
        code: 'truncated',
        line: 4,
        offset: 16,
        reason: 'the file ends inside the value of "a" (at line 5, byte 26)',
      },
    ]);
    const document = await collectText('\n {"a": 1,\n"messages": [{"role": "us');
    expect(document.error).toMatchObject({ line: 2, offset: 2 });
    expect(document.error?.cause).toMatchObject({ code: 'truncated', params: { atLine: 3 } });
  });

  it('reads the list an object holds and names the rest', async () => {
    const { rows, format } = await collectText(
      '{"version": "1.1", "data": [{"q": "a"}, {"q": "b"}], "licence": {"x": [{}]}}',
    );
    expect(rows).toEqual([{ q: 'a' }, { q: 'b' }]);
    expect(format?.detail).toEqual({ shape: 'list in data', metadata: 'version, licence' });
  });

  it('reads lists by part, each row with its part', async () => {
    const { rows } = await collectText('{"train": [["a b", "x"], ["c", "y"]], "oos_val": [["d", "oos"]]}');
    expect(rows).toEqual([
      { text: 'a b', label: 'x', split: 'train' },
      { text: 'c', label: 'y', split: 'train' },
      { text: 'd', label: 'oos', split: 'oos_val' },
    ]);
  });

  it('reads columns of equal length, texts by label, and a record that is the whole file', async () => {
    expect((await collectText('{"a": ["x", "y"], "b": [1, 22]}')).rows).toEqual([
      { a: 'x', b: 1 },
      { a: 'y', b: 22 },
    ]);
    expect((await collectText('{"hi": ["hello", "hey"], "bye": ["so long"]}')).rows).toEqual([
      { text: 'hello', label: 'hi' },
      { text: 'hey', label: 'hi' },
      { text: 'so long', label: 'bye' },
    ]);
    expect((await collectText('{"m": [{"x": 1}, {}], "t": ["a", "b"]}')).rows).toEqual([
      { m: { x: 1 }, t: 'a' },
      { m: {}, t: 'b' },
    ]);
    const one = '{\n "messages": [{"role": "user", "content": "x"}],\n "tags": ["a"]\n}';
    expect((await collectText(one)).rows).toEqual([JSON.parse(one)]);
  });

  it('reads JSONL under the name of JSON, and objects one after another', async () => {
    expect((await collectText('{"a":1}\n{"a":2}\n', 'x.json')).format?.name).toBe('jsonl');
    const { rows, lines } = await collectText('{\n "a": 1\n}\n{\n "a": 2\n}\n', 'x.json');
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
    expect(lines).toEqual([1, 4]);
  });

  it('never reads broken JSON as a table', async () => {
    const { error } = await collectText('{"a", "b"\n1, 2\n3, 4\n', 'x.csv');
    expect(error).toBeInstanceOf(UnreadableError);
    expect(error).toMatchObject({ code: 'syntax', line: 1 });
  });

  it('says that an empty file is empty', async () => {
    for (const content of ['', ' \n\n', '\ufeff']) {
      const { error } = await collectText(content);
      expect(error).toBeInstanceOf(UnreadableError);
      expect(error?.message).toBe('The file is empty.');
    }
  });

  it('refuses nesting that is too deep instead of crashing', async () => {
    const { error } = await collectText('['.repeat(200_000));
    expect(error).toMatchObject({ name: 'UnreadableError', code: 'syntax' });
    const { rows } = await collectText(`{"a":${'['.repeat(500)}${']'.repeat(500)}}\n`);
    expect(rows).toHaveLength(1);
  });
});

const record = fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), {
  maxKeys: 5,
});

describe('against JSON.parse', () => {
  it('reads what JSON.stringify writes, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('lines', 'array', 'pretty'),
        async (records, size, form) => {
          const texts = records.map((r) => JSON.stringify(r));
          const text =
            form === 'lines'
              ? texts.join('\n')
              : form === 'array'
                ? `[${texts.join(',')}]`
                : JSON.stringify(records, null, 1);
          const { rows, rejected } = await collectPieces(text, size, form === 'lines' ? 'a.jsonl' : 'a.json');
          expect(rejected).toEqual([]);
          expect(rows).toEqual(texts.map((t) => JSON.parse(t) as unknown));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('accepts a line exactly if JSON.parse does', async () => {
    const bytes = [...'{}[]",:\\/\n\tue0123456789+-.truefalsn \u0001é'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...bytes)), { maxLength: 3 }),
        async (records, edits) => {
          const lines = records.map((r) => {
            let text = JSON.stringify(r);
            for (const [where, how, what] of edits) {
              const at = (where * 31 + text.length) % text.length;
              text = text.slice(0, at) + (how % 3 ? what : '') + text.slice(at + (how % 2));
            }
            return new TextDecoder().decode(new TextEncoder().encode(text.replaceAll('\n', ' ')));
          });
          const expected: unknown[] = [];
          let blank = 0;
          for (const line of lines) {
            try {
              const value = JSON.parse(line) as unknown;
              if (value !== null && typeof value === 'object' && !Array.isArray(value)) expected.push(value);
            } catch {
              if (line.trim() === '') blank++;
            }
          }
          const sentinel = '{"sentinel":[0]}';
          const { rows, rejected } = await collectText([sentinel, ...lines].join('\n'), 'a.jsonl');
          expect(rows.slice(1).filter((r) => !('column1' in r) && !('text' in r && 'label' in r))).toEqual(
            expected.filter((r) => !('column1' in (r as object)) && !('text' in (r as object))),
          );
          expect(rows.length + rejected.length + blank).toBe(lines.length + 1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
