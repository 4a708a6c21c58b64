import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, realpath, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { unsafeDir } from '$lib/recipe/layouts';
import { isObject } from '$lib/recipe/validate';

/** A data file that an earlier run's manifest names. */
interface Written {
  name: string;
  bytes: number;
  sha256: string;
}

/**
 * Data files that an earlier run into the folder wrote, as the `manifest.json` there names them; empty where none is, or
 * where it is not one of siftbook's. Names that do not stay below the folder are passed over.
 */
export async function earlierOutputs(dir: string): Promise<Written[]> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path.join(dir, 'manifest.json'), 'utf8'));
    if (!isObject(manifest) || typeof manifest.siftbook !== 'string' || !Array.isArray(manifest.outputs)) return [];
    return manifest.outputs.filter(isWritten);
  } catch {
    return [];
  }
}

function isWritten(value: unknown): value is Written {
  if (!isObject(value)) return false;
  const { name, bytes, sha256 } = value;
  return typeof name === 'string' && name !== '' && !unsafeDir(name) && Number.isInteger(bytes) && isHash(sha256);
}

const isHash = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/**
 * Removes what an earlier run wrote and this one does not, so that a folder holds one run; folders that get empty by it go
 * too. A file changed since, or an input of this run, stays.
 * @param written names this run wrote
 * @param inputs files that must not be removed
 * @returns names of files that stay though they are of no use any more, each with the reason
 */
export async function removeStale(
  dir: string,
  earlier: readonly Written[],
  written: readonly string[],
  inputs: readonly string[],
): Promise<{ name: string; reason: string }[]> {
  // Systems that ignore case hold both spellings in one file.
  const now = new Set(written.map((name) => name.toLowerCase()));
  const keep = new Set(await Promise.all(inputs.map((file) => realpath(file).catch(() => path.resolve(file)))));
  const stay: { name: string; reason: string }[] = [];
  for (const old of earlier) {
    if (now.has(old.name.toLowerCase())) continue;
    const file = await below(dir, old.name);
    if (file === null) continue;
    if (keep.has(file)) stay.push({ name: old.name, reason: 'it is an input of this run' });
    else if (!(await unchanged(file, old))) stay.push({ name: old.name, reason: 'it was changed since' });
    else if (await removed(file)) await removeEmpty(dir, old.name);
    else stay.push({ name: old.name, reason: 'it could not be removed' });
  }
  return stay;
}

/** The real path of a plain file below the folder; null where there is none, or where a link leads out. */
async function below(dir: string, name: string): Promise<string | null> {
  try {
    const root = await realpath(dir);
    const parent = await realpath(path.join(dir, path.dirname(name)));
    const inside = parent === root || parent.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
    const file = path.join(parent, path.basename(name));
    return inside && (await lstat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

async function unchanged(file: string, { bytes, sha256 }: Written): Promise<boolean> {
  try {
    if ((await lstat(file)).size !== bytes) return false;
    const state = createHash('sha256');
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) state.update(chunk as Buffer);
    return state.digest('hex') === sha256;
  } catch {
    return false;
  }
}

async function removed(file: string): Promise<boolean> {
  try {
    await unlink(file);
    return true;
  } catch {
    return false;
  }
}

async function removeEmpty(dir: string, name: string): Promise<void> {
  for (let folder = path.dirname(name); folder !== '.'; folder = path.dirname(folder))
    try {
      await rmdir(path.join(dir, folder));
    } catch {
      return;
    }
}
