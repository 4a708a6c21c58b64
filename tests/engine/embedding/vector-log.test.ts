import { describe, expect, it } from 'vitest';
import { HashTable } from '$lib/engine/embedding/hash-table';
import { emptyStore, logStore, openVectorStore, vectorKey } from '$lib/engine/embedding/store';
import { VectorLog, type AppendFile } from '$lib/engine/embedding/vector-log';
import { modelById } from '$lib/embedding/models';
import { loadHash } from '$lib/text/hash';

const hash = await loadHash();
const DIM = 3;

/** A file in memory; `room` bytes may be written, all told. */
class MemoryFile implements AppendFile {
  bytes = new Uint8Array(0);
  flushes = 0;
  closed = false;
  constructor(readonly quota = { room: Infinity }) {}
  getSize = () => this.bytes.length;
  read(into: Uint8Array, { at }: { at: number }): number {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }
  write(bytes: Uint8Array, { at }: { at: number }): number {
    if ((this.quota.room -= bytes.length) < 0) throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    const grown = new Uint8Array(Math.max(this.bytes.length, at + bytes.length));
    grown.set(this.bytes);
    grown.set(bytes, at);
    this.bytes = grown;
    return bytes.length;
  }
  truncate(size: number): void {
    this.bytes = this.bytes.slice(0, size);
  }
  flush = () => void this.flushes++;
  close = () => void (this.closed = true);
}
const files = (quota?: { room: number }) => ({ index: new MemoryFile(quota), vectors: new MemoryFile(quota) });
const open = (kept: ReturnType<typeof files>) => new VectorLog(kept, DIM, hash.hash32);
const key = (i: number) => hash.hash64Text(`text ${i}`);
const vector = (i: number) => Float32Array.of(i, i / 2, -i);
const fill = (log: VectorLog, from: number, to: number) => {
  for (let i = from; i < to; i++) log.append(key(i), vector(i));
};
const read = (log: Pick<VectorLog, 'read'>, asked: number[]) => {
  const into = new Float32Array(asked.length * DIM).fill(9);
  const missing = log.read(BigUint64Array.from(asked, key), into);
  return { missing: [...missing], rows: asked.map((_, row) => [...into.subarray(row * DIM, (row + 1) * DIM)]) };
};

describe('the log of vectors', () => {
  it('gives back what was kept, in any order, and says what is missing', () => {
    const log = open(files());
    fill(log, 0, 5);
    log.flush();
    expect(read(log, [4, 77, 0, 4])).toEqual({
      missing: [0, 1, 0, 0],
      rows: [
        [4, 2, -4],
        [9, 9, 9],
        [0, 0, -0],
        [4, 2, -4],
      ],
    });
  });
  it('is there after a reload, over thousands and more than one reading', () => {
    const kept = files();
    const log = open(kept);
    fill(log, 0, 3000);
    log.close();
    expect(kept.index.closed && kept.vectors.closed).toBe(true);
    expect(kept.index.bytes.length).toBe(3000 * 16);
    expect(kept.vectors.bytes.length).toBe(3000 * DIM * 4);
    const again = open(kept);
    expect(again.size).toBe(3000);
    const asked = Array.from({ length: 3000 }, (_, i) => (i * 7) % 3000);
    const { missing, rows } = read(again, asked);
    expect(missing.every((one) => one === 0)).toBe(true);
    expect(rows.every((row, i) => row[0] === asked[i])).toBe(true);
    fill(again, 3000, 3010);
    again.flush();
    expect(read(open(kept), [3009]).rows).toEqual([[3009, 1504.5, -3009]]);
  });
  it('loses only what was half written when the page died', () => {
    for (const [index, vectors] of [
      [10 * 16 - 5, 10 * 12],
      [10 * 16, 10 * 12 - 1],
      [9 * 16, 10 * 12],
      [10 * 16, 9 * 12 + 3],
    ]) {
      const kept = files();
      const log = open(kept);
      fill(log, 0, 10);
      log.flush();
      kept.index.truncate(index);
      kept.vectors.truncate(vectors);
      const again = open(kept);
      expect(again.size).toBe(9);
      expect([kept.index.bytes.length, kept.vectors.bytes.length]).toEqual([9 * 16, 9 * 12]);
      expect(read(again, [8, 9]).missing).toEqual([0, 1]);
      again.append(key(9), vector(9));
      again.flush();
      expect(read(open(kept), [8, 9]).missing).toEqual([0, 0]);
    }
  });
  it('does not believe a vector whose bytes changed, nor an index of another length', () => {
    const kept = files();
    const log = open(kept);
    fill(log, 0, 3);
    log.flush();
    kept.vectors.bytes[12 + 2] ^= 1;
    expect(read(open(kept), [0, 1, 2]).missing).toEqual([0, 1, 0]);
    kept.index.bytes[16 + 12] = 4;
    expect(open(kept).size).toBe(1);
  });
  it('keeps the newer of two vectors of a text', () => {
    const kept = files();
    const log = open(kept);
    log.append(key(1), vector(1));
    log.flush();
    log.append(key(1), vector(2));
    log.flush();
    expect(read(log, [1]).rows).toEqual([[2, 1, -2]]);
    expect(read(open(kept), [1]).rows).toEqual([[2, 1, -2]]);
  });
});

