/** An embedding worker without a model: what a text's vector is, is told by a function; batches are counted and can be held up. */
import type { EmbedApi, Facts } from '$lib/engine/embedding/protocol';
import type { WorkerLike } from '$lib/engine/embedding/seat';
import { serve, type Endpoint } from '$lib/engine/rpc';

export interface FakeEmbedding {
  spawn(): WorkerLike;
  /** All texts embedded so far, in order. */
  texts: string[];
  /** Workers started. */
  spawned: number;
  /** Waited for before every batch. */
  before: (batch: number) => Promise<void> | void;
  close(): void;
}

export function fakeEmbedding(vectorOf: (text: string) => number[]): FakeEmbedding {
  const channels: MessageChannel[] = [];
  let batches = 0;
  const fake: FakeEmbedding = {
    texts: [],
    spawned: 0,
    before: () => undefined,
    spawn() {
      fake.spawned++;
      const channel = new MessageChannel();
      channels.push(channel);
      const { port1, port2 } = channel;
      const facts: Facts = { webgpu: 'none', adapter: '', shaderF16: false, threads: 1 };
      serve<EmbedApi>(port2 as unknown as Endpoint, {
        probe: () => facts,
        load: () => ({ threads: 1, milliseconds: 1 }),
        async embed(texts) {
          await fake.before(++batches);
          fake.texts.push(...texts);
          return Float32Array.from(texts.flatMap(vectorOf));
        },
        dispose: () => undefined,
      });
      return {
        postMessage: (message, transfer) => port1.postMessage(message, transfer),
        addEventListener: (type: string, listener: (event: never) => void) => {
          if (type === 'message') port1.addEventListener(type, listener as unknown as (event: MessageEvent) => void);
        },
        removeEventListener: (type, listener) => port1.removeEventListener(type, listener),
        start: () => port1.start(),
        terminate: () => port1.close(),
      };
    },
    close: () => {
      for (const { port1, port2 } of channels) {
        port1.close();
        port2.close();
      }
    },
  };
  return fake;
}
