/**
 * Length of the well-formed UTF-8 sequence at `at` (1–4), or 0 where there is none (overlong, surrogate, cut off).
 * Bytes behind `at` that belong to no text must not look like continuation bytes.
 */
export function sequence(bytes: Uint8Array, at: number): number {
  const a = bytes[at];
  if (a < 0x80) return 1;
  const b = bytes[at + 1];
  if ((b & 0xc0) !== 0x80) return 0;
  if (a >= 0xe0 && a < 0xf0) {
    if ((bytes[at + 2] & 0xc0) !== 0x80) return 0;
    if (a === 0xe0) return b >= 0xa0 ? 3 : 0;
    return a === 0xed && b >= 0xa0 ? 0 : 3;
  }
  if (a < 0xe0) return a >= 0xc2 ? 2 : 0;
  if (a > 0xf4 || (bytes[at + 2] & 0xc0) !== 0x80 || (bytes[at + 3] & 0xc0) !== 0x80) return 0;
  if (a === 0xf0) return b >= 0x90 ? 4 : 0;
  return a === 0xf4 && b >= 0x90 ? 0 : 4;
}

/**
 * Sequences of several bytes that are UTF-8, and stretches that are not. Unless the bytes are `whole`, a character cut
 * off by their end does not count.
 */
export function countUtf8(bytes: Uint8Array, whole = false): { valid: number; invalid: number } {
  let valid = 0;
  let invalid = 0;
  const { length } = bytes;
  for (let at = 0; at < length;) {
    if (bytes[at] < 0x80) {
      at++;
      continue;
    }
    const size = sequence(bytes, at);
    if (size > 0) {
      valid++;
      at += size;
    } else {
      if (whole || at + 3 < length) invalid++;
      at++;
    }
  }
  return { valid, invalid };
}
