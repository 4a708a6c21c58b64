/**
 * What a batch costs: so much a text and so much a token, fitted by least squares to all batches so far, neither below nothing.
 * The longest texts come first. By tokens alone the time left would be told too short, as short texts cost more a token; by texts
 * alone too long.
 */
export class TimeLeft {
  /** Sums over batches of texts², texts·tokens, tokens², texts·ms, tokens·ms. */
  #xx = 0;
  #xy = 0;
  #yy = 0;
  #xt = 0;
  #yt = 0;
  #spent = 0;

  /** A batch of so many texts and tokens took that long. */
  took(texts: number, tokens: number, milliseconds: number): void {
    this.#xx += texts * texts;
    this.#xy += texts * tokens;
    this.#yy += tokens * tokens;
    this.#xt += texts * milliseconds;
    this.#yt += tokens * milliseconds;
    this.#spent += milliseconds;
  }

  /** Seconds that so many texts and tokens take; null before a second was spent. */
  of(texts: number, tokens: number): number | null {
    if (this.#spent <= 1000 || this.#yy === 0) return null;
    const [text, token] = this.#cost();
    return (Math.max(0, texts) * text + Math.max(0, tokens) * token) / 1000;
  }

  /** Milliseconds a text and a token. */
  #cost(): [number, number] {
    const apart = this.#xx * this.#yy - this.#xy * this.#xy;
    // Batches that are all alike do not tell one from the other.
    if (apart <= 1e-9 * this.#xx * this.#yy) return [0, this.#yt / this.#yy];
    const text = (this.#xt * this.#yy - this.#yt * this.#xy) / apart;
    const token = (this.#yt * this.#xx - this.#xt * this.#xy) / apart;
    if (text < 0) return [0, this.#yt / this.#yy];
    if (token < 0) return [this.#xt / this.#xx, 0];
    return [text, token];
  }
}
