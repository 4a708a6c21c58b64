/** Plain data with typed arrays in it as bytes, and back: a header in JSON, then the arrays' bytes. */
import type { Hash } from '$lib/text/hash';

const TYPES = {
  Float32Array,
  Float64Array,
  Int32Array,
  Uint32Array,
  Uint16Array,
  Uint8Array,
  BigUint64Array,
} as const;
type Name = keyof typeof TYPES;
/** Length of the header and check of what follows it, 32 bits each. */
const HEAD = 8;
/** Arrays begin at multiples of this, so that they are views of what was read. */
const ALIGN = 8;

const isName = (name: string): name is Name => Object.hasOwn(TYPES, name);
const aligned = (at: number) => Math.ceil(at / ALIGN) * ALIGN;

/** An array's place: `{"": [type, offset, length]}`. */
type Placed = { '': [Name, number, number] };
const isPlaced = (value: unknown): value is Placed => typeof value === 'object' && value !== null && '' in value;

/**
 * Bytes of plain data (no cycles, no dates); typed arrays keep type and content. The order is this machine's.
 * @throws TypeError for a view of another type, and for a number outside arrays that JSON does not have
 */
export function packed(value: unknown, { hash32 }: Pick<Hash, 'hash32'>): Uint8Array<ArrayBuffer> {
  const parts: { at: number; bytes: Uint8Array }[] = [];
  let size = 0;
  const json = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) throw new TypeError(`${part} cannot be kept`);
    if (!ArrayBuffer.isView(part)) return part;
    const { name } = part.constructor;
    if (!isName(name)) throw new TypeError(`a ${name} cannot be kept`);
    const at = aligned(size);
    parts.push({ at, bytes: new Uint8Array(part.buffer, part.byteOffset, part.byteLength) });
    size = at + part.byteLength;
    return { '': [name, at, part.byteLength / TYPES[name].BYTES_PER_ELEMENT] } satisfies Placed;
  });
  const header = new TextEncoder().encode(json);
  const start = aligned(HEAD + header.length);
  const out = new Uint8Array(start + size);
  out.set(header, HEAD);
  for (const { at, bytes } of parts) out.set(bytes, start + at);
  const view = new DataView(out.buffer);
  view.setUint32(0, header.length, true);
  view.setUint32(4, hash32(out.subarray(HEAD)), true);
  return out;
}

/** What `packed` was given; null where the bytes are not whole. Arrays are views of the bytes, which must begin a buffer. */
export function unpacked(bytes: Uint8Array<ArrayBuffer>, { hash32 }: Pick<Hash, 'hash32'>): unknown {
  if (bytes.length < HEAD) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint32(0, true);
  if (HEAD + length > bytes.length || view.getUint32(4, true) !== hash32(bytes.subarray(HEAD))) return null;
  const start = aligned(HEAD + length);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length)), (_, part: unknown) => {
    if (!isPlaced(part)) return part;
    const [name, at, count] = part[''];
    return new TYPES[name](bytes.buffer, bytes.byteOffset + start + at, count);
  }) as unknown;
}
