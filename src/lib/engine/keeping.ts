/** The dataset and the recipe kept in the browser's private file system; want of room is told, not thrown. */
import type { Restorable } from './protocol';
import { Cancelled } from './rpc';
import type { Surroundings } from './state';
import { StorageError } from './storage';

export class Keeping {
  readonly #around: Pick<Surroundings, 'storage' | 'forgetMade' | 'emit'>;
  #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();
  constructor(around: Pick<Surroundings, 'storage' | 'forgetMade' | 'emit'>) {
    this.#around = around;
  }

  /** Keeps these files in place of the former; what is still being written of other ones is given up first. */
  store(files: readonly { name: string; blob: Blob }[]): Promise<void> {
    const { signal } = this.#begin();
    this.#last = this.#last.then(() => this.#keep(files, signal));
    return this.#last;
  }

  async #keep(files: readonly { name: string; blob: Blob }[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      await this.#around.storage?.keep(files, signal);
    } catch (error) {
      if (!signal.aborted) this.#told(error);
    }
  }

  #begin(): AbortController {
    this.#stop.abort(new Cancelled());
    return (this.#stop = new AbortController());
  }

  #told(error: unknown): void {
    if (!(error instanceof StorageError)) throw error;
    this.#around.emit('notice', { code: `storage-${error.code}`, message: error.message });
  }

  async saveRecipe(text: string): Promise<void> {
    try {
      await this.#around.storage?.saveRecipe(text);
    } catch (error) {
      this.#told(error);
    }
  }

  /** Keeps another file beside the dataset, once that is kept; it goes with it. */
  storeOther(files: readonly { name: string; blob: Blob }[]): Promise<void> {
    const { signal } = this.#stop;
    this.#last = this.#last.then(async () => {
      if (signal.aborted) return;
      try {
        await this.#around.storage?.keepOther(files, signal);
      } catch (error) {
        if (!signal.aborted) this.#told(error);
      }
    });
    return this.#last;
  }

  /** The other file that was kept; null where there is none. */
  async storedOther(): Promise<{ name: string; blob: Blob }[] | null> {
    // Until the dataset is kept, the file may be that of another one.
    await this.#last;
    try {
      const files = await this.#around.storage?.other();
      return files?.map((blob) => ({ name: blob.name, blob })) ?? null;
    } catch {
      return null;
    }
  }

  forgetOther(): Promise<void> {
    this.#last = this.#last.then(() => this.#around.storage?.forgetOther().catch(() => undefined));
    return this.#last;
  }

  async restored(): Promise<Restorable | null> {
    try {
      const stored = await this.#around.storage?.restore();
      if (!stored) return null;
      return {
        name: stored.files.map(({ name }) => name).join(', '),
        bytes: stored.files.reduce((sum, { size }) => sum + size, 0),
        recipeText: (await this.#around.storage?.recipe()) ?? null,
      };
    } catch {
      return null;
    }
  }

  /** Forgets dataset, recipe and all that was made of data. */
  async forget(): Promise<void> {
    this.#begin();
    await this.#last;
    try {
      await this.#around.storage?.forget();
      await this.#around.forgetMade?.();
    } catch (error) {
      this.#told(error);
    }
  }
}
