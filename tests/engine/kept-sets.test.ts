import { beforeAll, expect, it } from 'vitest';
import { keptSets } from '$lib/engine/kept-sets';
import { packed, unpacked } from '$lib/engine/packing';
import type { SetRunner } from '$lib/engine/set-api';
import { workHere, type SetJob } from '$lib/recipe/sets';
import { loadHash, type Hash } from '$lib/text/hash';

let hash: Hash;
beforeAll(async () => void (hash = await loadHash()));

/** A private file system in memory: whole files, swapped in when their stream is closed. */
function folder() {
  const files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; at: number }>();
  let clock = 0;
  const handle = (name: string) => ({
    kind: 'file',
    name,
    getFile: async () => new File([files.get(name)!.bytes], name, { lastModified: files.get(name)!.at }),
    createWritable: async () => {
      let written: Uint8Array<ArrayBuffer> | null = null;
      return {
        write: async (bytes: Uint8Array<ArrayBuffer>) => void (written = bytes.slice()),
        close: async () => void files.set(name, { bytes: written!, at: ++clock }),
      };
    },
  });
  const dir = {
    getFileHandle: async (name: string, { create = false } = {}) => {
      if (!create && !files.has(name)) throw Object.assign(new Error(name), { name: 'NotFoundError' });
      return handle(name);
    },
    removeEntry: async (name: string) => void files.delete(name),
    async *values() {
      for (const name of [...files.keys()]) yield handle(name);
    },
  };
  const root = async () => ({ getDirectoryHandle: async () => dir }) as unknown as FileSystemDirectoryHandle;
  return { root, files };
}

const vectors = (seed: number) => {
  const values = Float32Array.from({ length: 60 * 4 }, (_, i) => Math.sin(i * 12.9898 + seed));
  for (let row = 0; row < 60; row++) {
    const one = values.subarray(row * 4, row * 4 + 4);
    const length = Math.hypot(...one);
    one.forEach((value, d) => (one[d] = value / length));
  }
  return { rows: 60, dim: 4, values };
};
const jobs: SetJob[] = [
  { kind: 'neighbours', vectors: vectors(1), k: 5 },
  { kind: 'clusters', vectors: vectors(1), k: 3 },
  { kind: 'semantic', vectors: vectors(1), floor: 0.5 },
];
const go = new AbortController().signal;

it('packs plain data with typed arrays, and tells what is not whole', () => {
  const shared = new Float32Array([9, 1.5, NaN, -0, 9]).subarray(1, 4);
  const value = {
    a: shared,
    n: null,
    list: [new Int32Array([-1]), { text: '退款', k: 3, yes: true }],
    e: new Uint8Array(0),
  };
  const bytes = packed(value, hash);
  expect(unpacked(bytes.slice(), hash)).toEqual(value);
  const spoiled = bytes.slice();
  spoiled[spoiled.length - 1] ^= 1;
  expect(unpacked(spoiled, hash)).toBeNull();
  expect(unpacked(bytes.slice(0, -1), hash)).toBeNull();
  expect(unpacked(new Uint8Array(3), hash)).toBeNull();
  expect(() => packed({ a: new Uint8ClampedArray(1) }, hash)).toThrow(TypeError);
  expect(() => packed({ a: NaN }, hash)).toThrow(TypeError);
});

it('does the same job once, whoever asks, and another one anew', async () => {
  const { root, files } = folder();
  let runs = 0;
  const run: SetRunner = (job) => (runs++, workHere(job));
  const visit = (code = 'a') => keptSets(run, { root, hash: loadHash, code });
  for (const job of jobs) {
    const before = runs;
    const made = await visit()(job, go, () => undefined);
    expect(await visit()(structuredClone(job), go, () => undefined)).toEqual(made);
    expect(runs).toBe(before + 1);
  }
  expect(files.size).toBe(3);
  await visit('b')(jobs[0], go, () => undefined);
  await visit()({ ...jobs[0], k: 6 } as SetJob, go, () => undefined);
  await visit()({ ...jobs[0], vectors: vectors(2) } as SetJob, go, () => undefined);
  expect(runs).toBe(6);
  // A spoiled file is as none; the work is done again and kept again.
  for (const file of files.values()) file.bytes[file.bytes.length - 1] ^= 1;
  const fresh = await workHere(jobs[1]);
  expect(await visit()(jobs[1], go, () => undefined)).toEqual(fresh);
  expect(runs).toBe(7);
  expect(await visit()(jobs[1], go, () => undefined)).toEqual(fresh);
  expect(runs).toBe(7);
});

it('does the work where nothing can be kept', async () => {
  const root = () => Promise.reject(new Error('blocked'));
  let runs = 0;
  const run: SetRunner = (job) => (runs++, workHere(job));
  const keeping = keptSets(run, { root, hash: loadHash, code: 'a' });
  for (let i = 0; i < 2; i++) expect(await keeping(jobs[1], go, () => undefined)).toEqual(await workHere(jobs[1]));
  expect(runs).toBe(2);
});
