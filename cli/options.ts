import { columnById } from '$lib/columns/index';
import type { Mapping } from '$lib/record/types';
import { text, type Given } from './command';
import { UsageError } from './errors';
import { measurableColumns } from './pass';

/** `--threads N`, a whole number from 1 to 64; undefined where it is not given. */
export function threadsOption(given: Given): number | undefined {
  const value = text(given, 'threads');
  if (value === undefined) return undefined;
  const threads = Number(value);
  if (!Number.isInteger(threads) || threads < 1 || threads > 64)
    throw new UsageError(`--threads ${value}: expected a whole number from 1 to 64.`);
  return threads;
}

/** `--only a,b`: ids of columns, in the order given; undefined where it is not given. */
export function onlyOption(given: Given): string[] | undefined {
  const ids = text(given, 'only')
    ?.split(',')
    .map((id) => id.trim());
  return ids?.filter((id, i) => id !== '' && ids.indexOf(id) === i);
}

/** Token columns take most of the time: they are measured unless the user leaves them out. */
export function tokensOption(given: Given, only: string[] | undefined): boolean {
  return only ? only.some((id) => columnById(id)?.cost === 'tokens') : given.values['no-tokens'] !== true;
}

/**
 * @param more columns that can be had besides
 * @throws UsageError where a column is asked for that the mapping does not offer
 */
export function checkOnly(only: string[] | undefined, mapping: Mapping, more: readonly string[] = []): void {
  const known = [...measurableColumns(mapping, true), ...more];
  for (const id of only ?? [])
    if (!known.includes(id)) throw new UsageError(`--only: there is no column "${id}". Columns: ${known.join(', ')}`);
}
