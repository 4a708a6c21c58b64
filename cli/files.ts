import { createReadStream, createWriteStream, openAsBlob, rmSync } from 'node:fs';
import { mkdtemp, open, stat, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Source } from '$lib/formats/types';
import { DataError, fileError } from './errors';
import { atExit } from './exit';

/** A file on disk (or a spooled standard input) as a source. */
export interface FileSource extends Source {
  /** Where its bytes are; `name` is what the user called it. */
  path: string;
}

/** Held until the process ends: a handle that is collected while open makes Node complain. */
const handles: FileHandle[] = [];

async function diskSource(name: string, file: string, handle: FileHandle, size: number): Promise<FileSource> {
  handles.push(handle);
  return {
    name,
    blob: await openAsBlob(file),
    path: file,
    size,
    async slice(start, end) {
      const wanted = Math.max(0, Math.min(end, size) - start);
      const bytes = new Uint8Array(wanted);
      let got = 0;
      while (got < wanted) {
        const { bytesRead } = await handle.read(bytes, got, wanted - got, start + got);
        if (bytesRead === 0) throw new DataError(`${name} became shorter while it was read. Try again.`);
        got += bytesRead;
      }
      return bytes;
    },
    stream() {
      const stream = createReadStream(file, { highWaterMark: 1 << 20 });
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    },
  };
}

async function openFile(name: string, file = name): Promise<FileSource> {
  try {
    const handle = await open(file, 'r');
    const info = await handle.stat();
    if (info.isDirectory()) {
      await handle.close();
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    if (info.isFile()) return await diskSource(name, file, handle, info.size);
    await handle.close();
    return await spool(name, createReadStream(file));
  } catch (error) {
    throw fileError(name, error);
  }
}

/** A pipe cannot be read twice: its bytes go to a file of the system's temporary folder, gone at the end. */
async function spool(name: string, from: Readable): Promise<FileSource> {
  const dir = await mkdtemp(path.join(tmpdir(), 'siftbook-'));
  atExit(() => rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, 'stdin.jsonl');
  await pipeline(from, createWriteStream(file));
  return diskSource(name, file, await open(file, 'r'), (await stat(file)).size);
}

/**
 * Opens the files named; `-` is standard input (JSONL).
 * @throws DataError naming the file that cannot be opened
 */
export async function openSources(names: string[]): Promise<FileSource[]> {
  const sources: FileSource[] = [];
  for (const name of names)
    sources.push(name === '-' ? await spool('stdin.jsonl', process.stdin) : await openFile(name));
  return sources;
}
