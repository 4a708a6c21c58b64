/** Rewriting strings inside a JSON text while every other byte of it stays. */
import { endOfString, endOfValue, skipSpace as space } from './rawjson';

/** What to put where: `texts` by key or index, at the end of a path the new string. */
interface Target {
  text: string | null;
  children: Map<string, Target>;
}

/** One string of a JSON value: the way to it and its new text. */
export interface Replacement {
  path: readonly (string | number)[];
  text: string;
}

/** A valid JSON text with the strings at the given paths replaced; paths that lead to no string change nothing. */
export function spliceStrings(json: string, replacements: readonly Replacement[]): string {
  const root: Target = { text: null, children: new Map() };
  for (const { path, text } of replacements) {
    let at = root;
    for (const key of path) {
      let child = at.children.get(String(key));
      if (!child) at.children.set(String(key), (child = { text: null, children: new Map() }));
      at = child;
    }
    at.text = text;
  }
  const found: { start: number; end: number; text: string }[] = [];
  walk(json, space(json, 0), root, found);
  let out = '';
  let done = 0;
  for (const { start, end, text } of found) {
    out += json.slice(done, start) + JSON.stringify(text);
    done = end;
  }
  return out + json.slice(done);
}

function walk(json: string, at: number, target: Target, found: { start: number; end: number; text: string }[]): number {
  const code = json.charCodeAt(at);
  if (code === 0x22) {
    const end = endOfString(json, at);
    if (target.text !== null) found.push({ start: at, end, text: target.text });
    return end;
  }
  if ((code !== 0x7b && code !== 0x5b) || target.children.size === 0) return endOfValue(json, at);
  const close = code === 0x7b ? 0x7d : 0x5d;
  let index = 0;
  at = space(json, at + 1);
  while (at < json.length && json.charCodeAt(at) !== close) {
    let key = String(index++);
    if (code === 0x7b) {
      const end = endOfString(json, at);
      key = JSON.parse(json.slice(at, end)) as string;
      at = space(json, space(json, end) + 1);
    }
    const child = target.children.get(key);
    at = space(json, child ? walk(json, at, child, found) : endOfValue(json, at));
    if (json.charCodeAt(at) === 0x2c) at = space(json, at + 1);
  }
  return at + 1;
}
