import { text, type Given } from './command';
import { UsageError } from './errors';

/** `--threads N`, a whole number from 1 to 64; undefined where it is not given. */
export function threadsOption(given: Given): number | undefined {
  const value = text(given, 'threads');
  if (value === undefined) return undefined;
  const threads = Number(value);
  if (!Number.isInteger(threads) || threads < 1 || threads > 64)
    throw new UsageError(`--threads ${value}: expected a whole number from 1 to 64.`);
  return threads;
}
