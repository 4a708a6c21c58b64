import type { Place } from './finding';

/** A word for it, a colon, an equals sign or 是/为, and what stands there, unless it is code (a call, an index, a path). */
const NAMED =
  /(?:password|passwd|pwd|密码|口令)["'”’]?[ \t]{0,3}(?:[:=：＝]|是|为)[ \t]{0,3}["'“‘「`]?([A-Za-z0-9!@#$%^&*_+~?.-]{6,64})(?![A-Za-z0-9!@#$%^&*_+~?.(){}[\]<>/\\:-])/gi;
const WORD = /password|passwd|pwd|密码|口令/i;
/** Stand-ins and the passwords of textbooks. */
const DUMMY = /(.)\1{4}|x{3}|\*{3}|\.{3}|your|example|placeholder|p[a@][s$]{2}|pwd|change_?me/i;
/** Variables, dotted names, addresses, names of ciphers and encodings. */
const NO_VALUE =
  /^\$[a-z_]|^[a-z_]\w*(?:\.[a-z_]\w*)+$|^[a-z]+(?:_[a-z]+)+\d*$|@[\w-]+\.\w|^(?:aes|rsa|sha|md|des|utf|base|wpa|bcrypt)-?\d/i;

/** Passwords that a text names as such: six characters or more, letters and digits mixed. */
export function passwords(value: string, all: boolean): Place[] {
  const places: Place[] = [];
  if (!WORD.test(value)) return places;
  NAMED.lastIndex = 0;
  for (let match; (match = NAMED.exec(value));) {
    // Behind `=` it may stand in the query of an address, whose parts & divides.
    const whole = match[0].includes('=') ? match[1].split('&')[0] : match[1];
    const given = whole.replace(/[.?]+$/, '');
    if (given.length < 6 || !/\d/.test(given) || !/[A-Za-z]/.test(given)) continue;
    if (DUMMY.test(given) || NO_VALUE.test(given)) continue;
    const start = match.index + match[0].length - match[1].length;
    places.push([start, start + given.length]);
    if (!all) break;
  }
  return places;
}
