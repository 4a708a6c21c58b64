/**
 * Names of columns, each once: an empty one is `column` and its place from 1, a repeated one gets a number behind it
 * (`a`, `a_2`). A name that stands in the file is never given to another column.
 */
export function uniqueNames(given: readonly string[]): string[] {
  const taken = new Set(given);
  const seen = new Set<string>();
  return given.map((own, i) => {
    const first = own !== '' && !seen.has(own);
    const base = own === '' ? `column${i + 1}` : own;
    let name = base;
    if (!first) for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    seen.add(name);
    return name;
  });
}
