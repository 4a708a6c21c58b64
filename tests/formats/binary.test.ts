import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Float64, Int64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { bytesOf, collect, collectFile, collectPieces, collectText, countFile, slot } from './collect';
import { agrees, expected, parseExact, type Golden } from './golden';
import { blobSource } from '$lib/formats';

const table = () =>
  new Table({
    text: vectorFromArray(['你好', null, 'a "b"'], new Utf8()),
    id: vectorFromArray([9007199254740993n, 2n, -3n], new Int64()),
    score: vectorFromArray([0.1, NaN, null], new Float64()),
  });

describe('Arrow', () => {
  it('reads files and streams, whole and in pieces, also gzipped', async () => {
    for (const format of ['file', 'stream'] as const) {
      const bytes = tableToIPC(table(), format);
      for (const read of [
        collectText(bytes, 'a.arrow'),
        collectPieces(bytes, 50, 'a.arrow'),
        collectText(new Uint8Array(gzipSync(bytes)), 'a.arrow.gz'),
      ]) {
        const { rows, raw, batches, format: info, lines } = await read;
        expect(info).toMatchObject({ name: 'arrow', encoding: 'binary', detail: { layout: format } });
        expect(rows.map((r) => r.text)).toEqual(['你好', null, 'a "b"']);
        expect(raw.map((r) => r.id)).toEqual(['9007199254740993', '2', '-3']);
        expect(raw.map((r) => r.score)).toEqual(['0.1', '"NaN"', 'null']);
        expect(batches[0].fields.map((f) => [f.name, f.kind, f.arrowType])).toEqual([
          ['text', 'text', 'Utf8'],
          ['id', 'json', 'Int64'],
          ['score', 'json', 'Float64'],
        ]);
        expect(lines).toEqual([1, 2, 3]);
      }
    }
  });

  it('refuses big-endian files and Feather version 1 clearly', async () => {
    const bytes = tableToIPC(table(), 'stream');
    const data = new DataView(bytes.buffer, bytes.byteOffset);
    // Set the schema's endianness, the field at the place that the table's first slot names.
    const message = 8 + data.getUint32(8, true);
    const at = (place: number, n: number) => {
      const vtable = place - data.getInt32(place, true);
      return place + data.getUint16(vtable + 4 + 2 * n, true);
    };
    const header = at(message, 2);
    const schema = header + data.getUint32(header, true);
    const vtable = schema - data.getInt32(schema, true);
    if (data.getUint16(vtable + 4, true) !== 0) {
      data.setInt16(at(schema, 0), 1, true);
      expect((await collectText(bytes, 'a.arrow')).error?.message).toContain('big-endian');
    }
    expect((await collectText('FEA1xxxxxxxxxxxx', 'a.feather')).error?.message).toContain('version 1');
  });

  it('refuses a stream that is cut', async () => {
    const bytes = tableToIPC(table(), 'stream');
    const { error, rows } = await collectText(bytes.slice(0, bytes.length - 60), 'a.arrow');
    expect(rows).toEqual([]);
    expect(error).toMatchObject({ name: 'UnreadableError', code: 'value' });
  });
});

describe('Arrow with packed buffers', () => {
  const folder = new URL('../fixtures/formats/', import.meta.url);
  /** What `make.py` beside the files wrote. */
  const written = Array.from({ length: 300 }, (_, i) => ({
    text: i % 7 === 3 ? null : `第 ${i} 条 record number ${i}`,
    id: String(2n ** 53n + BigInt(i)),
    score: i % 5 === 0 ? null : i / 8,
    label: ['账单', '积分', '逾期'][i % 3],
    tags: Array.from({ length: i % 3 }, (_, j) => `t${j}`),
  }));
  it.each(['lz4.arrow', 'zstd.arrow', 'lz4.arrows', 'zstd.arrows', 'lz4.feather'])('%s is unpacked', async (name) => {
    const bytes = bytesOf(fileURLToPath(new URL(name, folder)));
    for (const read of [collectText(bytes, name), collectPieces(bytes, 1000, name)]) {
      const { rows, raw, rejected, error, format } = await read;
      expect([error, rejected]).toEqual([null, []]);
      expect(format).toMatchObject({ name: 'arrow', detail: { layout: name.endsWith('s') ? 'stream' : 'file' } });
      // Numbers beyond 2^53 are compared by their digits.
      expect(rows.map((row, i) => ({ ...row, id: raw[i].id }))).toEqual(written);
    }
  });

  it('are refused where they are damaged', async () => {
    for (const name of ['lz4.arrow', 'zstd.arrow']) {
      const bytes = bytesOf(fileURLToPath(new URL(name, folder))).slice();
      // The frame of the first batch's texts: its magic number is broken.
      const magic = name.startsWith('lz4') ? [0x04, 0x22, 0x4d, 0x18] : [0x28, 0xb5, 0x2f, 0xfd];
      const at = bytes.findIndex((_, i) => magic.every((byte, j) => bytes[i + j] === byte));
      expect(at).toBeGreaterThan(0);
      bytes[at] ^= 0xff;
      const { rows, rejected, error } = await collectText(bytes, name);
      expect(error !== null || rejected.length > 0, name).toBe(true);
      expect(rows.length, name).toBeLessThan(300);
    }
  });
});

