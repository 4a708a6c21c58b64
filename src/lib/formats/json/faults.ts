import type { RejectionCode } from '../types';
import { say, texts, type Params, type TextKey } from '../messages';
import { Fault } from './codes';
import type { Scanner } from './scan';
import { DEPTH } from './values';

const KEYS: Record<number, TextKey> = {
  [Fault.KEY]: 'formats.expected-key',
  [Fault.COLON]: 'formats.expected-colon',
  [Fault.COMMA_OBJECT]: 'formats.expected-comma-object',
  [Fault.COMMA_ARRAY]: 'formats.expected-comma-array',
  [Fault.TRAILING_COMMA]: 'formats.trailing-comma',
  [Fault.LITERAL]: 'formats.bad-literal',
  [Fault.NUMBER]: 'formats.bad-number',
  [Fault.CONTROL]: 'formats.control-in-string',
  [Fault.ESCAPE]: 'formats.bad-escape',
  [Fault.DEPTH]: 'formats.too-deep',
};

export interface FaultText {
  code: RejectionCode;
  key: TextKey;
  params: Params;
  /** The reason in English. */
  reason: string;
}

/** Puts a scanner's fault into words. `ends` says what the end of the bytes was: the line's or the file's. */
export function faultText(scanner: Scanner, ends: 'line' | 'file'): FaultText {
  const params: Params = {};
  let code: RejectionCode = 'syntax';
  let key = KEYS[scanner.fault];
  if (scanner.fault === Fault.END) {
    key = ends === 'line' ? 'formats.line-ends' : 'formats.file-ends';
    code = ends === 'line' ? 'syntax' : 'truncated';
  } else if (scanner.fault === Fault.DEPTH) params.limit = DEPTH;
  const field = fieldName(scanner);
  const named = `${key}-in`;
  if (field !== null && named in texts) {
    key = named as TextKey;
    params.field = field;
  }
  return { code, key, params, reason: say(key, params) };
}

/** Key of the record's member that was being read. */
function fieldName(scanner: Scanner): string | null {
  if (scanner.count === 0) return null;
  const n = (scanner.count - 1) * 5;
  const start = scanner.members[n];
  const end = scanner.members[n + 1];
  if (start === 0 || end > scanner.end) return null;
  return new TextDecoder().decode(scanner.bytes.subarray(start, Math.min(end, start + 60)));
}
