/** Numbers that look random and depend on the seed alone: sfc32 (Doty-Humphrey, PractRand), 32 bits at a time. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** `seed` is an integer; `stream` sets apart what else draws with the same seed. */
  constructor(seed: number, stream = 0) {
    this.a = seed | 0;
    this.b = Math.floor(seed / 0x100000000) | 0;
    this.c = stream | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** An integer from 0 to 2³² − 1. */
  next(): number {
    const out = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** An integer from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  /** A number from 0 up to but without 1. */
  unit(): number {
    return this.next() / 0x100000000;
  }

  /** `count` of the numbers 0 to n − 1 without repetition (all of them where there are no more), in random order. */
  choose(n: number, count: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    const taken = Math.min(n, count);
    for (let i = 0; i < taken; i++) {
      const other = i + this.below(n - i);
      const value = order[other];
      order[other] = order[i];
      order[i] = value;
    }
    return order.slice(0, taken);
  }
}
