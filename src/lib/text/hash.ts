import xxhash from 'xxhash-wasm';

/** xxHash, the same in Node and every browser. Seeds default to 0. */
export interface Hash {
  /** XXH64 of the bytes. */
  hash64(bytes: Uint8Array, seed?: bigint): bigint;
  /** XXH64 of the text's UTF-8. */
  hash64Text(text: string, seed?: bigint): bigint;
  /** XXH32 of the bytes. */
  hash32(bytes: Uint8Array, seed?: number): number;
  /** XXH32 of the text's UTF-8. */
  hash32Text(text: string, seed?: number): number;
}

let loading: Promise<Hash> | null = null;

/** Makes the hash's WebAssembly instance, once. */
export function loadHash(): Promise<Hash> {
  loading ??= xxhash().then(({ h64, h64Raw, h32, h32Raw }) => ({
    hash64: h64Raw,
    hash64Text: h64,
    hash32: h32Raw,
    hash32Text: h32,
  }));
  return loading;
}

/** A 64-bit hash as 16 hexadecimal digits. */
export function hex64(hash: bigint): string {
  return hash.toString(16).padStart(16, '0');
}
