import { failures } from '$lib/record/failure';
import { UnreadableError } from './types';
import type { Rejection, RejectionCode } from './types';

/** English texts of everything reading may say. `{x}` stands for a parameter. */
export const texts = {
  'formats.empty': 'The file is empty.',
  'formats.at-byte': '{reason} (at byte {atByte})',
  'formats.at-line': '{reason} (at line {atLine}, byte {atByte})',
  'formats.no-records': 'The file holds no records.',
  'formats.nothing-readable': 'Nothing in the file could be read. Line {line}: {reason}.',
  'formats.unknown-binary':
    'This is not a format Siftbook reads ({kind}). Save the data as JSONL, JSON, CSV, Parquet or Arrow.',
  'formats.utf-32': 'The text is UTF-32. Save it as UTF-8.',
  'format.repeated': 'keys given twice (the last value counts) in records:',
  'formats.too-deep': 'the value is nested more than {limit} levels deep',
  'formats.too-large': 'The file would need more than {limit} of memory in one piece. Split it, or save it as JSONL.',
  'formats.expected-key': 'expected a key in double quotes',
  'formats.expected-key-in': 'expected a key in double quotes after "{field}"',
  'formats.expected-colon': 'expected a colon after the key',
  'formats.expected-colon-in': 'expected a colon after the key "{field}"',
  'formats.expected-comma-object': 'expected a comma or } after the value',
  'formats.expected-comma-object-in': 'expected a comma or } after the value of "{field}"',
  'formats.expected-comma-array': 'expected a comma or ] after the value',
  'formats.expected-comma-array-in': 'expected a comma or ] in the value of "{field}"',
  'formats.trailing-comma': 'a comma stands before the closing bracket',
  'formats.trailing-comma-in': 'a comma stands before the closing bracket at the value of "{field}"',
  'formats.bad-literal': 'this is not true, false, null, a number or a string in double quotes',
  'formats.bad-literal-in': 'the value of "{field}" is not true, false, null, a number or a string in double quotes',
  'formats.bad-number': 'this is not a number as JSON writes it',
  'formats.bad-number-in': 'the value of "{field}" is not a number as JSON writes it',
  'formats.control-in-string': 'a raw control character (or line break) stands inside a string',
  'formats.control-in-string-in': 'a raw control character (or line break) stands inside the string of "{field}"',
  'formats.bad-escape': 'an unknown escape follows the backslash',
  'formats.bad-escape-in': 'an unknown escape follows a backslash in the string of "{field}"',
  'formats.line-ends': 'the line ends before the record does',
  'formats.line-ends-in': 'the line ends inside the value of "{field}"',
  'formats.file-ends': 'the file ends before the record does',
  'formats.file-ends-in': 'the file ends inside the value of "{field}"',
  'formats.file-ends-list': 'the file ends before the closing bracket of the list',
  'formats.after-record': 'more text follows the end of the record',
  'formats.after-document': 'more text follows the end of the document',
  'formats.expected-comma-list': 'expected a comma or ] after the record',
  'formats.bad-utf8': 'the record holds bytes that are not UTF-8',
  'formats.bad-text': 'the record holds bytes that are not {encoding}',
  'formats.not-object': 'expected a record in braces, found a value of type {found}',
  'formats.wrong-width': 'expected {expected} fields, found {found}',
  'formats.open-quote': 'the file ends inside a quoted field',
  'formats.never-closed': 'a quoted field begins on this line and is never closed',
  'formats.after-quote': 'text follows the closing quote of a field',
  'formats.truncated-gzip': 'the gzip file ends early or is damaged; what came before is kept',
  'formats.bad-gzip': 'The gzip file is damaged from its start ({reason}).',
  'formats.nested-gzip': 'The file is compressed twice. Unpack it once first.',
  'formats.bad-parquet': 'The Parquet file cannot be read: {reason}.',
  'formats.bad-row-group': 'a part of the Parquet file cannot be read: {reason}',
  'formats.encrypted-parquet': 'The Parquet file is encrypted. Write it again without encryption.',
  'formats.no-parquet': 'Parquet cannot be read here: its reader was not loaded.',
  'formats.large-parquet':
    'The Parquet file unpacks to {size}, more than can be held at once. Write it with smaller row groups.',
  'formats.bad-arrow': 'The Arrow file cannot be read: {reason}.',
  'formats.bad-arrow-batch': 'a batch of the Arrow file cannot be read: {reason}',
  'formats.big-endian': 'The Arrow file is big-endian. Write it again on a little-endian machine.',
  'formats.feather-v1': 'This is Feather version 1. Write it again as Feather version 2 (Arrow IPC).',
  'formats.no-layout': 'there is no layout "{layout}"; there are {known}',
  'formats.no-parquet-writer': 'Parquet cannot be written here: its writer was not loaded.',
  'formats.parquet-not-written': 'Parquet could not be written: {reason}',
} as const;

export type TextKey = keyof typeof texts;
export type Params = Record<string, string | number>;

/** The English text of a key with its parameters put in. */
export function say(key: TextKey, params: Params = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** A place in a file: 1-based line, byte offset. */
export interface FilePlace {
  line: number;
  offset: number;
}

/** The message that puts the place of a fault behind its reason; null where the parameters name none. */
export function placeKey(params: Params = {}): TextKey | null {
  return 'atLine' in params ? 'formats.at-line' : 'atByte' in params ? 'formats.at-byte' : null;
}

/**
 * A rejection of the record that begins at `at`, with its reason in words.
 * @param fault where in the record the fault is, if known
 */
export function rejection(
  at: FilePlace & { file: number },
  code: RejectionCode,
  key: TextKey,
  params: Params = {},
  fault: FilePlace | null = null,
): Rejection {
  const { file, line, offset } = at;
  if (fault !== null && fault.offset !== offset)
    params = { ...params, atByte: fault.offset, ...(fault.line === line ? {} : { atLine: fault.line }) };
  const placed = placeKey(params);
  const said = say(key, params);
  const reason = placed === null ? said : say(placed, { ...params, reason: said });
  return { file, line, offset, code, reason, key, params };
}

/** The error for what cannot be written. */
export const writeFailure = failures(texts);

/** Key and parameters of the refusal of a record whose bytes are not what the file's encoding allows. */
export function badText(encoding: string): [TextKey, Params] {
  return encoding === 'utf-8' ? ['formats.bad-utf8', {}] : ['formats.bad-text', { encoding }];
}

/** The error for a file of which nothing can be read. */
export function unreadable(code: RejectionCode, key: TextKey, params: Params = {}, offset = 0, line = 1) {
  return new UnreadableError(say(key, params), code, offset, line, key, params);
}
