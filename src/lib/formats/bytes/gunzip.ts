/** How a gzip stream ended. */
export interface GzipState {
  /** Why the rest could not be unpacked; null while all is well. */
  fault: string | null;
}

/** Bytes handed to the inflater at once. */
const STEP = 1 << 16;
/** Bytes of a member's header that are looked at. */
const HEADER = 10;

/** Whether a gzip member begins at `at`: magic, deflate, usual flags, and plausible extra flags and system. */
export function beginsMember(b: Uint8Array, at: number): boolean {
  const flags = b[at + 3];
  const extra = b[at + 8];
  const system = b[at + 9];
  return (
    b[at] === 0x1f &&
    b[at + 1] === 0x8b &&
    b[at + 2] === 8 &&
    (flags === 0 || flags === 4 || flags === 8) &&
    (extra === 0 || extra === 2 || extra === 4) &&
    (system <= 13 || system === 255)
  );
}

/** Input cut into pieces; `starts` marks those that begin a further member. */
async function* pieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; starts: boolean }> {
  let held: Uint8Array = new Uint8Array(0);
  // Where members may begin is looked for from here on in `held`; the first one's start is no mark.
  let look = 1;
  let starts = false;
  const cut = function* (end: number) {
    let from = 0;
    for (let at = held.indexOf(0x1f, look); at >= 0 && at < end; at = held.indexOf(0x1f, at + 1)) {
      if (!beginsMember(held, at)) continue;
      if (at > from) yield { bytes: held.subarray(from, at), starts };
      starts = true;
      from = at;
    }
    if (end > from) {
      yield { bytes: held.subarray(from, end), starts };
      starts = false;
    }
    held = held.slice(end);
    look = 0;
  };
  for await (const chunk of input)
    for (let at = 0; at < chunk.length; at += STEP) {
      const part = chunk.subarray(at, at + STEP);
      const bytes = new Uint8Array(held.length + part.length);
      bytes.set(held);
      bytes.set(part, held.length);
      held = bytes;
      // A header may lie across two pieces: its first bytes wait for the next one.
      if (held.length > HEADER) yield* cut(held.length - HEADER);
    }
  yield* cut(held.length);
}

/**
 * Unpacks gzip, also of several members one after another (which browsers' DecompressionStream refuses), with the
 * platform's inflater. Where the data end early or are damaged, what could be unpacked has been yielded and
 * `state.fault` says so.
 */
export async function* gunzip(input: AsyncIterable<Uint8Array>, state: GzipState): AsyncGenerator<Uint8Array> {
  let member = new Member();
  try {
    for await (const { bytes, starts } of pieces(input)) {
      if (starts) {
        await member.close(false);
        yield* member.take();
        if (member.fault !== null) break;
        member = new Member();
      }
      await member.write(bytes);
      yield* member.take();
      if (member.fault !== null) break;
    }
    if (member.fault === null) await member.close(true);
    yield* member.take();
    state.fault = member.fault;
  } finally {
    member.drop();
  }
}

/** One gzip member being unpacked. Output is drained at once, for an error would throw away what is still queued. */
class Member {
  fault: string | null = null;
  private readonly stream = new DecompressionStream('gzip');
  private readonly writer = this.stream.writable.getWriter();
  private readonly reader = this.stream.readable.getReader();
  private ready: Uint8Array[] = [];
  private count = 0;
  private readonly drained = this.drain();

  async write(bytes: Uint8Array): Promise<void> {
    try {
      await this.writer.write(bytes as Uint8Array<ArrayBuffer>);
    } catch (error) {
      this.fail(error);
    }
  }

  /** `last`: nothing follows, so the member may be cut off; its output is waited for before the end is announced. */
  async close(last: boolean): Promise<void> {
    for (let seen = -1; last && seen !== this.count;) {
      seen = this.count;
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    try {
      await this.writer.close();
    } catch (error) {
      this.fail(error);
    }
    await this.drained;
  }

  take(): Uint8Array[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  drop(): void {
    this.reader.cancel().catch(() => undefined);
    this.writer.abort().catch(() => undefined);
  }

  private async drain(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.reader.read();
        if (done) return;
        this.ready.push(value);
        this.count++;
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.fault ??= error instanceof Error ? error.message : String(error);
  }
}
