/** Edits (insert, delete, change, swap of neighbours) between two short strings. */
function distance(a: string, b: string): number {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = 0; i <= a.length; i++) table[i * width] = i;
  for (let j = 0; j <= b.length; j++) table[j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(
        table[(i - 1) * width + j] + 1,
        table[i * width + j - 1] + 1,
        table[(i - 1) * width + j - 1] + change,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, table[(i - 2) * width + j - 2] + 1);
      table[i * width + j] = best;
    }
  return table[a.length * width + b.length];
}

/** `{meant}` when one of the known names is close to what was written (a third of its letters at most differ), else nothing. */
export function nearest(name: string, known: readonly string[]): { meant?: string } {
  const wanted = plain(name);
  if (wanted.length > 64) return {};
  let meant: string | undefined;
  let best = Infinity;
  for (const other of known) {
    const d = distance(wanted, plain(other));
    if (d < best && d <= Math.max(1, Math.floor(other.length / 3))) [meant, best] = [other, d];
  }
  return meant === undefined ? {} : { meant };
}

const plain = (name: string) => name.toLowerCase().replaceAll('_', '-').replaceAll(' ', '-');
