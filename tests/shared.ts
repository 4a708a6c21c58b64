import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../shared/', import.meta.url));

/** Path of a file of the shared reference data, or null (with a word on why tests are skipped) where it is absent. */
export function shared(path: string): string | null {
  const full = root + path;
  if (existsSync(full)) return full;
  console.warn(`skipped: ../shared/${path} is not here`);
  return null;
}
