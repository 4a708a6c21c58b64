import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect, moved, serve, type Endpoint, type Handlers } from '$lib/engine/rpc';

interface Api {
  add(a: number, b: number): Promise<number>;
  fail(): Promise<void>;
  slow(tag: string): Promise<string>;
  bytes(n: number): Promise<Uint8Array>;
  take(data: Uint8Array): Promise<number>;
  steps(n: number): Promise<string>;
}
interface Events {
  ping: { n: number };
}

class LineError extends Error {
  override name = 'LineError';
  line = 7;
}

let ports: MessagePort[] = [];
afterEach(() => ports.forEach((port) => port.close()));

/** A served Api; `slow` waits until released, and notes how many ran at once and which were aborted. */
function pair(newest: (keyof Api & string)[] = []) {
  const channel = new MessageChannel();
  ports = [channel.port1, channel.port2];
  const log = { started: [] as string[], aborted: [] as string[], running: 0, most: 0 };
  const release = new Map<string, () => void>();
  const handlers: Handlers<Api> = {
    add: (a, b) => a + b,
    fail: () => {
      throw new LineError('line 7: not a range');
    },
    slow: async (tag, { signal }) => {
      log.started.push(tag);
      log.most = Math.max(log.most, ++log.running);
      try {
        await new Promise<void>((resolve, reject) => {
          release.set(tag, resolve);
          signal.addEventListener('abort', () => {
            log.aborted.push(tag);
            reject(signal.reason);
          });
        });
      } finally {
        log.running--;
      }
      return tag;
    },
    bytes: (n) => {
      const data = new Uint8Array(n).fill(3);
      return moved(data, [data.buffer]);
    },
    take: (data) => data.length,
    steps: async (n, { progress }) => {
      for (let i = 1; i <= n; i++) progress(i);
      return 'done';
    },
  };
  const server = serve<Api, Events>(channel.port2 as unknown as Endpoint, handlers);
  const client = connect<Api, Events>(channel.port1 as unknown as Endpoint, newest);
  return { client, server, log, release };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
/** However long messages take on a busy machine. */
const until = (sure: () => boolean) => vi.waitFor(() => expect(sure()).toBe(true), { timeout: 20_000, interval: 2 });

describe('rpc', () => {
  it('answers each request with its own value, whatever the order', async () => {
    const { client, release } = pair();
    const a = client.api.slow('a');
    const b = client.api.slow('b');
    expect(await client.api.add(2, 3)).toBe(5);
    release.get('b')!();
    expect(await b).toBe('b');
    release.get('a')!();
    expect(await a).toBe('a');
  });

  it('carries an error to its caller with name, message and plain fields', async () => {
    const { client } = pair();
    await expect(client.api.fail()).rejects.toMatchObject({
      name: 'LineError',
      message: 'line 7: not a range',
      line: 7,
    });
  });

  it('rejects an unknown method instead of hanging', async () => {
    const { client } = pair();
    const other = client as unknown as { api: { nothing(): Promise<void> } };
    await expect(other.api.nothing()).rejects.toThrow('knows no method nothing');
  });

  it('rejects a request that cannot be cloned', async () => {
    const { client } = pair(['add']);
    await expect(client.api.add(1, (() => 1) as unknown as number)).rejects.toThrow();
    expect(await client.api.add(1, 1)).toBe(2);
  });

  it('lets the newest win: one in flight, older ones rejected with Superseded', async () => {
    const { client, log, release } = pair(['slow']);
    const calls = ['a', 'b', 'c'].map((tag) => client.api.slow(tag));
    const failed = Promise.allSettled(calls.slice(0, 2));
    await until(() => release.has('c'));
    release.get('c')!();
    expect(await calls[2]).toBe('c');
    for (const result of await failed)
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'Superseded' } });
    expect(log).toMatchObject({ started: ['a', 'c'], aborted: ['a'], most: 1 });
  });

  it('keeps lanes apart: another method is not held up', async () => {
    const { client, release } = pair(['slow', 'add']);
    const slow = client.api.slow('a');
    expect(await client.api.add(1, 1)).toBe(2);
    await until(() => release.has('a'));
    release.get('a')!();
    expect(await slow).toBe('a');
  });

  it('cancels by signal, in flight, waiting and before sending', async () => {
    const { client, log, release } = pair(['slow']);
    const first = new AbortController();
    const flying = client.call('slow', ['a'], { signal: first.signal });
    await until(() => release.has('a'));
    first.abort();
    await expect(flying).rejects.toMatchObject({ name: 'AbortError' });
    const b = client.api.slow('b');
    await until(() => release.has('b'));
    expect(log).toMatchObject({ started: ['a', 'b'], aborted: ['a'] });
    const second = new AbortController();
    const waiting = client.call('slow', ['c'], { signal: second.signal });
    second.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(b).rejects.toMatchObject({ name: 'Superseded' });
    await expect(client.call('slow', ['d'], { signal: second.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await turn();
    const e = client.api.slow('e');
    await until(() => release.has('e'));
    release.get('e')!();
    expect(await e).toBe('e');
    expect(log.started).toEqual(['a', 'b', 'e']);
  });

  it('moves buffers both ways', async () => {
    const { client } = pair();
    expect((await client.api.bytes(1000)).length).toBe(1000);
    const data = new Uint8Array(50);
    expect(await client.call('take', [data], { transfer: [data.buffer] })).toBe(50);
    expect(data.length).toBe(0);
  });

  it('reports progress to the request and events to listeners', async () => {
    const { client, server } = pair();
    const seen: unknown[] = [];
    expect(await client.call('steps', [3], { onProgress: (value) => seen.push(value) })).toBe('done');
    expect(seen).toEqual([1, 2, 3]);
    const events: number[] = [];
    const off = client.on('ping', (value) => events.push(value.n));
    server.emit('ping', { n: 1 });
    await turn();
    off();
    server.emit('ping', { n: 2 });
    await turn();
    expect(events).toEqual([1]);
  });

  it('rejects everything when closed', async () => {
    const { client } = pair(['slow']);
    const calls = Promise.allSettled([client.api.slow('a'), client.api.slow('b'), client.api.add(1, 2)]);
    client.close(new Error('gone'));
    const names = (await calls).map((result) => (result as PromiseRejectedResult).reason.message);
    expect(names).toEqual(['A newer slow took its place.', 'gone', 'gone']);
    await expect(client.api.add(1, 1)).rejects.toThrow('gone');
  });
});
