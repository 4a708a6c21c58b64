import { createWriteStream, mkdirSync, openSync, rmdirSync, rmSync, type WriteStream } from 'node:fs';
import { realpath, rename } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import type { Sink, SinkFile } from '$lib/recipe/outputs';
import { DataError, fileError } from './errors';
import { atExit } from './exit';

/** A temporary name beside the final one: renaming within a folder is atomic. */
const temporary = (file: string) => path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);

/**
 * Files that get their names only when all of them are complete. Until then they stand beside their place under temporary
 * names, which go away however the process ends. What is there already is replaced; an input is never.
 */
export class Files implements Sink {
  readonly #open = new Map<string, WriteStream>();
  readonly #madeDirs: string[] = [];
  readonly #inputs: string[];
  #forget: () => void;

  private constructor(
    readonly dir: string,
    inputs: string[],
  ) {
    this.#inputs = inputs;
    this.#forget = atExit(() => this.#remove());
  }

  /** @param inputs files that must not be written over */
  static async into(dir: string, inputs: readonly string[]): Promise<Files> {
    const real = await Promise.all(inputs.map((file) => realpath(file).catch(() => path.resolve(file))));
    return new Files(dir, real);
  }

  async open(name: string): Promise<SinkFile> {
    const file = path.join(this.dir, name);
    const real = await realpath(file).catch(() => path.resolve(file));
    if (this.#inputs.includes(real))
      throw new DataError(`${file} is one of the inputs and would be overwritten. Choose another output with -o.`);
    this.#makeDir(path.dirname(file));
    const stream = createWriteStream('', { fd: this.#openTemporary(file), highWaterMark: 1 << 20 });
    this.#open.set(file, stream);
    let failed: Error | null = null;
    stream.on('error', (error) => (failed ??= fileError(file, error)));
    /** Settles when the stream has done what it was asked for, or never can. */
    const done = (ask: (settle: (error?: Error | null) => void) => void) =>
      new Promise<void>((resolve, reject) => {
        if (failed) return reject(failed);
        ask((error?: Error | null) => (error ? reject(failed ?? fileError(file, error)) : resolve()));
      });
    return {
      write: (bytes) => done((settle) => stream.write(bytes, settle)),
      close: () => done((settle) => stream.end(settle)),
    };
  }

  /** Gives every file its name. */
  async commit(): Promise<void> {
    for (const file of this.#open.keys()) {
      await rename(temporary(file), file).catch((error: unknown) => {
        throw fileError(file, error);
      });
      this.#open.delete(file);
    }
    this.#forget();
  }

  /** Leaves nothing behind: no temporary file, no folder that was made. */
  async abort(): Promise<void> {
    const closed = [...this.#open.values()].map((stream) => stream.closed || once(stream, 'close').catch(() => {}));
    for (const stream of this.#open.values()) stream.destroy();
    await Promise.all(closed);
    this.#remove();
    this.#forget();
  }

  // Folders and files are made without waiting: a signal in between would leave what the clean-up does not know of.
  #makeDir(dir: string): void {
    try {
      const first = mkdirSync(dir, { recursive: true });
      if (first === undefined) return;
      for (let made = path.resolve(dir); made.length >= path.resolve(first).length; made = path.dirname(made))
        this.#madeDirs.push(made);
    } catch (error) {
      throw folderError(dir, error);
    }
  }

  #openTemporary(file: string): number {
    try {
      return openSync(temporary(file), 'w');
    } catch (error) {
      throw fileError(file, error);
    }
  }

  #remove(): void {
    for (const file of this.#open.keys()) rmSync(temporary(file), { force: true });
    this.#open.clear();
    for (const dir of this.#madeDirs.sort((a, b) => b.length - a.length))
      try {
        rmdirSync(dir);
      } catch {
        // Something else stands in it by now: it stays.
      }
  }
}

function folderError(dir: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return new DataError(
      `${dir} cannot be made a folder: a file of that name is there. Choose another output with -o.`,
    );
  return fileError(dir, error);
}
