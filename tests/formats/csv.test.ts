import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { collectFile, collectPieces, collectText } from './collect';

describe('tables', () => {
  it('reads quoted separators, doubled quotes and line breaks in fields, CRLF', async () => {
    const text = 'a,b\r\n"x, ""y""","1\r\n2"\r\n,""\r\n';
    for (const size of [1, 2, 5, 1000]) {
      const { rows, lines } = await collectPieces(text, size, 'a.csv');
      expect(rows).toEqual([
        { a: 'x, "y"', b: '1\r\n2' },
        { a: '', b: '' },
      ]);
      expect(lines).toEqual([2, 4]);
    }
  });

  it('finds tabs under the name of CSV, behind a doubled byte-order mark', async () => {
    const { rows, format } = await collectText(
      '\ufeff\ufeffquestion\tanswer\n1, 2\t3\nhe said "no"\t"quoted"\n',
      'a.csv',
    );
    expect(format?.detail).toEqual({ separator: 'tab', quote: '"', header: true });
    expect(rows).toEqual([
      { question: '1, 2', answer: '3' },
      { question: 'he said "no"', answer: 'quoted' },
    ]);
  });

  it('finds semicolons beside decimal commas, bars, backslash escapes, single quotes', async () => {
    const detail = async (text: string) => (await collectText(text, 'a.csv')).format?.detail;
    expect(await detail('name;price\na;1,5\nb;2,5\n')).toMatchObject({ separator: ';', header: true });
    expect(await detail('text|label\nx y|1\nz|0\n')).toMatchObject({ separator: '|', header: true });
    expect(await detail('a,b\n"say \\"hi, you\\"",1\n"x",2\n"\\"\\", y",3\n')).toMatchObject({ escape: '\\' });
    expect(await detail("a,b\n'x, y','1'\n'z, u','2'\n")).toMatchObject({ quote: "'" });
  });

  it('tells a header from a first row', async () => {
    const named = async (text: string) => Object.keys((await collectText(text, 'a.csv')).rows[0]);
    expect(await named('text,intent\nWhere is it?,where\nWhen?,when\n')).toEqual(['text', 'intent']);
    expect(await named('Where is it?,where\nWhen is it?,when\nWhere was it?,where\n')).toEqual(['column1', 'column2']);
    expect(await named('x,1\ny,2\nz,3\n')).toEqual(['column1', 'column2']);
    expect(await named(',score,score\na,1,2\nb,3,4\n')).toEqual(['column1', 'score', 'score_2']);
  });

  it('takes no first row for a header that goes on as it began', async () => {
    const firsts = async (text: string) => {
      const { rows, format } = await collectText(text, 'a.csv');
      return [format?.detail.header, rows.length];
    };
    expect(await firsts('r1,hello,question\nr2,goodbye,answer\nr3,thanks,other\n')).toEqual([false, 3]);
    expect(await firsts('hello,2024-01-05\nbye,2024-02-29\nthanks,2024-11-30\n')).toEqual([false, 3]);
    expect(await firsts('ann@example.com,hello\nbo@example.org,bye\ncy@example.net,thanks\n')).toEqual([false, 3]);
    expect(await firsts('where can I see it,card\nhow do I pay now,bill\nwhat is my limit today,limit\n')).toEqual([
      false,
      3,
    ]);
    expect(await firsts('Is it open?,no\nCan I pay?,yes\nIs there a fee?,maybe\n')).toEqual([false, 3]);
    expect(await firsts('is it open,no\ncan I pay,yes\nis there a fee,no\n')).toEqual([false, 3]);
    expect(await firsts('text,label\nhello,a\nbye,b\ntext,label\nthanks,c\n')).toEqual([true, 4]);
    expect(await firsts('x,7,hello\ny,8,bye\nz,9,thanks\n')).toEqual([false, 3]);
    expect(await firsts('k1,k2\nv1,v2\nv3,v4\n')).toEqual([true, 2]);
    expect(await firsts('q1,sentence2\nhello,bye\nx,y\n')).toEqual([true, 2]);
  });

  it('reads a header with a repeated name, each name given once and none taken from another column', async () => {
    const table = (header: string, cell: (row: number, column: number) => string) =>
      collectText(
        [
          header,
          ...Array.from({ length: 50 }, (_, r) =>
            header
              .split(',')
              .map((_, c) => cell(r, c))
              .join(','),
          ),
        ].join('\n'),
        'a.csv',
      );
    const texts = (row: number, column: number) => `text ${'xyz'[column % 3]} ${row * 7 + column}`;
    const { rows, lines, format } = await table('a,a,b', texts);
    expect(format?.detail.header).toBe(true);
    expect(rows).toHaveLength(50);
    expect(rows[0]).toEqual({ a: 'text x 0', a_2: 'text y 1', b: 'text z 2' });
    expect(lines[0]).toBe(2);
    const numbers = await table('a,a,a_2,,column4,a', (row, column) => String(row * 7 + column));
    expect(numbers.rows).toHaveLength(50);
    expect(numbers.rows[0]).toEqual({ a: '0', a_3: '1', a_2: '2', column4_2: '3', column4: '4', a_4: '5' });
    const answers = await table('yes,yes,maybe', (row, column) => ['yes', 'maybe'][(row + column) % 2]);
    expect(answers.rows).toHaveLength(51);
  });

  it('refuses rows of another width, lets further empty fields pass, skips blank lines', async () => {
    const text = 'text,label\na,x\nb\nc,y,z\n\nd,y,,\n"e","y"\n';
    const { rows, rejected } = await collectText(text, 'a.csv');
    expect(rows.map((r) => r.text)).toEqual(['a', 'd', 'e']);
    expect(rejected.map((r) => [r.code, r.line, r.offset, r.reason])).toEqual([
      ['shape', 3, 15, 'expected 2 fields, found 1'],
      ['shape', 4, 17, 'expected 2 fields, found 3'],
    ]);
  });

  it('refuses a field that is never closed, and reads what it swallowed', async () => {
    const good = Array.from({ length: 30 }, (_, i) => (i % 2 ? `row ${i},x` : `"row, ${i}",x`));
    const text = ['text,label', ...good, '"open,x', ...good].join('\n');
    const { rows, rejected } = await collectText(text, 'a.csv');
    expect(rows).toHaveLength(60);
    expect(rejected).toMatchObject([{ code: 'syntax', line: 32, key: 'formats.never-closed' }]);
    const closed = ['text,label', '"a\nb" c,x', '"d, e",y', '"f",z'].join('\n');
    expect((await collectText(closed, 'a.csv')).rejected).toMatchObject([{ line: 2, key: 'formats.after-quote' }]);
    const before = `${['text,label', ...good].join('\n')}\n`;
    const cut = await collectText(`${before}"the end is\nmissing, al`, 'a.csv');
    expect(cut.rows).toHaveLength(30);
    expect(cut.rejected).toMatchObject([{ code: 'truncated', line: 32, offset: before.length }]);
  });

  it('refuses text behind a closing quote with its place', async () => {
    const text = 'text,label\n"a",x\n"b"c,x\n"d" ,x\n"e",y\n';
    const { rows, rejected } = await collectText(text, 'a.csv');
    expect(rows.map((r) => r.text)).toEqual(['a', 'd', 'e']);
    expect(rejected).toMatchObject([
      { code: 'syntax', line: 3, offset: 17, reason: 'text follows the closing quote of a field (at byte 20)' },
    ]);
  });

  it('places a record that spans lines where it begins, and names the line of the fault', async () => {
    const { rejected } = await collectText('text,label\n"a\nb"c,x\n"d, e",y\n"f",z\n', 'a.csv');
    expect(rejected).toMatchObject([{ line: 2, offset: 11, params: { atLine: 3, atByte: 16 } }]);
    const bytes = new TextEncoder().encode('text,label\na,x\n"two\nlinXs",x\nc,y\n');
    bytes[bytes.indexOf(0x58)] = 0xff;
    const broken = await collectText(bytes, 'a.csv');
    expect(broken.rejected).toMatchObject([
      { code: 'encoding', line: 3, offset: 15, params: { atLine: 4, atByte: 23 } },
    ]);
  });

  it('reads lines of plain text as records', async () => {
    const { rows, format } = await collectText('你好，世界\n\n再见, 朋友\n', 'a.txt');
    expect(rows).toEqual([{ text: '你好，世界' }, { text: '再见, 朋友' }]);
    expect(format?.detail.separator).toBe('none');
  });

  it('reads back whatever Papa writes, and in the same way as Papa', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ab ,;"\n\r你😀'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 8, maxLength: 20 }),
        fc.nat(30),
        async (cells, size) => {
          const table = cells.map(([a, b, c], i) => ({ text: `${i}${a}`, label: b, note: `${c}.` }));
          const text = Papa.unparse(table, { quotes: true });
          const { rows, rejected } = await collectPieces(text, size + 1, 'a.csv');
          expect(rejected).toEqual([]);
          expect(rows).toEqual(table);
          expect(Papa.parse(text, { header: true }).data).toEqual(table);
        },
      ),
      { numRuns: 150 },
    );
  });
});

