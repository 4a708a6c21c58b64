/**
 * Results of long work over the whole set (neighbours, clusters, the map) kept in the private file system by what they were made
 * from and by which code: after a reload they are read, not made again.
 */
import { hex64, type Hash } from '$lib/text/hash';
import type { SetJob, SetResults } from '$lib/recipe/sets';
import { SETS_FOLDER } from './made';
import { packed, unpacked } from './packing';
import type { SetRunner } from './set-api';
import { breathe } from './turns';

/** What takes seconds to make and little room to keep. */
const KINDS = new Set<SetJob['kind']>(['neighbours', 'clusters', 'project', 'semantic']);
/** Bytes of one result at most, and of all together: the oldest go. */
const ROOM = { one: 64 << 20, all: 256 << 20 };
/** Bytes hashed at a time. */
const PIECE = 4 << 20;

export interface KeptSetsOptions {
  /** `() => navigator.storage.getDirectory()`. */
  root: () => Promise<FileSystemDirectoryHandle>;
  hash: () => Promise<Hash>;
  /** Another code may make another result: what only this one knows by. */
  code: string;
}

/** Does jobs by `run`, unless the same job was done before by the same code. Where nothing can be kept, every job is done. */
export function keptSets(run: SetRunner, { root, hash, code }: KeptSetsOptions): SetRunner {
  const folder = async () => (await root()).getDirectoryHandle(SETS_FOLDER, { create: true });
  return async <J extends SetJob>(job: J, signal: AbortSignal, progress: (share: number) => void) => {
    if (!KINDS.has(job.kind)) return run(job, signal, progress);
    const own = await hash();
    const name = await digest({ code, job }, own, signal);
    const known = await read(folder, name, own);
    if (known !== null) return known as SetResults[J['kind']];
    const result = await run(job, signal, progress);
    // A cache: a full disk or a private window costs the same work at the next visit, nothing else.
    await write(folder, name, result, own).catch(() => undefined);
    return result;
  };
}

/** 16 digits that stand for plain data with typed arrays in it. */
async function digest(value: unknown, { hash64, hash64Text }: Hash, signal: AbortSignal): Promise<string> {
  const arrays: ArrayBufferView[] = [];
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (!ArrayBuffer.isView(part)) return part;
    arrays.push(part);
    return `${part.constructor.name} of ${part.byteLength}`;
  });
  const hashes: string[] = [];
  for (const { buffer, byteOffset, byteLength } of arrays)
    for (let at = 0; at < byteLength; at += PIECE) {
      const size = Math.min(PIECE, byteLength - at);
      hashes.push(hex64(hash64(new Uint8Array(buffer, byteOffset + at, size))));
      await breathe(signal);
    }
  return hex64(hash64Text(`${text}\n${hashes.join('')}`));
}

type Folder = () => Promise<FileSystemDirectoryHandle>;

/** Null where it is not there, or not whole. */
async function read(folder: Folder, name: string, hash: Hash): Promise<unknown> {
  try {
    const file = await (await (await folder()).getFileHandle(name)).getFile();
    return unpacked(new Uint8Array(await file.arrayBuffer()), hash);
  } catch {
    return null;
  }
}

async function write(folder: Folder, name: string, result: unknown, hash: Hash): Promise<void> {
  const bytes = packed(result, hash);
  if (bytes.length > ROOM.one) return;
  const dir = await folder();
  const files: File[] = [];
  for await (const handle of (dir as unknown as { values(): AsyncIterable<FileSystemHandle> }).values())
    if (handle.kind === 'file') files.push(await (handle as FileSystemFileHandle).getFile());
  files.sort((a, b) => b.lastModified - a.lastModified);
  let room = ROOM.all - bytes.length;
  for (const file of files) if ((room -= file.size) < 0) await dir.removeEntry(file.name);
  // Writable streams swap the file in when closed: a crash leaves none.
  const stream = await (await dir.getFileHandle(name, { create: true })).createWritable();
  await stream.write(bytes);
  await stream.close();
}
