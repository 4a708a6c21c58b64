import { afterEach, describe, expect, it } from 'vitest';
import { Embedder } from '$lib/engine/embedding/embedder';
import { threadsFor } from '$lib/engine/embedding/facts';
import { leastCosine, PROBE_TEXTS, tolerance } from '$lib/engine/embedding/judge';
import { embeddingFailure } from '$lib/engine/embedding/messages';
import type { EmbedApi, Facts, LoadRequest } from '$lib/engine/embedding/protocol';
import type { WorkerLike } from '$lib/engine/embedding/seat';
import { serve, type Endpoint } from '$lib/engine/rpc';
import { modelById } from '$lib/embedding/models';

const spec = { ...modelById('Xenova/all-MiniLM-L6-v2')!, dim: 2 };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Plan {
  facts?: Partial<Facts>;
  /** Milliseconds of a batch, by device. */
  pace?: { wasm?: number; webgpu?: number };
  /** WebGPU's vectors are turned by this angle. */
  turned?: number;
  /** Fails to load on that device; fails on the n-th batch. */
  loads?: (request: LoadRequest) => void;
  batch?: (device: string, count: number, worker: Faked) => void;
}
interface Faked extends WorkerLike {
  device: string;
  threads: number;
  ended: boolean;
  die(message: string): void;
}

const open: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of open.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** Workers that answer the protocol over a channel. */
function factory(plan: Plan) {
  const workers: Faked[] = [];
  const spawn = (): WorkerLike => {
    const channel = new MessageChannel();
    open.push(channel);
    const { port1, port2 } = channel;
    let onerror: ((event: { message: string }) => void) | null = null;
    const worker: Faked = {
      device: '',
      threads: 0,
      ended: false,
      postMessage: (message, transfer) => port1.postMessage(message, transfer),
      addEventListener: (type: string, listener: (event: never) => void) => {
        if (type === 'error') onerror = listener as unknown as typeof onerror;
        else port1.addEventListener('message', listener as unknown as (event: MessageEvent) => void);
      },
      removeEventListener: (type, listener) => port1.removeEventListener(type, listener),
      start: () => port1.start(),
      terminate: () => {
        worker.ended = true;
        port1.close();
      },
      die: (message) => onerror?.({ message }),
    };
    let batches = 0;
    serve<EmbedApi>(port2 as unknown as Endpoint, {
      probe: () => ({ webgpu: 'hardware', adapter: 'test', shaderF16: false, threads: 2, ...plan.facts }) as Facts,
      load: (request) => {
        plan.loads?.(request);
        worker.device = request.device;
        worker.threads = request.device === 'webgpu' ? 1 : (request.threads ?? plan.facts?.threads ?? 2);
        return { threads: worker.threads, milliseconds: 1 };
      },
      embed: async (texts) => {
        await wait(plan.pace?.[worker.device as 'wasm'] ?? 1);
        plan.batch?.(worker.device, ++batches, worker);
        const angle = worker.device === 'webgpu' ? (plan.turned ?? 0) : 0;
        return Float32Array.from(texts.flatMap(({ length }) => [Math.cos(length + angle), Math.sin(length + angle)]));
      },
      dispose: () => undefined,
    });
    workers.push(worker);
    return worker;
  };
  return { spawn, workers, alive: () => workers.filter(({ ended }) => !ended).map(({ device }) => device) };
}
const source = { kind: 'served', path: '/models/m/' } as const;
const start = (made: ReturnType<typeof factory>, over = {}, replaced?: (device: string, error: Error) => void) => {
  const embedder = new Embedder(made.spawn, replaced);
  return embedder.start({ source, spec, dtype: 'fp32', ...over }).then((chosen) => ({ embedder, chosen }));
};

