/** UTF-16 units of a prompt that are read: instructions stand in front. */
const HEAD = 300;

/** The part of a prompt in which its instruction is looked for. */
export function headOf(prompt: string): string {
  const cut = prompt.trimStart().slice(0, HEAD);
  // A surrogate pair is not cut in two.
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
