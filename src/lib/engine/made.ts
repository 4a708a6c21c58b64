/**
 * Where the browser keeps what was made of data and what that took. Not with the dataset's folder: storing a dataset empties that
 * one of what it does not know.
 */
export const VECTORS_FOLDER = 'siftbook-vectors';
export const SETS_FOLDER = 'siftbook-sets';
export const MODELS_CACHE = 'siftbook-models';

/**
 * Removes vectors, results over the whole set and fetched models from this browser. What is open now keeps what it holds in memory.
 * @throws Error where a folder is there and cannot be removed
 */
export async function forgetMade(
  root: (() => Promise<FileSystemDirectoryHandle>) | null,
  caches: Pick<CacheStorage, 'delete'> | undefined,
): Promise<void> {
  await caches?.delete(MODELS_CACHE);
  const home = await root?.();
  for (const name of [VECTORS_FOLDER, SETS_FOLDER])
    await home?.removeEntry(name, { recursive: true }).catch((error: Error) => {
      if (error.name !== 'NotFoundError') throw error;
    });
}