const integration = shared('data/formats/arrow-testing/data/arrow-ipc-stream/integration');
describe.skipIf(!integration)('Arrow integration files', () => {
  const unread = /list_view|run_end_encoded/;
  for (const version of integration ? readdirSync(integration) : [])
    it(`${version}: files and streams hold the values of their JSON twins`, async () => {
      const names = readdirSync(`${integration}/${version}`).filter((name) => /\.(stream|arrow_file)$/.test(name));
      for (const name of names) {
        const path = `${integration}/${version}/${name}`;
        const { rows, batches, error } = await collectFile(path);
        if (unread.test(name)) {
          expect(error?.message, name).toContain('Unrecognized type');
          continue;
        }
        const twin = path.replace(/\.\w+$/, '.json.gz');
        const golden = JSON.parse(gunzipSync(readFileSync(twin)).toString()) as Golden;
        const total = golden.batches.reduce((sum, batch) => sum + batch.count, 0);
        if (total === 0 || golden.schema.fields.length === 0) {
          expect(rows.length, name).toBe(total);
          continue;
        }
        expect([name, rows.length, error]).toEqual([name, total, null]);
        let row = 0;
        for (const { count, columns } of golden.batches)
          for (let i = 0; i < count; i++, row++)
            golden.schema.fields.forEach((field, n) => {
              const data = batches[0].fields[n];
              const text = slot(data, row) ?? null;
              const value = text === null ? null : data.kind === 'text' ? text : parseExact(text);
              const want = expected(golden, field, columns[n], i);
              expect(agrees(value, want), `${name} ${field.name} row ${row}: ${text}`).toBe(true);
            });
      }
    });
});

const fuzz = shared('data/formats/arrow-testing/data/arrow-ipc-file');
describe.skipIf(!fuzz)('Arrow fuzz cases', () => {
  it('are read or refused, without a crash or a hang', async () => {
    for (const name of readdirSync(fuzz!)) {
      const { error } = await collectFile(`${fuzz}/${name}`);
      if (error) expect(error.name, `${name}: ${error.message}`).toBe('UnreadableError');
    }
  });
});

const parquetData = shared('data/formats/parquet-testing');
describe.skipIf(!parquetData)('parquet-testing', () => {
  it('reads what it should, with its values', async () => {
    const at = (name: string) => `${parquetData}/data/${name}`;
    const plain = await collectFile(at('alltypes_plain.parquet'));
    expect(plain.rows[0]).toEqual({
      id: 4,
      bool_col: true,
      tinyint_col: 0,
      smallint_col: 0,
      int_col: 0,
      bigint_col: 0,
      float_col: 0,
      double_col: 0,
      date_string_col: '03/01/09',
      string_col: '0',
      timestamp_col: '2009-03-01T00:00:00',
    });
    expect(plain.rows[1]).toMatchObject({ float_col: 1.1, double_col: 10.1, timestamp_col: '2009-03-01T00:01:00' });
    const decimals = await collectFile(at('int64_decimal.parquet'));
    expect(decimals.raw.map((r) => r.value)).toEqual(Array.from({ length: 24 }, (_, i) => `${i + 1}.00`));
    const lists = await collectFile(at('list_columns.parquet'));
    expect(lists.rows).toEqual([
      { int64_list: [1, 2, 3], utf8_list: ['abc', 'efg', 'hij'] },
      { int64_list: [null, 1], utf8_list: null },
      { int64_list: [4], utf8_list: ['efg', null, 'hij', 'xyz'] },
    ]);
    const binary = await collectFile(at('binary.parquet'));
    expect(binary.rows[0].foo).toBe('data:application/octet-stream;base64,AA==');
  });

  it('reads every file of data/, or refuses it with a reason', async () => {
    let read = 0;
    for (const name of readdirSync(`${parquetData}/data`)) {
      const path = `${parquetData}/data/${name}`;
      if (!statSync(path).isFile()) continue;
      try {
        const { rows } = await countFile(path);
        expect(rows, name).toBeGreaterThan(0);
        read++;
      } catch (error) {
        expect(error, name).toMatchObject({ name: 'UnreadableError' });
        expect((error as Error).message.length, name).toBeGreaterThan(15);
      }
    }
    expect(read).toBeGreaterThan(60);
    await expect(countFile(`${parquetData}/data/large_string_map.brotli.parquet`)).rejects.toThrow('unpacks to 2.0 GB');
    await expect(countFile(`${parquetData}/data/uniform_encryption.parquet.encrypted`)).rejects.toThrow('encrypted');
  });

  it('refuses bad_data/, and goes on reading good files after a crash inside the reader', async () => {
    for (const name of readdirSync(`${parquetData}/bad_data`).filter((n) => n.endsWith('.parquet'))) {
      const { error, rows, rejected } = await collectFile(`${parquetData}/bad_data/${name}`);
      // An index width of 0 bits is right for a dictionary of one value: all 21,186 rows are there.
      if (name === 'ARROW-GH-43605.parquet') expect([rows.length, rejected.length]).toEqual([21_186, 0]);
      else expect(error, name).toMatchObject({ name: 'UnreadableError', code: 'value' });
    }
    expect((await countFile(`${parquetData}/data/alltypes_plain.parquet`)).rows).toBe(8);
  });
});

