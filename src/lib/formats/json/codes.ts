/** What is wrong, by number; `FAULT_KEYS` in faults.ts has the words. END: the bytes ran out. */
export const Fault = {
  NONE: 0,
  END: 1,
  KEY: 3,
  COLON: 4,
  COMMA_OBJECT: 5,
  COMMA_ARRAY: 6,
  TRAILING_COMMA: 7,
  LITERAL: 8,
  NUMBER: 9,
  CONTROL: 10,
  ESCAPE: 11,
  DEPTH: 12,
} as const;

/** Kinds of a value; the string's flags say whether it has escapes, and lone surrogates among them. */
export const Value = { STRING: 0, ESCAPED: 1, LONE: 2, NULL: 3, OTHER: 4 } as const;

/** Value of a hexadecimal digit's byte, -1 for any other. */
export const hex = new Int8Array(256).fill(-1);
for (let i = 0; i < 10; i++) hex[0x30 + i] = i;
for (let i = 0; i < 6; i++) hex[0x41 + i] = hex[0x61 + i] = 10 + i;

/** Value of the four hexadecimal digits at `at`, or -1. */
export function hex4(bytes: Uint8Array, at: number): number {
  const a = hex[bytes[at]];
  const b = hex[bytes[at + 1]];
  const c = hex[bytes[at + 2]];
  const d = hex[bytes[at + 3]];
  return (a | b | c | d) < 0 ? -1 : (a << 12) | (b << 8) | (c << 4) | d;
}
