/** Taking a valid JSON text apart one level deep, each value as its own text, digits and all. */

/** Texts of a JSON array's elements. */
export function elements(json: string): string[] {
  const out: string[] = [];
  let at = skipSpace(json, skipSpace(json, 0) + 1);
  while (at < json.length && json.charCodeAt(at) !== 0x5d) {
    const end = endOfValue(json, at);
    out.push(json.slice(at, end).trimEnd());
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === 0x2c) at = skipSpace(json, at + 1);
  }
  return out;
}

/** Keys of a JSON object with the texts of their values, in order; of a key that occurs twice the last counts. */
export function members(json: string): Map<string, string> {
  const out = new Map<string, string>();
  let at = skipSpace(json, skipSpace(json, 0) + 1);
  while (at < json.length && json.charCodeAt(at) === 0x22) {
    const keyEnd = endOfString(json, at);
    const key = JSON.parse(json.slice(at, keyEnd)) as string;
    at = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = endOfValue(json, at);
    out.set(key, json.slice(at, end).trimEnd());
    at = skipSpace(json, end);
    if (json.charCodeAt(at) !== 0x2c) break;
    at = skipSpace(json, at + 1);
  }
  return out;
}

/** Index of the first character from `at` that is no JSON white space. */
export function skipSpace(json: string, at: number): number {
  for (; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}

/** Index behind the string whose opening quote stands at `at`. */
export function endOfString(json: string, at: number): number {
  for (at++; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at + 1;
  }
  return json.length;
}

/** Index behind the value that begins at `at` (white space after a number or literal may be included). */
export function endOfValue(json: string, at: number): number {
  let open = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(json, at);
      if (open === 0) return at;
      continue;
    }
    if (code === 0x7b || code === 0x5b) open++;
    else if (code === 0x7d || code === 0x5d) {
      if (open === 0) return at;
      if (--open === 0) return at + 1;
    } else if (code === 0x2c && open === 0) return at;
    at++;
  }
  return at;
}
