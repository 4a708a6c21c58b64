/** Vectors kept in the browser's private file system, one pair of files a model and number format. */
import type { Dtype, ModelSpec } from '$lib/embedding/models';
import type { Hash } from '$lib/text/hash';
import { hex64 } from '$lib/text/hash';
import { VECTORS_FOLDER } from '../made';
import { VectorLog, type AppendFile } from './vector-log';

/** What embedding needs of a store. */
export interface VectorStore {
  /** Whether vectors outlive the page. */
  readonly kept: boolean;
  /** Reads rows into `into` (hashes × dim); 1 where one is missing. */
  read(hashes: BigUint64Array, into: Float32Array): Uint8Array;
  /** Is there a vector of this hash? */
  has(hash: bigint): boolean;
  /** Adds a vector, which waits to be written. */
  append(hash: bigint, vector: Float32Array): void;
  /** Writes what waits, unless something was written a moment ago; called after each batch. */
  settle(): void;
  flush(): void;
  close(): void;
}

/** Longest time vectors wait before they are written. */
const FLUSH_MS = 500;

/** What vectors are known by: model, weights, number format, and how the text becomes a vector (not its prefix: the hash has that). */
export function vectorKey(spec: ModelSpec, dtype: Dtype): string {
  const { id, fingerprint = '', pooling, normalise, maxTokens, dim } = spec;
  return [id, fingerprint, dtype, pooling, normalise ? 'unit' : 'raw', maxTokens, dim].join('\n');
}

interface SyncFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<AppendFile>;
}

/** Keeps nothing: private mode, an old browser, or the files are open in another tab. */
export function emptyStore(): VectorStore {
  return {
    kept: false,
    read: (hashes) => new Uint8Array(hashes.length).fill(1),
    has: () => false,
    append: () => undefined,
    settle: () => undefined,
    flush: () => undefined,
    close: () => undefined,
  };
}

/** A store over a log: written every half second at most; once the disk is full it goes on without keeping. */
export function logStore(log: VectorLog, onfull: (error: Error) => void, now = () => performance.now()): VectorStore {
  let last = now();
  let full = false;
  const guarded = (work: () => void) => {
    if (full) return;
    try {
      work();
    } catch (error) {
      full = true;
      onfull(error as Error);
    }
  };
  return {
    get kept() {
      return !full;
    },
    read(hashes, into) {
      guarded(() => log.flush());
      return log.read(hashes, into);
    },
    has: (hash) => log.has(hash),
    append: (hash, vector) => guarded(() => log.append(hash, vector)),
    settle() {
      guarded(() => {
        if (now() - last < FLUSH_MS) return;
        log.flush();
        last = now();
      });
    },
    flush: () => guarded(() => log.flush()),
    close: () => guarded(() => log.close()),
  };
}

/**
 * Opens the vectors of a model below the private file system. Workers only. Where that is impossible the store is empty and keeps
 * nothing, and `onblocked` is told why: work goes on.
 * @param root `() => navigator.storage.getDirectory()`; null where there is none
 */
export async function openVectorStore(
  root: (() => Promise<FileSystemDirectoryHandle>) | null,
  model: { key: string; dim: number },
  hash: Pick<Hash, 'hash64Text' | 'hash32'>,
  onblocked: (code: 'full' | 'blocked', error: Error) => void = () => undefined,
): Promise<VectorStore> {
  if (!root) return emptyStore();
  const open: AppendFile[] = [];
  try {
    const folder = await (await root()).getDirectoryHandle(VECTORS_FOLDER, { create: true });
    const name = hex64(hash.hash64Text(model.key));
    const file = async (ending: string) => {
      const handle = (await folder.getFileHandle(`${name}.${ending}`, { create: true })) as SyncFileHandle;
      open.push(await handle.createSyncAccessHandle());
      return open.at(-1)!;
    };
    const files = { index: await file('index'), vectors: await file('vectors') };
    return logStore(new VectorLog(files, model.dim, hash.hash32), (error) => onblocked('full', error));
  } catch (error) {
    for (const file of open) file.close();
    onblocked('blocked', error as Error);
    return emptyStore();
  }
}
