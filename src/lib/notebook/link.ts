import type { Paused } from './edit';
import type { Recipe } from '$lib/recipe/types';

/** What stands behind the `#` of the address: the recipe as JSON, in letters that survive mail programs (base64url of UTF-8). */
export function toHash(recipe: Recipe): string {
  const bytes = new TextEncoder().encode(JSON.stringify(recipe));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return '#' + btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** An address with another recipe behind its `#`: whoever opens the same data there sees the same. */
export function linkTo(address: string, hash: string): string {
  const url = new URL(address);
  url.hash = hash;
  return url.href;
}

/** Text of the recipe behind the `#` (JSON), or null where there is none that can be read. Plain JSON and YAML pass too. */
export function fromHash(hash: string): string | null {
  const raw = hash.replace(/^#/, '');
  if (!raw) return null;
  try {
    if (/^[\w-]+$/.test(raw)) {
      const binary = atob(raw.replace(/-/g, '+').replace(/_/g, '/'));
      const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
      if (text.startsWith('{')) return text;
    }
  } catch {
    // Not ours: perhaps the recipe itself.
  }
  try {
    const plain = decodeURIComponent(raw);
    return plain.includes('siftbook') ? plain : null;
  } catch {
    return null;
  }
}

/** What the page keeps of the user's work beside the dataset. */
export interface Saved {
  recipe: Recipe;
  paused: Paused[];
}
