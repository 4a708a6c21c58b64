/** The page's end of the engine: spawns its worker, hands out its interface. */
import type { EngineApi, EngineEvents, RecordQuery } from './protocol';
import { connect } from './rpc';
import { engineFailure } from './messages';

/** Events between worker and this file only. */
export interface InternalEvents extends EngineEvents {
  /** A `performance.measure` of the worker, to be entered on the page's timeline; times are since the epoch. */
  measured: { name: string; start: number; end: number; detail: Record<string, unknown> };
}

export interface Engine {
  api: EngineApi;
  /** Listens to an event; returns how to stop. */
  on<K extends keyof EngineEvents>(event: K, handler: (value: EngineEvents[K]) => void): () => void;
  /** Ends the worker; whatever is in flight rejects. */
  dispose(): void;
}

/** Methods whose newest request wins: an older one rejects with an error named `Superseded`. */
const NEWEST = new Set(['open', 'setMapping', 'setProfile', 'setRecipe', 'beginDrag', 'narrow', 'diversityFigures']);

function laneOf(method: string, args: unknown[]): string | null {
  if (method === 'records') {
    const query = args[0] as RecordQuery;
    return query.places ? null : `records:${query.lane ?? ''}`;
  }
  return NEWEST.has(method) ? method : null;
}

/** Starts an engine with nothing opened. Errors of its requests are `Error`s with the worker's name and message. */
export function createEngine(): Engine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'siftbook-engine' });
  const client = connect<EngineApi, InternalEvents>(worker, laneOf);
  client.on('measured', ({ name, start, end, detail }) =>
    performance.measure(name, {
      start: start - performance.timeOrigin,
      end: end - performance.timeOrigin,
      detail,
    }),
  );
  let alive = false;
  worker.addEventListener('message', () => (alive = true), { once: true });
  worker.addEventListener('error', (event) => {
    // Once it runs, every request's errors reach their caller: what is left over stops nothing.
    if (alive) console.error(event.message);
    else client.close(engineFailure('engine.not-started', { message: event.message || 'its script failed to load' }));
  });
  return {
    api: client.api,
    on: (event, handler) => client.on(event, handler),
    dispose: () => {
      client.close();
      worker.terminate();
    },
  };
}