describe('the device', () => {
  it('is WebGPU where it is right and faster; the other worker is ended', async () => {
    const made = factory({ pace: { wasm: 60, webgpu: 1 } });
    const { chosen, embedder } = await start(made);
    expect(chosen).toMatchObject({ device: 'webgpu', reason: 'faster', threads: 1 });
    expect(chosen.cosine).toBeCloseTo(1, 6);
    expect(chosen.pace.webgpu!).toBeGreaterThan(chosen.pace.wasm!);
    expect(made.alive()).toEqual(['webgpu']);
    embedder.dispose();
    expect(made.alive()).toEqual([]);
  });
  it('is WebAssembly where WebGPU is slower', async () => {
    const made = factory({ pace: { wasm: 5, webgpu: 300 } });
    const { chosen } = await start(made);
    expect(chosen).toMatchObject({ device: 'wasm', reason: 'slow', threads: 2 });
    expect(made.alive()).toEqual(['wasm']);
  });
  it('is WebAssembly where WebGPU is wrong, however fast', async () => {
    const made = factory({ pace: { wasm: 60, webgpu: 1 }, turned: 0.1 });
    const { chosen } = await start(made);
    expect(chosen).toMatchObject({ device: 'wasm', reason: 'wrong' });
    expect(chosen.cosine).toBeCloseTo(Math.cos(0.1), 5);
    expect((await start(factory({ pace: { wasm: 60, webgpu: 1 }, turned: 0.1 }), { dtype: 'q8' })).chosen.device).toBe(
      'webgpu',
    );
    expect((await start(factory({ pace: { wasm: 60, webgpu: 1 }, turned: 0.3 }), { dtype: 'q8' })).chosen.reason).toBe(
      'wrong',
    );
  });
  it('is WebAssembly where WebGPU fails to load or to run', async () => {
    const loads = ({ device }: LoadRequest) => {
      if (device === 'webgpu') throw new Error('no such kernel');
    };
    const made = factory({ loads });
    expect((await start(made)).chosen).toMatchObject({ device: 'wasm', reason: 'failed', failure: 'no such kernel' });
    expect(made.alive()).toEqual(['wasm']);
    const batch = (device: string) => {
      if (device === 'webgpu') throw new Error('device lost');
    };
    expect((await start(factory({ batch }))).chosen).toMatchObject({ device: 'wasm', failure: 'device lost' });
  });
  it('is not tried where there is no adapter, or software alone, or half precision without its shaders', async () => {
    for (const [facts, dtype, reason] of [
      [{ webgpu: 'none' }, 'fp32', 'no-adapter'],
      [{ webgpu: 'software' }, 'fp32', 'software'],
      [{ shaderF16: false }, 'fp16', 'no-fp16'],
    ] as const) {
      const made = factory({ facts, pace: { wasm: 60, webgpu: 1 } });
      const { chosen } = await start(made, { dtype });
      expect(chosen).toMatchObject({ device: 'wasm', reason, cosine: null });
      expect(made.workers.length).toBe(1);
    }
  });
  it('is the one asked for', async () => {
    const made = factory({});
    expect((await start(made, { device: 'webgpu' })).chosen).toMatchObject({ device: 'webgpu', reason: 'asked' });
    expect((await start(factory({}), { device: 'wasm' })).chosen).toMatchObject({ device: 'wasm', reason: 'asked' });
  });
});

describe('a worker that fails', () => {
  it('is replaced on the next device, once a device, and the batch comes all the same', async () => {
    const replaced: string[] = [];
    const batch = (device: string, _count: number, worker: Faked) => {
      if (device === 'webgpu') throw new Error('device lost');
      if (device === 'wasm' && worker.threads === 2) throw new Error('out of memory');
    };
    const made = factory({ batch });
    const { embedder } = await start(made, { device: 'webgpu' }, (device, error) =>
      replaced.push(`${device}: ${error.message}`),
    );
    const [a, b] = await Promise.all([embedder.embed(['ab']), embedder.embed(['abc', 'd'])]);
    expect([...a]).toEqual([expect.closeTo(Math.cos(2), 6), expect.closeTo(Math.sin(2), 6)]);
    expect(b.length).toBe(4);
    expect(replaced).toEqual(['wasm: device lost', 'wasm: out of memory']);
    expect(made.workers.map(({ threads }) => threads)).toEqual([1, 2, 1]);
    expect(made.alive()).toEqual(['wasm']);
    expect(embedder.chosen).toMatchObject({ device: 'wasm', threads: 1 });
  });
  it('is told of when none is left', async () => {
    const made = factory({
      batch: () => {
        throw new Error('no memory');
      },
    });
    const { embedder } = await start(made, { device: 'wasm' });
    await expect(embedder.embed(['a'])).rejects.toMatchObject({
      key: 'engine.embed-died',
      params: { message: 'no memory' },
    });
    expect(made.alive()).toEqual([]);
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ key: 'engine.embed-not-loaded' });
  });
  it('may die without a word', async () => {
    const made = factory({ pace: { wasm: 20 } });
    const { embedder } = await start(made, { device: 'wasm' });
    const vectors = embedder.embed(['ab']);
    made.workers[0].die('aborted');
    expect((await vectors).length).toBe(2);
    expect(made.workers.length).toBe(2);
  });
  it('tells why a model is not to be had', async () => {
    const made = factory({
      loads: () => {
        throw embeddingFailure('engine.embed-not-here', { model: 'm' });
      },
    });
    await expect(start(made)).rejects.toMatchObject({ key: 'engine.embed-not-here', params: { model: 'm' } });
    expect(made.alive()).toEqual([]);
  });
});

