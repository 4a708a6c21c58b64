import { unreadable } from '../messages';
import { countUtf8 } from './utf8';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * Encoding of a text by its first bytes (`head`, which may end in the middle of a character) and, where those are all
 * ASCII, by `later` ones. UTF-8 with a few strange bytes stays UTF-8: their records are refused one by one. Throws
 * UnreadableError for what is no text.
 */
export function detectEncoding(head: Uint8Array, later: Uint8Array[] = []): Encoding {
  const [a, b, c, d] = head;
  if (
    (a === 0xff && b === 0xfe && c === 0 && d === 0 && head.length >= 4) ||
    (a === 0 && b === 0 && c === 0xfe && d === 0xff)
  )
    throw unreadable('encoding', 'formats.utf-32');
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const wide = wideWithoutMark(head);
  if (wide) return wide;
  let counts = countUtf8(head);
  let sample = head;
  for (const part of later) {
    if (counts.valid + counts.invalid > 0) break;
    counts = countUtf8(part);
    sample = part;
  }
  if (counts.invalid === 0 || counts.invalid * 10 <= counts.valid) return 'utf-8';
  return looksLikeGb18030(sample) ? 'gb18030' : 'utf-8';
}

/** UTF-16 without a mark: a good part of the bytes is zero, and nearly all zeros stand on one side of the pairs. */
function wideWithoutMark(head: Uint8Array): Encoding | null {
  const n = Math.min(head.length & ~1, 1 << 16);
  if (n < 8) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (Math.max(even, odd) * 10 < n || Math.min(even, odd) * 20 > Math.max(even, odd)) return null;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head.subarray(0, n - 2));
    return /[\u0001-\u0008\u000e-\u001f]/.test(text) ? null : encoding;
  } catch {
    return null;
  }
}

/**
 * Whether text beyond ASCII is GB18030: it decodes, and most characters are pairs of two high bytes of the GB 2312
 * area. (Latin-1 letters followed by ASCII would decode as well, as rare characters.)
 */
function looksLikeGb18030(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at + 3 < bytes.length;) {
    const a = bytes[at];
    if (a < 0x80) {
      at++;
      continue;
    }
    const b = bytes[at + 1];
    if (a === 0x80 || a === 0xff || b < 0x30 || b === 0x7f || b === 0xff) return false;
    pairs++;
    if (b >= 0x30 && b <= 0x39) {
      at += 4;
      continue;
    }
    if (b < 0x40) return false;
    if (a >= 0xa1 && a <= 0xf7 && b >= 0xa1) common++;
    at += 2;
  }
  return pairs >= 4 && common >= pairs * 0.8;
}
