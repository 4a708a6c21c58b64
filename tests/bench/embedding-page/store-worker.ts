/** The store of vectors in a worker, as the engine holds it. */
import { openVectorStore } from '$lib/engine/embedding/store';
import { serve, type Endpoint } from '$lib/engine/rpc';
import { loadHash } from '$lib/text/hash';

export interface StoreApi {
  /** Appends `rows` vectors of `dim` numbers; resolves with milliseconds to write and to read them all back, and how many were missing. */
  fill(
    rows: number,
    dim: number,
  ): Promise<{ write: number; read: number; missing: number; kept: boolean; wrong: number }>;
  /** The directive that keeps this worker from an address, or 'none'. */
  reach(url: string): Promise<string>;
}

serve<StoreApi>(self as unknown as Endpoint, {
  async reach(url) {
    const refused = new Promise<string>((resolve) =>
      self.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective)),
    );
    const answered = fetch(url, { mode: 'no-cors' }).then(
      () => 'none',
      () => new Promise<string>((resolve) => setTimeout(resolve, 500, 'none')),
    );
    return Promise.race([refused, answered]);
  },
  async fill(rows, dim) {
    const hash = await loadHash();
    const root = () => navigator.storage.getDirectory();
    const key = { key: `bench ${dim}`, dim };
    const hashes = BigUint64Array.from({ length: rows }, (_, row) => hash.hash64Text(`text ${row}`));
    const vector = new Float32Array(dim);
    let store = await openVectorStore(root, key, hash);
    let started = performance.now();
    for (let row = 0; row < rows; row++) {
      vector.fill(row);
      store.append(hashes[row], vector);
    }
    store.close();
    const write = performance.now() - started;
    started = performance.now();
    store = await openVectorStore(root, key, hash);
    const into = new Float32Array(rows * dim);
    const mask = store.read(hashes, into);
    const read = performance.now() - started;
    const { kept } = store;
    store.close();
    let wrong = 0;
    for (let row = 0; row < rows; row++) if (into[row * dim] !== row || into[row * dim + dim - 1] !== row) wrong++;
    return { write, read, missing: mask.reduce((sum, one) => sum + one, 0), kept, wrong };
  },
});