const spectrum = shared('data/formats/csv-spectrum');
describe.skipIf(!spectrum)('csv-spectrum', () => {
  // Its twins of these two were changed without the tables.
  const contradictions = ['newlines_crlf', 'location_coordinates'];
  for (const file of spectrum ? readdirSync(`${spectrum}/csvs`) : [])
    it(file, async () => {
      const name = file.replace('.csv', '');
      const { rows, rejected } = await collectFile(`${spectrum}/csvs/${file}`);
      const twin = JSON.parse(readFileSync(`${spectrum}/json/${name}.json`, 'utf8')) as unknown;
      if (name === 'location_coordinates') {
        // Latin-1 in a file that the twin has as something else: refused as what it is.
        expect(rows.length + rejected.length).toBe(1);
        return;
      }
      expect(rejected).toEqual([]);
      if (!contradictions.includes(name)) expect(rows).toEqual(Array.isArray(twin) ? twin : [twin]);
      else expect(rows).toHaveLength((twin as unknown[]).length);
    });
});

const fixtures = shared('data/formats/csv-parser/fixtures');
describe.skipIf(!fixtures)('csv-parser', () => {
  const first = async (file: string) => (await collectFile(`${fixtures}/${file}`)).rows;
  it('reads its fixtures as its snapshots say', async () => {
    expect(await first('basic.csv')).toEqual([{ a: '1', b: '2', c: '3' }]);
    expect((await first('quotes+newlines.csv'))[0]).toEqual({ a: '1', b: 'ha \n"ha" \nha' });
    expect((await first('escape-quotes.csv'))[0]).toEqual({ a: '1', b: 'ha "ha" ha' });
    expect((await first('newlines.csv'))[1]).toEqual({ a: 'Once upon \na time', b: '5', c: '6' });
    expect((await first('option-escape.csv'))[0]).toEqual({ a: '1', b: 'some "escaped" value', c: '2' });
    expect((await first('geojson.csv'))[1].prop0).toBe('value0');
    expect(await first('large-dataset.csv')).toHaveLength(7268);
    const mac = await first('bench/mac-newlines.csv');
    expect(mac[1]).toEqual({ a: 'Once upon\ra time', b: '5', c: '6' });
    for (const file of ['utf8', 'utf16', 'utf16-big'])
      expect((await first(`bench/${file}.csv`))[1]).toEqual({ a: '4', b: '5', c: 'ʤ' });
  });
});

