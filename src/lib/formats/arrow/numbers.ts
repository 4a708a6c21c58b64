/** A double's shortest text; NaN and infinities, which JSON does not have, as strings. */
export function doubleText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"';
}

/** The shortest text that gives the same single-precision number. */
export function floatText(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return doubleText(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** A half-precision number from its bits. */
export function halfText(bits: number): string {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return doubleText(fraction ? NaN : sign * Infinity);
  const value = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  for (let digits = 3; digits < 6; digits++) {
    const short = Number((sign * value).toPrecision(digits));
    if (toHalf(Math.abs(short)) === (bits & 0x7fff)) return doubleText(Object.is(value, 0) ? sign * 0 : short);
  }
  return doubleText(sign * value);
}

/** Bits of the half-precision number nearest to a positive double. */
function toHalf(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.max(-14, Math.floor(Math.log2(value)));
  const step = 2 ** (exponent - 10);
  const steps = Math.round(value / step);
  return steps + ((exponent + 14) << 10);
}

/** A whole number with the point `scale` digits from its right end, all digits kept. */
export function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return value === 0n ? '0' : String(value) + '0'.repeat(-scale);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A two's-complement number from `words` 32-bit words, least significant first. */
export function wordsToBigInt(words: Uint32Array, at: number, count: number): bigint {
  let value = 0n;
  for (let i = count - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[at + i]);
  return words[at + count - 1] >>> 31 ? value - (1n << BigInt(32 * count)) : value;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(bytes: Uint8Array, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; i += 3) {
    const left = end - i;
    const n = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    out += BASE64[n >> 18] + BASE64[(n >> 12) & 63];
    out += (left > 1 ? BASE64[(n >> 6) & 63] : '=') + (left > 2 ? BASE64[n & 63] : '=');
  }
  return out;
}
