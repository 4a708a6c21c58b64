/** A seeded source of choices (mulberry32), so that the same seed writes the same bytes everywhere. */
export class Random {
  constructor(private state: number) {}

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Integer in [low, high]. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)];
  }

  /** `count` different elements in random order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    const taken: T[] = [];
    while (taken.length < count && rest.length) taken.push(rest.splice(Math.floor(this.next() * rest.length), 1)[0]);
    return taken;
  }

  weighted<T extends { weight: number }>(list: readonly T[]): T {
    let draw = this.next() * list.reduce((sum, item) => sum + item.weight, 0);
    for (const item of list) if ((draw -= item.weight) < 0) return item;
    return list[list.length - 1];
  }
}
