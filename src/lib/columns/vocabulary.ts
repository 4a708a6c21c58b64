/** A tokenizer's byte strings by rank, in one open hash table: a look-up makes no string, and threads may share it. */
export interface Vocabulary {
  /**
   * Rank + 1 in the low 18 bits, the hash's high bits above, at the slot of a string's hash or behind it; 0 where there is
   * none. Its length is a power of two.
   */
  slots: Int32Array;
  /** Rank of two bytes at first · 256 + second, −1 where there is none: most look-ups are of pairs. */
  pairs: Int32Array;
  /** Bytes of rank r are `bytes[starts[r], starts[r + 1])`. */
  starts: Int32Array;
  bytes: Uint8Array;
  /** Length of the longest string. */
  longest: number;
}

const RANKS = (1 << 18) - 1;

/** FNV-1a with the high bits folded down, for the table's mask takes the low ones. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i], 0x01000193);
  return h ^ (h >>> 15);
}

/** Zeroed memory, shared between threads where that is asked for. */
function room(size: number, shared: boolean): ArrayBuffer {
  return shared ? (new SharedArrayBuffer(size) as unknown as ArrayBuffer) : new ArrayBuffer(size);
}

/** Writes a text of ASCII only and returns its end; null where there is another character. Most entries are short and plain. */
function asciiInto(text: string, bytes: Uint8Array, at: number): number | null {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return null;
    bytes[at + i] = code;
  }
  return at + text.length;
}

/**
 * The vocabulary of a rank table: the entry at r is what rank r stands for, as text or, where it is no UTF-8, as bytes.
 * Ranks without an entry are left out. For at most 262,142 ranks.
 */
export function vocabularyOf(entries: readonly (string | readonly number[] | undefined)[], shared = false): Vocabulary {
  const encoder = new TextEncoder();
  let size = 0;
  for (const entry of entries)
    size += entry === undefined ? 0 : typeof entry === 'string' ? entry.length * 3 : entry.length;
  const all = new Uint8Array(size);
  const starts = new Int32Array(room((entries.length + 1) * 4, shared));
  let capacity = 16;
  while (capacity < entries.length * 2) capacity *= 2;
  const slots = new Int32Array(room(capacity * 4, shared));
  const pairs = new Int32Array(room(65536 * 4, shared)).fill(-1);
  let at = 0;
  let longest = 0;
  for (let rank = 0; rank < entries.length; rank++) {
    const entry = entries[rank];
    starts[rank] = at;
    if (entry === undefined || entry.length === 0) continue;
    const start = at;
    if (typeof entry === 'string')
      at = asciiInto(entry, all, at) ?? at + encoder.encodeInto(entry, all.subarray(at)).written;
    else for (const byte of entry) all[at++] = byte;
    longest = Math.max(longest, at - start);
    if (at - start === 2) pairs[(all[start] << 8) | all[start + 1]] = rank;
    const key = hash(all, start, at);
    let slot = key & (capacity - 1);
    while (slots[slot]) slot = (slot + 1) & (capacity - 1);
    slots[slot] = (key & ~RANKS) | (rank + 1);
  }
  starts[entries.length] = at;
  const bytes = new Uint8Array(room(at, shared));
  bytes.set(all.subarray(0, at));
  return { slots, pairs, starts, bytes, longest };
}

/** Rank of the string `text[start, end)`, −1 where the vocabulary has none. */
export function rankOf(vocabulary: Vocabulary, text: Uint8Array, start: number, end: number): number {
  const { slots, starts, bytes, longest } = vocabulary;
  const length = end - start;
  if (length > longest) return -1;
  const mask = slots.length - 1;
  const key = hash(text, start, end);
  for (let slot = key & mask, found; (found = slots[slot]); slot = (slot + 1) & mask) {
    if ((found ^ key) & ~RANKS) continue;
    const rank = (found & RANKS) - 1;
    const from = starts[rank];
    if (starts[rank + 1] - from !== length) continue;
    let i = 0;
    while (i < length && bytes[from + i] === text[start + i]) i++;
    if (i === length) return rank;
  }
  return -1;
}
