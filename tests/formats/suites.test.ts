import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { collectFile } from './collect';

const json = shared('data/formats/jsontestsuite/test_parsing');
const files = json ? readdirSync(json).map((name) => ({ name, path: `${json}/${name}` })) : [];

describe.skipIf(!json)('JSONTestSuite', () => {
  it('refuses no valid document for its syntax', async () => {
    const valid = files.filter(({ name }) => name.startsWith('y_'));
    expect(valid.length).toBe(95);
    for (const { name, path } of valid) {
      const { rejected, error, rows, format } = await collectFile(path);
      expect(
        rejected.filter((r) => r.code !== 'shape'),
        name,
      ).toEqual([]);
      if (error) expect(error, name).toMatchObject({ name: 'UnreadableError', code: 'shape' });
      else {
        // What was read is what JSON.parse reads: the record, the list of records, or texts.
        const value = JSON.parse(readFileSync(path, 'utf8')) as unknown;
        if (format?.detail.shape === 'lists') expect(rows.length, name).toBe(1);
        else if (!Array.isArray(value)) expect(rows, name).toEqual([value]);
        else if (typeof value[0] === 'string') expect(rows, name).toEqual(value.map((text: string) => ({ text })));
        else expect(rows.length + rejected.length, name).toBe(value.length);
      }
    }
  });

  it('refuses every invalid document with its place', async () => {
    const invalid = files.filter(({ name }) => name.startsWith('n_'));
    expect(invalid.length).toBe(188);
    for (const { name, path } of invalid) {
      const { rejected, error } = await collectFile(path);
      const size = readFileSync(path).length;
      const place = [...rejected, ...(error ? [error as never] : [])] as {
        code: string;
        offset: number;
        line: number;
        message?: string;
      }[];
      const told = place.filter((p) => ['syntax', 'encoding'].includes(p.code) || p.message === 'The file is empty.');
      expect(told.length, name).toBeGreaterThan(0);
      for (const { offset, line } of told) {
        expect(offset, name).toBeLessThanOrEqual(size);
        expect(line, name).toBeGreaterThan(0);
      }
    }
  });

  it('crashes on none of the others', async () => {
    for (const { name, path } of files.filter(({ name }) => name.startsWith('i_'))) {
      const { error, rows, rejected } = await collectFile(path);
      if (error) expect(error.name, name).toBe('UnreadableError');
      expect(rows.length + rejected.length, name).toBeGreaterThan(0);
    }
  });
});

describe.skipIf(!json)('JSONTestSuite, transforms', () => {
  const folder = shared('data/formats/jsontestsuite/test_transform');
  it('keeps numbers and escapes as they are written', async () => {
    for (const name of folder ? readdirSync(folder) : []) {
      const { error } = await collectFile(`${folder}/${name}`);
      if (error) expect(error, name).toMatchObject({ name: 'UnreadableError' });
    }
    const big = await collectFile(`${folder}/object_same_key_different_values.json`);
    expect(big.rows).toEqual([{ a: 2 }]);
  });
});
