/** Shares of three parts in per cent; they sum to 100. */
export type Percents = [train: number, validation: number, test: number];

const within = (value: number) => Math.round(Math.max(0, Math.min(100, value)));

/** The border behind part `i` moved to `at` (per cent from the left); it pushes the other one rather than pass it. */
export function borderAt([train, validation]: Percents, i: 0 | 1, at: number): Percents {
  const border = within(at);
  const first = i === 0 ? border : Math.min(train, border);
  const second = i === 0 ? Math.max(train + validation, border) : border;
  return [first, second - first, 100 - second];
}

/** One part typed: the first takes from the others in proportion, they take from the first. */
export function shareSet(shares: Percents, i: 0 | 1 | 2, value: number): Percents {
  const set = within(value);
  if (i === 0) {
    const others = shares[1] + shares[2];
    const validation = Math.round(others > 0 ? ((100 - set) * shares[1]) / others : (100 - set) / 2);
    return [set, validation, 100 - set - validation];
  }
  const other = Math.min(shares[3 - i], 100 - set);
  return i === 1 ? [100 - set - other, set, other] : [100 - set - other, other, set];
}
