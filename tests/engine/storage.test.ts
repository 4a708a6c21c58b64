import { describe, expect, it } from 'vitest';
import { Keeping } from '$lib/engine/keeping';
import { forgetMade, MODELS_CACHE, SETS_FOLDER, VECTORS_FOLDER } from '$lib/engine/made';
import { openStorage, StorageError } from '$lib/engine/storage';

const fail = (name: string) => Object.assign(new Error(name), { name });

/** As much of the private file system as is used, in memory; `room` is the quota in bytes. */
class Folder {
  readonly kind = 'directory';
  readonly entries = new Map<string, Folder | { kind: 'file'; blob: Blob }>();
  constructor(readonly quota: { room: number }) {}

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<Folder> {
    let entry = this.entries.get(name);
    if (!entry && create) this.entries.set(name, (entry = new Folder(this.quota)));
    if (!(entry instanceof Folder)) throw fail('NotFoundError');
    return entry;
  }

  async getFileHandle(name: string, { create = false } = {}) {
    const { entries, quota } = this;
    if (!entries.has(name)) {
      if (!create) throw fail('NotFoundError');
      entries.set(name, { kind: 'file', blob: new Blob() });
    }
    return {
      getFile: async () => new File([(entries.get(name) as { blob: Blob }).blob], name),
      createWritable: async () => {
        const parts: ArrayBuffer[] = [];
        return {
          write: async (data: ArrayBuffer) => {
            if ((quota.room -= data.byteLength) < 0) throw fail('QuotaExceededError');
            parts.push(data);
          },
          close: async () => void entries.set(name, { kind: 'file', blob: new Blob(parts) }),
          abort: async () => undefined,
        };
      },
    };
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.entries.delete(name)) throw fail('NotFoundError');
  }
  [Symbol.asyncIterator]() {
    return (async function* (entries) {
      yield* [...entries];
    })(this.entries);
  }
}

function storage(room = 1e9) {
  const root = new Folder({ room });
  return { root, quota: root.quota, storage: openStorage(async () => root as unknown as FileSystemDirectoryHandle) };
}
const file = (text: string, name: string) => ({ name, blob: new Blob([text]) });
const never = new AbortController().signal;

