import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Recipe } from './types';

/** A SHA-256 that is fed piece by piece. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Lower-case hexadecimal; afterwards nothing may be added. */
  hex(): string;
}

/** The built-in SHA-256; a runner may hand in its platform's own. */
export function newDigest(): Digest {
  const state = sha256.create();
  return { update: (bytes) => void state.update(bytes), hex: () => bytesToHex(state.digest()) };
}

/** SHA-256 of bytes or of a text's UTF-8, lower-case hexadecimal. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? new TextEncoder().encode(data) : data));
}

/** SHA-256 of the recipe's canonical JSON (keys sorted by code unit, no white space): comments and layout do not count. */
export function recipeHash(recipe: Recipe): string {
  return sha256Hex(canonical(recipe));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