describe('a store', () => {
  it('writes after a batch, every half second at most, and at the end', () => {
    const kept = files();
    let time = 0;
    const store = logStore(
      open(kept),
      () => undefined,
      () => time,
    );
    store.append(key(1), vector(1));
    store.settle();
    expect(kept.index.bytes.length).toBe(0);
    time = 2000;
    // A batch is written whole, however long it took.
    store.append(key(2), vector(2));
    store.append(key(4), vector(4));
    expect(kept.index.bytes.length).toBe(0);
    store.settle();
    expect(kept.index.bytes.length).toBe(48);
    store.append(key(3), vector(3));
    store.settle();
    expect(kept.index.bytes.length).toBe(48);
    store.close();
    expect(kept.index.bytes.length).toBe(64);
  });
  it('goes on without keeping once the disk is full, and says so once', () => {
    const kept = files({ room: 100 });
    const told: string[] = [];
    const store = logStore(open(kept), ({ name }) => told.push(name));
    for (let i = 0; i < 3; i++) {
      store.append(key(i), vector(i));
      store.flush();
    }
    expect(store.kept).toBe(true);
    for (let i = 3; i < 9; i++) {
      store.append(key(i), vector(i));
      store.flush();
    }
    expect(told).toEqual(['QuotaExceededError']);
    expect(store.kept).toBe(false);
    expect(read(store, [2, 8]).missing).toEqual([0, 1]);
    store.close();
  });
  it('keeps nothing where there is no private file system, and says why', async () => {
    const told: string[] = [];
    const blocked = () => Promise.reject(new Error('private mode'));
    const store = await openVectorStore(blocked, { key: 'k', dim: 3 }, hash, (code) => told.push(code));
    expect(store.kept).toBe(false);
    expect(told).toEqual(['blocked']);
    expect(read(store, [1]).missing).toEqual([1]);
    expect((await openVectorStore(null, { key: 'k', dim: 3 }, hash)).kept).toBe(emptyStore().kept);
  });
  it('gives the first file back where the second is held by another tab', async () => {
    const made: MemoryFile[] = [];
    const handle = {
      getDirectoryHandle: async () => handle,
      getFileHandle: async () => ({
        createSyncAccessHandle: async () => {
          if (made.length) throw Object.assign(new Error('locked'), { name: 'NoModificationAllowedError' });
          made.push(new MemoryFile());
          return made[0];
        },
      }),
    };
    const store = await openVectorStore(
      async () => handle as unknown as FileSystemDirectoryHandle,
      { key: 'k', dim: 3 },
      hash,
    );
    expect(store.kept).toBe(false);
    expect(made[0].closed).toBe(true);
  });
  it('knows vectors by model, weights and number format', () => {
    const spec = modelById('Xenova/all-MiniLM-L6-v2')!;
    const keys = [
      vectorKey(spec, 'q8'),
      vectorKey(spec, 'fp32'),
      vectorKey({ ...spec, fingerprint: 'fp32:7' }, 'q8'),
      vectorKey({ ...spec, pooling: 'cls' }, 'q8'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(vectorKey({ ...spec, licence: 'MIT' }, 'q8')).toBe(keys[0]);
  });
});

it('a hash table holds what a Map does', () => {
  const table = new HashTable();
  const map = new Map<bigint, number>();
  for (let i = 0; i < 5000; i++) {
    const at = key(i % 3700) & 0xffffffff0000ffffn;
    table.set(at, i);
    map.set(at, i);
  }
  expect(table.size).toBe(map.size);
  for (const [at, place] of map) expect(table.get(at)).toBe(place);
  expect(table.get(12345n)).toBe(-1);
});
