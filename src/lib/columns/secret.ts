import { FIELDS, finding, matches, NOWHERE } from './finding';
import type { Place } from './finding';
import { passwords } from './password';
import type { Text } from '$lib/text/text';

/** Keys whose form their issuers publish, and key blocks. */
const KEYS = new RegExp(
  [
    'sk-(?:proj-|ant-(?:api\\d\\d-)?|or-v1-|svcacct-)?[A-Za-z0-9_-]{20,200}',
    '(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])',
    'gh[pousr]_[A-Za-z0-9]{36,255}',
    'github_pat_[A-Za-z0-9_]{40,255}',
    'glpat-[A-Za-z0-9_-]{20,64}',
    'xox[abeprs]-[A-Za-z0-9-]{10,200}',
    'AIza[0-9A-Za-z_-]{35}',
    'ya29\\.[0-9A-Za-z_-]{20,200}',
    'hf_[A-Za-z]{34}',
    'npm_[A-Za-z0-9]{36}',
    '(?:sk|rk|pk)_live_[0-9A-Za-z]{20,99}',
    'SG\\.[A-Za-z0-9_-]{20,24}\\.[A-Za-z0-9_-]{40,46}',
    'LTAI[0-9A-Za-z]{12,24}',
    'AKID[0-9A-Za-z]{32}',
    'eyJ[A-Za-z0-9_-]{8,4000}\\.eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{8,1000}',
  ]
    .map((form) => `(?<![A-Za-z0-9_-])${form}`)
    .join('|') +
    '|-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,20000}-----END (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?',
  'g',
);
/** A named key: the value must mix letters and digits. */
const NAMED =
  /(?:api[_ -]?key|secret[_ -]?key|access[_ -]?key|access[_ -]?token|auth[_ -]?token|client[_ -]?secret|密钥|令牌)["']?\s{0,3}(?:[:=：]|是|为)\s{0,3}["'“]?([A-Za-z0-9+/_-]{20,200})/gi;
const DUMMY = /(.)\1{5}|x{4}|your|example|placeholder|1234567890|abcdef|\.\.\./i;

function real(value: string, [start, end]: Place): boolean {
  const key = value.slice(start, end);
  return key.startsWith('-----') || !DUMMY.test(key.replace(/^[A-Za-z]{2,5}[-_]/, ''));
}

/** Keys, tokens and private keys of a text; only the first unless `all`. */
function keys(text: Text, all: boolean): Place[] {
  const { value } = text;
  const run = text.longestRun;
  const parted = text.countOf(45) + text.countOf(95) > 0;
  if (run < 16 && !(run >= 10 && parted && text.digits > 2) && !(parted && value.includes('PRIVATE KEY')))
    return NOWHERE;
  const named = /key|token|secret|密钥|令牌/i.test(value);
  const places = matches(KEYS, value, all).filter((place) => real(value, place));
  if (named && (all || !places.length)) {
    NAMED.lastIndex = 0;
    for (let match; (match = NAMED.exec(value));) {
      const start = match.index + match[0].length - match[1].length;
      const place: Place = [start, start + match[1].length];
      if (!/\d/.test(match[1]) || !/[A-Za-z]/.test(match[1]) || DUMMY.test(match[1])) continue;
      if (!places.some((other) => meet(place, other))) places.push(place);
      if (!all) break;
    }
  }
  return places;
}

const meet = (a: Place, b: Place) => a[0] < b[1] && b[0] < a[1];

/** 1 where an API key, a token, a private key or a named password stands in a text. */
export const secret = finding({
  id: 'secret',
  severity: 3,
  group: 'personal',
  source: 'Key formats as their issuers publish them',
  fields: FIELDS,
  find: (subject, field, all) => {
    const text = subject[field];
    if (!text || text.length < 8) return NOWHERE;
    const places = text.length < 16 ? NOWHERE : keys(text, all);
    if (text.digits === 0 || (places.length && !all)) return places;
    const more = passwords(text.value, all).filter((place) => !places.some((other) => meet(place, other)));
    return more.length ? [...places, ...more] : places;
  },
});
