import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Files } from '../../cli/sink';
import { scratch } from './program';

const dir = scratch();

describe('files that get their names at the end', () => {
  it('writes many large pieces in order, without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on('warning', note);
    const out = path.join(dir, 'many');
    const files = await Files.into(out, []);
    const file = await files.open('deep/data.bin');
    for (let i = 0; i < 30; i++) await file.write(new Uint8Array(1 << 21).fill(i));
    await file.close();
    expect(existsSync(path.join(out, 'deep/data.bin'))).toBe(false);
    await files.commit();
    const bytes = readFileSync(path.join(out, 'deep/data.bin'));
    expect(bytes.length).toBe(30 << 21);
    for (let i = 0; i < 30; i++) expect([bytes[i << 21], bytes[((i + 1) << 21) - 1]]).toEqual([i, i]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('leaves nothing when it is given up, not even while a file is being opened', async () => {
    const out = path.join(dir, 'given-up/below');
    const files = await Files.into(out, []);
    const one = await files.open('a/one.txt');
    await one.write(new Uint8Array(10));
    await files.open('two.txt');
    await files.abort();
    expect(existsSync(path.join(dir, 'given-up'))).toBe(false);
  });

  it('keeps what stood in a folder before', async () => {
    const out = path.join(dir, 'kept');
    const first = await Files.into(out, []);
    await (await first.open('a.txt')).close();
    await first.commit();
    const second = await Files.into(out, []);
    const file = await second.open('a.txt');
    await file.write(new Uint8Array(5));
    await second.abort();
    expect(readdirSync(out)).toEqual(['a.txt']);
    expect(readFileSync(path.join(out, 'a.txt')).length).toBe(0);
  });

  it('says what stands in the way', async () => {
    const file = path.join(dir, 'file');
    writeFileSync(file, 'x');
    const files = await Files.into(file, []);
    await expect(files.open('a.txt')).rejects.toThrow('a file of that name is there');
    const over = await Files.into(dir, [file]);
    await expect(over.open('file')).rejects.toThrow('one of the inputs');
  });
});
