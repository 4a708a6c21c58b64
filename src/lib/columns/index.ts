import { emptyResponse } from './empty-response';
import { exactRank } from './exact-rank';
import { lengthRatio } from './length-ratio';
import { chars, tokens, words } from './lengths';
import { alnum, digits, emoji, han, special, uppercase, whitespace } from './ratios';
import { turns } from './turns';
import type { Column } from './types';

export { scoreColumn } from './score';

/** Every column, in the order they are shown. */
export const columns: readonly Column[] = [
  ...chars,
  ...words,
  ...tokens,
  turns,
  lengthRatio,
  alnum,
  special,
  digits,
  whitespace,
  uppercase,
  emoji,
  han,
  emptyResponse,
  exactRank,
];

const byId = new Map(columns.map((column) => [column.id, column]));

/** The column of that id; `field:NAME` columns are made by `scoreColumn`. */
export function columnById(id: string): Column | undefined {
  return byId.get(id);
}

/** Measured at once. */
export const cheapColumns = columns.filter((c) => c.cost === 'cheap');
/** Measured later; an estimate stands in until then. */
export const tokenColumns = columns.filter((c) => c.cost === 'tokens');
/** 0/1 columns that are findings. */
export const findingColumns = columns.filter((c) => c.severity !== undefined);
