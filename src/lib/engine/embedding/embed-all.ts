/** All texts of a dataset to vectors: equal texts once, kept ones read, the rest embedded by length and kept as they come. */
import { batches, estimateTokens } from '$lib/embedding/batches';
import type { Vectors } from '$lib/embedding/types';
import type { Hash } from '$lib/text/hash';
import { HashTable } from './hash-table';
import type { VectorStore } from './store';
import { TimeLeft } from './time-left';

export interface TextSource {
  count: number;
  /** Texts of the places `from` to before `to`; '' where a record has none. */
  texts(from: number, to: number): readonly string[] | Promise<readonly string[]>;
}

/** What embeds: `embedder.model()`. Its texts come without the prefix, which is here for the hash. */
export interface EmbedModel {
  dim: number;
  prefix: string;
  maxTokens: number;
  /** Where it runs now; '' before it runs. */
  device(): string;
  /** Waited for before the first text that must be embedded: a model is not loaded for texts that are all kept. */
  ready?(): Promise<void>;
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array>;
}

export interface EmbedProgress {
  /** Places whose vector is there. */
  done: number;
  of: number;
  /** Of texts really embedded, over the time spent so far; 0 at first. */
  textsPerSecond: number;
  /** Seconds; null while unknown. */
  left: number | null;
  device: string;
}

export interface EmbedAround {
  signal?: AbortSignal;
  /** Waited for before every batch. */
  paused?(): Promise<void>;
  progress?(progress: EmbedProgress): void;
  now?(): number;
}

/** For `performance.measure('siftbook:embed', {detail})`. */
export interface EmbedFigures {
  device: string;
  /** Places with a text. */
  texts: number;
  /** Texts embedded now: not kept, each once. */
  embedded: number;
  /** Texts read from the store. */
  restored: number;
  textsPerSecond: number;
  milliseconds: number;
}

/** Texts sorted by length at a time: nearly all of what sorting brings, and what is done is spread over the dataset. */
const WINDOW = 4096;
/** Whoever waited longer than this was paused: that time is not spent on embedding. */
const PAUSED_MS = 50;
/** Batches under way: the worker never waits for the page. */
const AHEAD = 2;

/** Hash of every text behind its prefix; 0 stands for no text. */
export function hashesOf(texts: readonly string[], prefix: string, hash: Pick<Hash, 'hash64Text'>): BigUint64Array {
  return BigUint64Array.from(texts, (text) => (text === '' ? 0n : hash.hash64Text(prefix + text) || 1n));
}

/**
 * Vectors of all texts, in their places; a place without a text has zeros. A run that was cancelled, or whose page died, leaves what
 * it had embedded in the store.
 * @throws the signal's reason, or what the model throws
 */
export async function embedAll(
  source: TextSource,
  model: EmbedModel,
  store: VectorStore,
  hash: Pick<Hash, 'hash64Text'>,
  around: EmbedAround = {},
): Promise<{ vectors: Vectors; figures: EmbedFigures }> {
  const { signal, progress } = around;
  const { dim } = model;
  const now = around.now ?? (() => performance.now());
  const values = new Float32Array(source.count * dim);
  const first = new HashTable();
  const firstOf = new Int32Array(source.count).fill(-1);
  const began = now();
  let busy = 0;
  let done = 0;
  let texts = 0;
  let embedded = 0;
  let restored = 0;

  /** Still to embed in this window, and in the places behind it for each of its own. */
  const expected = { texts: 0, tokens: 0, behind: 0, textsEach: 0, tokensEach: 0 };
  const time = new TimeLeft();
  const tell = () => {
    const textsPerSecond = busy > 0 && embedded > 0 ? (embedded / busy) * 1000 : 0;
    const { behind, textsEach, tokensEach } = expected;
    const left = time.of(expected.texts + behind * textsEach, expected.tokens + behind * tokensEach);
    progress?.({ done, of: source.count, textsPerSecond, left, device: model.device() });
  };

  async function embedWindow(places: number[], all: readonly string[], from: number, hashes: BigUint64Array) {
    const to = from + all.length;
    const lengths = places.map((place) =>
      Math.min(model.maxTokens, estimateTokens(model.prefix) + estimateTokens(all[place - from])),
    );
    expected.texts = lengths.length;
    expected.tokens = lengths.reduce((sum, one) => sum + one, 0);
    expected.behind = source.count - to;
    expected.textsEach = expected.texts / (to - from);
    expected.tokensEach = expected.tokens / (to - from);
    tell();
    const queue = batches(lengths);
    if (queue.length > 0) await model.ready?.();
    const worker = async () => {
      for (let batch = queue.shift(); batch; batch = queue.shift()) {
        const asked = now();
        await around.paused?.();
        if (now() - asked > PAUSED_MS) last = now();
        signal?.throwIfAborted();
        const mine = Array.from(batch, (i) => places[i]);
        const size = batch.reduce((sum, i) => sum + lengths[i], 0);
        const vectors = await model.embed(
          mine.map((place) => all[place - from]),
          signal,
        );
        signal?.throwIfAborted();
        mine.forEach((place, row) => {
          const vector = vectors.subarray(row * dim, (row + 1) * dim);
          values.set(vector, place * dim);
          store.append(hashes[place - from], vector);
        });
        store.settle();
        embedded += mine.length;
        done += mine.length;
        expected.texts -= mine.length;
        expected.tokens -= size;
        const spent = mark();
        time.took(mine.length, size, spent);
        busy += spent;
        tell();
      }
    };
    let last = now();
    const mark = () => {
      const at = now();
      const spent = at - last;
      last = at;
      return spent;
    };
    const workers = Array.from({ length: Math.min(AHEAD, queue.length) }, worker);
    // All are waited for: none may go on writing after this has thrown.
    const ends = await Promise.allSettled(workers);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  try {
    for (let from = 0; from < source.count; from += WINDOW) {
      signal?.throwIfAborted();
      const to = Math.min(source.count, from + WINDOW);
      const all = await source.texts(from, to);
      const hashes = hashesOf(all, model.prefix, hash);
      const fresh: number[] = [];
      for (let place = from; place < to; place++) {
        const key = hashes[place - from];
        if (key === 0n) continue;
        texts++;
        const known = first.get(key);
        if (known >= 0) firstOf[place] = known;
        else {
          first.set(key, place);
          fresh.push(place);
        }
      }
      const asked = BigUint64Array.from(fresh, (place) => hashes[place - from]);
      const read = new Float32Array(fresh.length * dim);
      const missing = store.read(asked, read);
      const wanted: number[] = [];
      fresh.forEach((place, row) => {
        if (missing[row]) wanted.push(place);
        else {
          values.set(read.subarray(row * dim, (row + 1) * dim), place * dim);
          restored++;
        }
      });
      done += to - from - wanted.length;
      await embedWindow(wanted, all, from, hashes);
      for (let place = from; place < to; place++) {
        const known = firstOf[place];
        if (known >= 0) values.copyWithin(place * dim, known * dim, (known + 1) * dim);
      }
    }
  } finally {
    store.flush();
  }
  const milliseconds = now() - began;
  return {
    vectors: { rows: source.count, dim, values },
    figures: {
      device: model.device(),
      texts,
      embedded,
      restored,
      textsPerSecond: busy > 0 && embedded > 0 ? (embedded / busy) * 1000 : 0,
      milliseconds,
    },
  };
}