describe('storage', () => {
  it('restores nothing where nothing was kept', async () => {
    const { storage: own } = storage();
    expect([await own.restore(), await own.recipe()]).toEqual([null, null]);
    await own.forget();
  });

  it('keeps files and the recipe, and only the newest dataset', async () => {
    const { storage: own, root } = storage();
    await own.keep([file('old', 'a.jsonl')], never);
    await own.keep([file('[1]', 'b.json'), file('数据', 'c.csv')], never);
    await own.saveRecipe('siftbook: 1\n');
    const { files } = (await own.restore())!;
    expect(files.map(({ name }) => name)).toEqual(['b.json', 'c.csv']);
    expect(await files[1].text()).toBe('数据');
    expect(await own.recipe()).toBe('siftbook: 1\n');
    const home = root.entries.get('siftbook') as Folder;
    expect([...home.entries.keys()].filter((name) => name.startsWith('data-'))).toHaveLength(1);
    await own.forget();
    expect([await own.restore(), await own.recipe()]).toEqual([null, null]);
  });

  it('keeps another file beside the dataset, until it is let go of or another dataset comes', async () => {
    const { storage: own } = storage();
    await own.keep([file('[1]', 'own.json')], never);
    expect(await own.other()).toBeNull();
    await own.keepOther([file('old', 'old.jsonl')], never);
    await own.keepOther([file('试题', 'bench.jsonl'), file('b', 'b.csv')], never);
    const kept = (await own.other())!;
    expect(kept.map(({ name }) => name)).toEqual(['bench.jsonl', 'b.csv']);
    expect(await kept[0].text()).toBe('试题');
    expect((await own.restore())!.files[0].name).toBe('own.json');
    await own.forgetOther();
    expect(await own.other()).toBeNull();
    await own.keepOther([file('x', 'x.jsonl')], never);
    // The same dataset opened again.
    await own.keep([file('[1]', 'own.json')], never);
    expect((await own.other())!.map(({ name }) => name)).toEqual(['x.jsonl']);
    await own.keep([file('[2]', 'next.json')], never);
    expect(await own.other()).toBeNull();
    await own.keepOther([file('x', 'x.jsonl')], never);
    await own.keep([file('[2, 3]', 'next.json')], never);
    expect(await own.other()).toBeNull();
  });

  it('says that it is full, and keeps what was there', async () => {
    const { storage: own, quota } = storage();
    await own.keep([file('small', 'a.jsonl')], never);
    quota.room = 10;
    const full = own.keep([file('x'.repeat(100), 'b.jsonl')], never);
    await expect(full).rejects.toBeInstanceOf(StorageError);
    await expect(full).rejects.toMatchObject({ code: 'full' });
    expect((await own.restore())!.files[0].name).toBe('a.jsonl');
  });

  it('says that it is blocked', async () => {
    const own = openStorage(() => Promise.reject(fail('SecurityError')));
    await expect(own.restore()).rejects.toMatchObject({ name: 'StorageError', code: 'blocked' });
  });

  it('does not restore a file that was cut short', async () => {
    const { storage: own, root } = storage();
    await own.keep([file('whole', 'a.jsonl')], never);
    const home = root.entries.get('siftbook') as Folder;
    const data = [...home.entries].find(([name]) => name.startsWith('data-'))![1] as Folder;
    data.entries.set('0', { kind: 'file', blob: new Blob(['who']) });
    expect(await own.restore()).toBeNull();
  });

  it('stops when it is told to', async () => {
    const { storage: own } = storage();
    const stop = new AbortController();
    stop.abort(fail('AbortError'));
    await expect(own.keep([file('x', 'a')], stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await own.restore()).toBeNull();
  });
});

describe('keeping', () => {
  it('gives up what is still being written when another dataset is to be kept, and says nothing of it', async () => {
    const { storage: own, root } = storage();
    const told: string[] = [];
    const keeping = new Keeping({ storage: own, emit: (_, value) => void told.push((value as { code: string }).code) });
    const first = keeping.store([file('x'.repeat(100), 'a.jsonl')]);
    const second = keeping.store([file('new', 'b.jsonl')]);
    await Promise.all([first, second]);
    expect((await own.restore())!.files.map(({ name }) => name)).toEqual(['b.jsonl']);
    const home = root.entries.get('siftbook') as Folder;
    expect([...home.entries.keys()].filter((name) => name.startsWith('data-'))).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('forgets what is still being written too', async () => {
    const { storage: own } = storage();
    const keeping = new Keeping({ storage: own, emit: () => undefined });
    const stored = keeping.store([file('x'.repeat(100), 'a.jsonl')]);
    await keeping.forget();
    await stored;
    expect(await keeping.restored()).toBeNull();
  });

  it('tells of want of room', async () => {
    const { storage: own } = storage(10);
    const told: unknown[] = [];
    const keeping = new Keeping({ storage: own, emit: (...event) => void told.push(event) });
    await keeping.store([file('x'.repeat(100), 'a.jsonl')]);
    expect(told).toMatchObject([['notice', { code: 'storage-full' }]]);
  });
});

describe('what was made of data', () => {
  it('goes, whether or not it was there; other folders stay', async () => {
    const home = new Folder({ room: 100 });
    for (const name of [VECTORS_FOLDER, SETS_FOLDER, 'siftbook']) await home.getDirectoryHandle(name, { create: true });
    const root = async () => home as unknown as FileSystemDirectoryHandle;
    const deleted: string[] = [];
    const caches = { delete: async (name: string) => deleted.push(name) > 0 };
    await forgetMade(root, caches);
    await forgetMade(root, caches);
    await forgetMade(null, undefined);
    expect([...home.entries.keys()]).toEqual(['siftbook']);
    expect(deleted).toEqual([MODELS_CACHE, MODELS_CACHE]);
  });
});
