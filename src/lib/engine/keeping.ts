/** The dataset and the recipe kept in the browser's private file system; want of room is told, not thrown. */
import type { Restorable } from './protocol';
import type { Surroundings } from './state';
import { StorageError } from './storage';

export class Keeping {
  readonly #around: Pick<Surroundings, 'storage' | 'emit'>;
  constructor(around: Pick<Surroundings, 'storage' | 'emit'>) {
    this.#around = around;
  }

  async store(files: readonly { name: string; blob: Blob }[], signal: AbortSignal): Promise<void> {
    const { storage } = this.#around;
    if (!storage) return;
    try {
      await storage.keep(files, signal);
    } catch (error) {
      this.#told(error);
    }
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

  async forget(): Promise<void> {
    try {
      await this.#around.storage?.forget();
    } catch (error) {
      this.#told(error);
    }
  }
}
