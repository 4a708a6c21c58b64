/** An engine in one thread for tests: the same session and measuring, over MessageChannels, without a browser. */
import { loadColumns } from '$lib/columns/measure';
import { workHere } from '$lib/recipe/sets';
import { loadHash } from '$lib/text/hash';
import { measureHandlers, type MeasureApi } from '$lib/engine/measure-api';
import type { EngineApi, EngineEvents } from '$lib/engine/protocol';
import { connect, serve, type Client, type Endpoint } from '$lib/engine/rpc';
import { serveEngine } from '$lib/engine/serving';
import type { Session } from '$lib/engine/session';
import type { Surroundings } from '$lib/engine/state';
import type { Storage } from '$lib/engine/storage';

export interface Engine extends Client<EngineApi, EngineEvents> {
  session: Session;
  stop(): void;
}

const endpoint = (port: MessagePort) => port as unknown as Endpoint;

/** What a test puts in place of what an engine has by itself. */
export type Instead = Partial<Pick<Surroundings, 'spawnEmbedding' | 'privateFiles'>>;

export function engine(storage: Storage | null = null, workers = 2, instead: Instead = {}): Engine {
  const ports: MessagePort[] = [];
  const channel = () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    return [endpoint(port1), endpoint(port2)] as const;
  };
  const spawn = () => {
    const [here, there] = channel();
    serve<MeasureApi>(
      there,
      measureHandlers(async () => {
        await loadColumns();
        return loadHash();
      }),
    );
    return { api: connect<MeasureApi>(here).api, onfailure: () => undefined, end: () => undefined };
  };
  const [page, worker] = channel();
  const session = serveEngine(worker, {
    spawn,
    workOnSet: (job) => workHere(job),
    spawnEmbedding: () => {
      throw new Error('no embedding worker in tests');
    },
    privateFiles: null,
    workers,
    storage,
    hash: loadHash,
    parquet: () => import('parquet-wasm'),
    fetch: () => Promise.reject(new Error('no network in tests')),
    ...instead,
  });
  const client = connect<EngineApi, EngineEvents>(page, (method) =>
    ['setRecipe', 'open'].includes(method) ? method : null,
  );
  return {
    ...client,
    session,
    stop: () => {
      client.close();
      session.pool.end();
      for (const port of ports) port.close();
    },
  };
}

/** A file of JSON lines. */
export function jsonl(objects: unknown[], name = 'data.jsonl'): File {
  return new File([objects.map((object) => JSON.stringify(object)).join('\n') + '\n'], name);
}
