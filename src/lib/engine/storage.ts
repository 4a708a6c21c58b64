/** The dataset and the recipe in the browser's private file system (OPFS): kept as they were opened, restored on reload. */

/** Why nothing could be kept. `full`: the quota; `blocked`: no private file system here (private mode, old browser). */
export class StorageError extends Error {
  override name = 'StorageError';
  constructor(
    readonly code: 'full' | 'blocked',
    message: string,
  ) {
    super(message);
  }
}

export interface StoredFile {
  name: string;
  blob: Blob;
}

export interface Storage {
  /** Copies the files; the former ones go once all are there. @throws StorageError, or the signal's reason */
  keep(files: readonly StoredFile[], signal: AbortSignal): Promise<void>;
  /** What was kept; null where nothing was. */
  restore(): Promise<{ files: File[] } | null>;
  /** Another file, beside the dataset; it goes when a dataset of another name or size is kept. */
  keepOther(files: readonly StoredFile[], signal: AbortSignal): Promise<void>;
  other(): Promise<File[] | null>;
  forgetOther(): Promise<void>;
  saveRecipe(text: string): Promise<void>;
  recipe(): Promise<string | null>;
  forget(): Promise<void>;
}

/** What stands in `dataset.json`: the folder that is complete, and the files' own names. */
interface Index {
  folder: string;
  files: { name: string; bytes: number }[];
}

const INDEX = 'dataset.json';
/** The folder of the other file; whatever is not the dataset's goes when another dataset is kept. */
const OTHER = 'against';
const RECIPE = 'recipe.txt';
const CHUNK = 8 << 20;

/** @throws StorageError in place of what browsers throw for a full or blocked file system */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    const { name, message } = error as Error;
    if (name === 'AbortError') throw error;
    if (name === 'QuotaExceededError')
      throw new StorageError('full', `The browser has no room to keep the dataset (${message}).`);
    throw new StorageError('blocked', `The browser does not let the page keep files (${message}).`);
  }
}

function sameFiles(known: Index['files'], files: readonly StoredFile[]): boolean {
  return (
    known.length === files.length &&
    known.every(({ name, bytes }, i) => name === files[i].name && bytes === files[i].blob.size)
  );
}

/** Storage below one folder of the private file system. `root` is `navigator.storage.getDirectory` (or a test's). */
export function openStorage(root: () => Promise<FileSystemDirectoryHandle>, folder = 'siftbook'): Storage {
  const home = async () => (await root()).getDirectoryHandle(folder, { create: true });

  async function write(dir: FileSystemDirectoryHandle, name: string, blob: Blob, signal?: AbortSignal): Promise<void> {
    const handle = await dir.getFileHandle(name, { create: true });
    // Writable streams swap the file in when closed: a crash leaves the old one.
    const stream = await handle.createWritable();
    try {
      for (let at = 0; at < blob.size; at += CHUNK) {
        signal?.throwIfAborted();
        await stream.write(await blob.slice(at, at + CHUNK).arrayBuffer());
      }
      await stream.close();
    } catch (error) {
      await stream.abort().catch(() => undefined);
      throw error;
    }
  }

  async function text(dir: FileSystemDirectoryHandle, name: string): Promise<string | null> {
    try {
      return await (await (await dir.getFileHandle(name)).getFile()).text();
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return null;
      throw error;
    }
  }

  async function index(dir: FileSystemDirectoryHandle): Promise<Index | null> {
    const json = await text(dir, INDEX);
    if (json === null) return null;
    try {
      return JSON.parse(json) as Index;
    } catch {
      return null;
    }
  }

  async function removeOthers(dir: FileSystemDirectoryHandle, keep: readonly string[]): Promise<void> {
    for await (const [name, handle] of dir as unknown as AsyncIterable<[string, FileSystemHandle]>)
      if (handle.kind === 'directory' && !keep.includes(name)) await dir.removeEntry(name, { recursive: true });
  }

  /** The files of a folder, by their own names; null where one is not there as a whole. */
  async function filesIn(folder: FileSystemDirectoryHandle, entries: Index['files']): Promise<File[] | null> {
    const files: File[] = [];
    for (const [i, { name, bytes }] of entries.entries()) {
      const stored = await (await folder.getFileHandle(String(i))).getFile();
      if (stored.size !== bytes) return null;
      files.push(new File([stored], name));
    }
    return files;
  }

  return {
    keepOther: (files, signal) =>
      told(async () => {
        const dir = await home();
        await dir.removeEntry(OTHER, { recursive: true }).catch(() => undefined);
        const folder = await dir.getDirectoryHandle(OTHER, { create: true });
        for (const [i, { blob }] of files.entries()) await write(folder, String(i), blob, signal);
        const entries = files.map(({ name, blob }) => ({ name, bytes: blob.size }));
        // Written last: without it the folder holds nothing.
        await write(folder, INDEX, new Blob([JSON.stringify(entries)]));
      }),
    other: () =>
      told(async () => {
        const folder = await (await home()).getDirectoryHandle(OTHER, { create: true });
        const json = await text(folder, INDEX);
        return json === null ? null : filesIn(folder, JSON.parse(json) as Index['files']);
      }),
    forgetOther: () =>
      told(async () => {
        await (await home()).removeEntry(OTHER, { recursive: true }).catch(() => undefined);
      }),
    keep: (files, signal) =>
      told(async () => {
        const dir = await home();
        const known = await index(dir);
        // The same dataset opened again, as by its address: what it is compared with stays.
        const same = known !== null && sameFiles(known.files, files);
        const beside = same ? [OTHER] : [];
        await removeOthers(dir, [...(known ? [known.folder] : []), ...beside]);
        const name = `data-${Number(known?.folder.slice(5) ?? 0) + 1}`;
        try {
          const data = await dir.getDirectoryHandle(name, { create: true });
          for (const [i, { blob }] of files.entries()) await write(data, String(i), blob, signal);
          const entry: Index = {
            folder: name,
            files: files.map((file) => ({ name: file.name, bytes: file.blob.size })),
          };
          await write(dir, INDEX, new Blob([JSON.stringify(entry)]));
        } catch (error) {
          await dir.removeEntry(name, { recursive: true }).catch(() => undefined);
          throw error;
        }
        await removeOthers(dir, [name, ...beside]);
      }),
    restore: () =>
      told(async () => {
        const dir = await home();
        const known = await index(dir);
        if (!known) return null;
        const data = await dir.getDirectoryHandle(known.folder);
        const files = await filesIn(data, known.files);
        return files && { files };
      }),
    saveRecipe: (content) => told(async () => write(await home(), RECIPE, new Blob([content]))),
    recipe: () => told(async () => text(await home(), RECIPE)),
    forget: () =>
      told(async () => {
        const dir = await home();
        for (const name of [INDEX, RECIPE])
          await dir.removeEntry(name).catch((error: Error) => {
            if (error.name !== 'NotFoundError') throw error;
          });
        await removeOthers(dir, []);
      }),
  };
}
