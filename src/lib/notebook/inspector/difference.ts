/** One stretch of a text before and after: both sides keep `same`, `was` is only before, `is` only after. */
export interface Change {
  kind: 'same' | 'was' | 'is';
  text: string;
}

/** Beyond this many single edits a text has been rewritten, and is shown as such. */
const MOST_EDITS = 600;

/** Units that belong together: a surrogate pair is never cut in two. */
function characters(text: string): string[] {
  return [...text];
}

/** Words where words are written apart, single characters of Han and kana, and every other sign by itself. */
export function wordsOf(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+|[^]/gu,
    ) ?? []
  );
}

/**
 * What turns `before` into `after`, by characters (or what `parts` makes of a text): the fewest edits (Myers 1986), grouped.
 * Texts that need very many are told by their common beginning and end only.
 */
export function difference(before: string, after: string, parts: (text: string) => string[] = characters): Change[] {
  const [a, b] = [parts(before), parts(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const from = a.slice(head, a.length - tail);
  const to = b.slice(head, b.length - tail);
  const middle: Change[] = edits(from, to) ?? [
    { kind: 'was', text: from.join('') },
    { kind: 'is', text: to.join('') },
  ];
  return [
    { kind: 'same' as const, text: a.slice(0, head).join('') },
    ...middle,
    { kind: 'same' as const, text: a.slice(a.length - tail).join('') },
  ].filter((change) => change.text !== '');
}

function edits(a: readonly string[], b: readonly string[]): Change[] | null {
  const most = Math.min(MOST_EDITS, a.length + b.length);
  const origin = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const history: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    history.push(reach.slice(origin - d - 1, origin + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reach[origin + k - 1] < reach[origin + k + 1]);
      let x = down ? reach[origin + k + 1] : reach[origin + k - 1] + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[origin + k] = x;
      if (x >= a.length && x - k >= b.length) return path(a, b, history, d);
    }
  }
  return null;
}

/** Walks the furthest-reaching paths back from the end and groups them into stretches. */
function path(a: readonly string[], b: readonly string[], history: Int32Array[], last: number): Change[] {
  const out: Change[] = [];
  const put = (kind: Change['kind'], text: string) => {
    const top = out[out.length - 1];
    if (top?.kind === kind) top.text = text + top.text;
    else out.push({ kind, text });
  };
  let x = a.length;
  let y = b.length;
  for (let d = last; d > 0; d--) {
    const row = history[d];
    const at = (k: number) => row[k + d + 1];
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const before = down ? k + 1 : k - 1;
    const fromX = at(before);
    const fromY = fromX - before;
    // The snake came after the edit: walk it back until the edit's own end.
    const [endX, endY] = down ? [fromX, fromY + 1] : [fromX + 1, fromY];
    while (x > endX && y > endY) {
      put('same', a[--x]);
      y--;
    }
    if (down) put('is', b[--y]);
    else put('was', a[--x]);
  }
  while (x > 0) {
    put('same', a[--x]);
    y--;
  }
  return out.reverse();
}