const hyparquet = shared('data/formats/hyparquet');
describe.skipIf(!hyparquet)('hyparquet', () => {
  // Types that its twins spell in their own way: raw bytes, geometry, variants, UUIDs; and what parquet-wasm cannot read.
  const other = /^(byte_stream_split_extended|geo|shredded|uuid|issue97|repeated_no_annotation|strings)/;
  const same = (a: unknown, b: unknown): boolean => {
    if (a === null || a === undefined) return b === null || b === undefined || b === 'NaN' || same([], b);
    if (typeof a === 'number') return typeof b === 'number' && (a === b || Math.abs(a - b) <= Math.abs(a) * 2e-3);
    if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((v, i) => same(v, b[i]));
    if (typeof a === 'object') {
      const [x, y] = [a as Record<string, unknown>, (b ?? {}) as Record<string, unknown>];
      return [...new Set([...Object.keys(x), ...Object.keys(y)])].every((key) => same(x[key], y[key]));
    }
    // Bytes that are no text: the twins decode them somehow.
    const packed = /^data:[^,]*;base64,(.*)$/.exec(String(b));
    if (packed)
      return (
        String(a).length > 0 &&
        ['utf8', 'latin1'].some((as) => Buffer.from(packed[1], 'base64').toString(as as BufferEncoding) === a)
      );
    const moment = typeof a === 'string' && /^[+-]?\d{4,6}-\d\d-\d\dT.*Z$/.test(a);
    return moment ? Date.parse(a) === Date.parse(`${String(b).replace('Z', '')}Z`) : a === b;
  };
  it('files that the reader cannot read, or that hold nothing, are refused with the reason', async () => {
    const said = async (name: string) => {
      const { error, rows, rejected } = await collectFile(`${hyparquet}/${name}.parquet`);
      expect([rows.length, rejected.length]).toEqual([0, 0]);
      expect(error).toMatchObject({ name: 'UnreadableError' });
      return error!.message;
    };
    expect(await said('repeated_no_annotation')).toContain('6 of its 6 rows are missing');
    expect(await said('strings')).toContain('Repetition level must be defined');
    // Its twin is an empty list.
    expect(await said('issue97')).toBe('The file holds no records.');
  });

  it('files hold the values of their JSON twins', async () => {
    for (const name of readdirSync(hyparquet!).filter((n) => n.endsWith('.parquet') && !other.test(n))) {
      const { rows, error } = await collectFile(`${hyparquet}/${name}`);
      const twin = JSON.parse(readFileSync(`${hyparquet}/${name.replace('.parquet', '.json')}`, 'utf8')) as unknown[];
      expect([name, rows.length, error]).toEqual([name, twin.length, null]);
      twin.forEach((row, i) => {
        const values = Array.isArray(row) ? row : Object.values(row as object);
        const mine = Object.values(rows[i]);
        values.forEach((value, n) => expect(same(value, mine[n]), `${name} row ${i} column ${n}`).toBe(true));
      });
    }
  });
});

describe('Parquet without its reader', () => {
  it('is refused with a reason', async () => {
    const source = blobSource(new Blob(['PAR1xxxxxxxxPAR1']), 'a.parquet');
    const { error } = await collect(source, { parquet: undefined });
    expect(error?.message).toContain('reader was not loaded');
    expect((await collectText('PAR1xxxxxxxxPAR1', 'a.parquet')).error).toMatchObject({ name: 'UnreadableError' });
  });
});

const intent = shared('data/parquet-intent/train-00000-of-00001.parquet');
describe.skipIf(!intent)('Parquet held in another way', () => {
  it('is read from a stream and gzipped as from a file', async () => {
    const direct = await collectFile(intent!);
    expect(direct.rows).toHaveLength(10_625);
    const streamed = await collectPieces(bytesOf(intent!), 10_000, 'train.parquet');
    expect(streamed.rows).toEqual(direct.rows);
    const packed = await collectText(new Uint8Array(gzipSync(bytesOf(intent!))), 'train.parquet.gz');
    expect(packed.rows).toEqual(direct.rows);
    expect(packed.format).toMatchObject({ name: 'parquet', compression: 'gzip' });
  });
});
