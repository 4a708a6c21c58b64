import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';

/** A recipe's text as a document, and the line and column (from 1) of an offset in it. Never throws. */
export function openDocument(text: string): {
  document: Document;
  at: (offset: number) => { line: number; column: number };
} {
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
  return {
    document: parseDocument(spacesForTabs(text), options),
    at(offset) {
      const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)));
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
  };
}

/** JSON may be indented by tabs, YAML may not. */
function spacesForTabs(text: string): string {
  return /^\s*\{/.test(text) ? text.replaceAll('\t', ' ') : text;
}

/** Offset in the text of what stands at `path`: its key or its value; of the nearest thing around it where it has none. */
export function offsetOf(document: Document, path: readonly (string | number)[], atKey = false): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (let i = 0; i < path.length; i++) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(path[i]));
      if (!pair) return offset;
      const key = startOf(pair.key) ?? offset;
      const value = startOf(pair.value);
      offset = (atKey && i === path.length - 1) || value === null ? key : value;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(path[i])];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  return isNode(node) && node.range ? node.range[0] : null;
}

/** Keys that stand twice in one object, with their offsets. (The parser's own check takes the square of an object's size.) */
export function doubledKeys(document: Document): { key: string; offset: number }[] {
  const found: { key: string; offset: number }[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = String(isScalar(key) ? key.value : key);
        if (seen.has(name)) found.push({ key: name, offset: startOf(key) ?? 0 });
        seen.add(name);
      }
    },
  });
  return found;
}