const tabulator = shared('data/formats/tabulator');
describe.skipIf(!tabulator)('tabulator', () => {
  const rowsOf = async (name: string) => (await collectFile(`${tabulator}/${name}`)).rows;
  it('reads one table alike in every form', async () => {
    const table = [
      { id: '1', name: 'english' },
      { id: '2', name: '中国人' },
    ];
    for (const name of ['table.csv', 'table.csv.gz', 'special/bom.csv'])
      expect(await rowsOf(name), name).toEqual(table);
    for (const name of ['table.ndjson', 'table-dicts.json'])
      expect(await rowsOf(name), name).toEqual(table.map(({ id, name }) => ({ id: Number(id), name })));
    expect(await rowsOf('table.tsv')).toEqual([...table, { id: '3', name: '\\N' }]);
    expect(await rowsOf('table_unicode_headers.csv')).toEqual(table.map(({ id, name }) => ({ id, 国人: name })));
    expect((await rowsOf('table-reverse.csv')).map(({ name }) => name)).toEqual(['中国人', 'english']);
  });

  // Records by Python's csv.reader, blank lines and the header left out.
  it.each([
    ['matrix.csv', 4, { f1: '11', f2: '12', f3: '13', f4: '14' }],
    ['special/long.csv', 6, { id: '1', name: 'a' }],
    ['special/doublequote.csv', 5, { NOMBREINCISO: 'Administración Nacional de Educación Pública', AÑO: '2019' }],
    ['special/issue305.csv', 338, { data_id: '7006950', event_id_cnty: 'BLR340' }],
    ['special/accent.csv', 2, { n_amenageur: 'XXX', accessibilité: '24h/24' }],
  ])('%s has %i records', async (name, count, first) => {
    const { rows, rejected } = await collectFile(`${tabulator}/${name}`);
    expect([rows.length, rejected.length]).toEqual([count, 0]);
    expect(rows[0]).toMatchObject(first);
  });

  it('refuses comments, short rows and Latin-1 with their lines', async () => {
    const refused = async (name: string) => {
      const { rows, rejected } = await collectFile(`${tabulator}/special/${name}`);
      return [rows.length, ...rejected.map(({ line, code }) => `${line} ${code}`)];
    };
    expect(await refused('skip-rows.csv')).toEqual([2, '1 shape', '4 shape']);
    expect(await refused('skip-blank-at-the-end.csv')).toEqual([1, '2 shape']);
    expect(await refused('latin1.csv')).toEqual([1, '3 encoding']);
  });
});

