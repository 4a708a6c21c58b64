/** How often each language of a prompt met each language of a response. */
export interface Meeting {
  /** Codes in use, by falling count; the rest is folded into one entry, -1. */
  codes: number[];
  /** `cells[i][j]`: records with the prompt in `codes[i]` and the response in `codes[j]`. */
  cells: number[][];
  /** Records where the two differ. */
  differ: number;
}

/**
 * Counts pairs of codes; records without one of the two are left out.
 * @param kept one byte a record, 0 = left out
 * @param most languages told apart
 */
export function meet(prompts: Float32Array, responses: Float32Array, kept: Uint8Array, most = 5): Meeting {
  const pairs = new Map<number, number>();
  const sums = new Map<number, number>();
  let differ = 0;
  for (let i = 0; i < prompts.length; i++) {
    const [p, r] = [prompts[i], responses[i]];
    if (p !== p || r !== r || kept[i] === 0) continue;
    pairs.set(p * 4096 + r, (pairs.get(p * 4096 + r) ?? 0) + 1);
    sums.set(p, (sums.get(p) ?? 0) + 1);
    sums.set(r, (sums.get(r) ?? 0) + 1);
    if (p !== r) differ++;
  }
  const order = [...sums.keys()].sort((a, b) => sums.get(b)! - sums.get(a)! || a - b);
  const codes = order.length > most + 1 ? [...order.slice(0, most), -1] : order;
  const place = (code: number) => {
    const at = codes.indexOf(code);
    return at < 0 ? codes.length - 1 : at;
  };
  const cells = codes.map(() => codes.map(() => 0));
  for (const [pair, count] of pairs) cells[place(Math.floor(pair / 4096))][place(pair % 4096)] += count;
  return { codes, cells, differ };
}

/** Places with this pair of codes (-1: any but `others`), at most `limit`. */
export function placesOf(
  prompts: Float32Array,
  responses: Float32Array,
  kept: Uint8Array,
  [prompt, response]: [number, number],
  others: readonly number[],
  limit = 2000,
): number[] {
  const fits = (value: number, code: number) =>
    code < 0 ? value === value && !others.includes(value) : value === code;
  const places: number[] = [];
  for (let i = 0; i < prompts.length && places.length < limit; i++)
    if (kept[i] !== 0 && fits(prompts[i], prompt) && fits(responses[i], response)) places.push(i);
  return places;
}