it('a start may be cancelled', async () => {
  const made = factory({ pace: { wasm: 1000 } });
  const stop = new AbortController();
  const starting = new Embedder(made.spawn).start({ source, spec, dtype: 'fp32' }, { signal: stop.signal });
  setTimeout(() => stop.abort(), 20);
  await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
  await wait(20);
  expect(made.alive()).toEqual([]);
});
it('a start may be cancelled while WebGPU is tried: both workers are ended', async () => {
  const made = factory({ pace: { wasm: 5, webgpu: 500 } });
  const stop = new AbortController();
  const starting = new Embedder(made.spawn).start(
    { source, spec, dtype: 'fp32' },
    { signal: stop.signal, progress: ({ stage }) => void (stage === 'probe' && setTimeout(() => stop.abort(), 50)) },
  );
  await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
  expect(made.workers.length).toBe(2);
  expect(made.alive()).toEqual([]);
});
it('a batch may be cancelled without ending the worker', async () => {
  const made = factory({ pace: { wasm: 30 } });
  const { embedder } = await start(made, { device: 'wasm' });
  const stop = new AbortController();
  const batch = embedder.embed(['a'], stop.signal);
  stop.abort();
  await expect(batch).rejects.toMatchObject({ name: 'AbortError' });
  expect((await embedder.embed(['a'])).length).toBe(2);
  expect(made.workers.length).toBe(1);
});

it('is a model for embedAll', async () => {
  const made = factory({
    batch: (device) => {
      if (device === 'webgpu') throw new Error('device lost');
    },
  });
  expect(() => new Embedder(made.spawn).model()).toThrow('No model is loaded');
  const { embedder } = await start(made, { device: 'webgpu' });
  const model = embedder.model();
  expect(model).toMatchObject({ dim: 2, prefix: '', maxTokens: 256 });
  expect(model.device()).toBe('webgpu');
  expect((await model.embed(['a'])).length).toBe(2);
  expect(model.device()).toBe('wasm');
});

describe('judging', () => {
  it('takes the least cosine of any row, and nothing for a vector', () => {
    const a = Float32Array.of(1, 0, 0, 2);
    expect(leastCosine(a, Float32Array.of(3, 0, 0, 1), 2)).toBeCloseTo(1, 6);
    expect(leastCosine(a, Float32Array.of(1, 0, 1, 1), 2)).toBeCloseTo(Math.SQRT1_2, 6);
    expect(leastCosine(a, Float32Array.of(1, 0, NaN, 1), 2)).toBe(0);
    expect(leastCosine(a, Float32Array.of(1, 0, 0, 0), 2)).toBe(0);
  });
  it('asks eight texts of both languages, and more of full precision than of integers', () => {
    expect(PROBE_TEXTS.length).toBe(8);
    expect(PROBE_TEXTS.filter((text) => /\p{Script=Han}/u.test(text)).length).toBe(4);
    expect([tolerance('fp32'), tolerance('fp16'), tolerance('q8'), tolerance('q4')]).toEqual([
      0.999, 0.999, 0.99, 0.99,
    ]);
  });
  it('runs on one thread without isolation, leaves a core to the page with it', () => {
    expect([
      threadsFor(8, false),
      threadsFor(1, true),
      threadsFor(2, true),
      threadsFor(4, true),
      threadsFor(64, true),
    ]).toEqual([1, 1, 2, 3, 8]);
  });
});