const univocity = shared('data/formats/univocity');
describe.skipIf(!univocity)('univocity', () => {
  it.each(['', '-dos', '-mac'])(
    'reads essential%s.csv: 15 records, and five lines of one field refused',
    async (kind) => {
      const { rows, rejected } = await collectFile(`${univocity}/csv/essential${kind}.csv`);
      // The note above the header, a comment, a line to skip, white space, …: 20 records for Python's csv.reader, header included.
      expect(rows.length).toBe(15);
      expect(rejected.every(({ code, reason }) => code === 'shape' && reason === 'expected 5 fields, found 1')).toBe(
        true,
      );
      expect(rows.length + rejected.length).toBe(19);
      const plain = rows.map((row) => Object.values(row).map((value) => String(value).replace(/\r\n?/g, '\n')));
      expect(plain.slice(0, 5)).toEqual([
        ['1997', 'Ford', 'E350', 'ac, abs, moon', '3000.00'],
        ['1999', 'Chevy', 'Venture "Extended Edition"', '', '4900.00'],
        ['1996', 'Jeep', 'Grand Cherokee', 'MUST SELL!\nair, moon roof, loaded', '4799.00'],
        ['1999', 'Chevy', 'Venture "Extended Edition, Very Large"', '', '5000.00'],
        ['', '', 'Venture "Extended Edition"', '', '4900.00'],
      ]);
      expect(plain.at(-1)).toEqual(['1997', 'Ford', 'E350', '" ac, abs, moon " ', '3000.00']);
    },
  );

  it('reads the tables of its issues', async () => {
    const people = await collectFile(`${univocity}/issues/github_194/uk-500.csv`);
    expect([people.rows.length, people.rejected.length]).toEqual([500, 0]);
    expect(people.rows[499]).toMatchObject({ first_name: 'Mi', last_name: 'Richan' });
    const api = await collectFile(`${univocity}/issues/github_177/input.csv`);
    expect(api.rows.map(({ Action, Field5 }) => [Action, Field5])).toContainEqual([
      'Api1',
      'Request:\n\n\nResponse:\n{ }',
    ]);
    expect(api.rows.length).toBe(2);
    const uneven = await collectFile(`${univocity}/csv/iterating_test.csv`);
    expect(uneven.rows.map((row) => Object.values(row))).toEqual([
      ['d', ' e', ' f'],
      ['g', ' h', ' i'],
    ]);
    expect(uneven.rejected.map(({ line }) => line)).toEqual([4, 5, 6]);
  });
});

const parquetTesting = shared('data/formats/parquet-testing/data');
describe.skipIf(!parquetTesting)('tables beside Parquet files', () => {
  it('hold the values of their twins', async () => {
    for (const name of ['delta_byte_array', 'delta_binary_packed', 'delta_encoding_required_column']) {
      const table = await collectFile(`${parquetTesting}/${name}_expect.csv`);
      const twin = await collectFile(`${parquetTesting}/${name}.parquet`);
      expect(table.rows.length, name).toBe(twin.rows.length);
      const columns = Object.keys(table.rows[0]);
      const others = Object.keys(twin.rows[0]);
      table.raw.forEach((row, i) =>
        columns.forEach((column, n) => {
          const value = twin.rows[i][others[n]] === null ? '' : twin.raw[i][others[n]];
          expect(row[column].trim(), `${name} ${i} ${column}`).toBe(value.trim());
        }),
      );
    }
  });
});
