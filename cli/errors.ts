/** Wrong usage: exit status 2. The message says what was expected. */
export class UsageError extends Error {}

/** The data or the recipe is at fault: exit status 1. The message names the place and what to do. */
export class DataError extends Error {}

/** The system's word on a file, put plainly. */
export function fileError(name: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException)?.code;
  if (code === 'ENOENT') return new DataError(`${name}: there is no such file. Check the path.`);
  if (code === 'EACCES' || code === 'EPERM') return new DataError(`${name}: no permission to open it.`);
  if (code === 'EISDIR') return new DataError(`${name} is a folder. Name the files in it, e.g. ${name}/*.jsonl.`);
  if (code === 'ENOSPC') return new DataError(`${name}: the disk is full. Nothing was written under its final name.`);
  return error instanceof Error ? error : new Error(String(error));
}
