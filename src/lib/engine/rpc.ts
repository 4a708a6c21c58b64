/**
 * The typed call between page and worker: requests with ids, errors that reach the caller, progress, cancellation,
 * transferables, and newest-wins per method. Knows nothing of what is asked.
 */

/** What both ends of a channel have: a Worker, a DedicatedWorkerGlobalScope, a MessagePort. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  start?(): void;
}

/** Thrown to a caller whose request was overtaken by a newer one of the same method. */
export class Superseded extends Error {
  constructor(method = 'request') {
    super(`A newer ${method} took its place.`);
    this.name = 'Superseded';
  }
}

/** Thrown to a caller who cancelled. */
export class Cancelled extends Error {
  constructor(message = 'Cancelled.') {
    super(message);
    this.name = 'AbortError';
  }
}

/** What a handler gets beside its arguments. */
export interface CallContext {
  signal: AbortSignal;
  /** Sent to this request's `onProgress`. */
  progress(value: unknown): void;
}

/** Handlers of an interface's methods: the same arguments, then the context. */
export type Handlers<Api> = {
  [K in keyof Api]: Api[K] extends (...args: infer A) => Promise<infer R>
    ? (...args: [...A, CallContext]) => R | Transferred<R> | Promise<R | Transferred<R>>
    : never;
};

type Message =
  | { kind: 'call'; id: number; method: string; args: unknown[] }
  | { kind: 'abort'; id: number }
  | { kind: 'value'; id: number; value: unknown }
  | { kind: 'error'; id: number; name: string; message: string; detail: Record<string, unknown> }
  | { kind: 'progress'; id: number; value: unknown }
  | { kind: 'event'; name: string; value: unknown };

/** A value whose buffers are moved, not copied. */
export class Transferred<T> {
  constructor(
    readonly value: T,
    readonly buffers: Transferable[],
  ) {}
}

/** Marks the buffers of a handler's answer (or of one argument of a call) as moved. */
export function moved<T>(value: T, buffers: Transferable[]): Transferred<T> {
  return new Transferred(value, buffers);
}

/** Every buffer of typed arrays in a plain value that can be moved, each once. */
export function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) buffersIn(part, found);
  return [...found];
}

/** The error's own plain fields (code, offset, line, params, cause …), so that the caller sees more than a sentence. */
function detailOf(error: Error): Record<string, unknown> {
  return Object.fromEntries(Object.entries(error).filter(([, value]) => isPlain(value)));
}

/** Text, number, truth value, or an object of such (the values a message names). */
function isPlain(value: unknown): boolean {
  if (['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(isPlain);
}

/**
 * Serves `handlers` on `endpoint`; requests run as they arrive, each may be aborted. Returns how to send events and how to stop.
 */
export function serve<Api extends object, Events extends object = Record<string, never>>(
  endpoint: Endpoint,
  handlers: Handlers<Api>,
): { emit<K extends keyof Events & string>(name: K, value: Events[K], buffers?: Transferable[]): void; stop(): void } {
  const running = new Map<number, AbortController>();
  const post = (message: Message, buffers: Transferable[] = []) => endpoint.postMessage(message, buffers);
  const table = handlers as unknown as Record<string, (...args: unknown[]) => unknown>;

  async function run(id: number, method: string, args: unknown[]): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(table, method)) throw new Error(`The worker knows no method ${method}.`);
      const context: CallContext = {
        signal: controller.signal,
        progress: (value) => post({ kind: 'progress', id, value }),
      };
      const answer = await table[method](...args, context);
      if (answer instanceof Transferred) post({ kind: 'value', id, value: answer.value }, answer.buffers);
      else post({ kind: 'value', id, value: answer });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      post({ kind: 'error', id, name: error.name, message: error.message, detail: detailOf(error) });
    } finally {
      running.delete(id);
    }
  }

  const listener = (event: MessageEvent) => {
    const message = event.data as Message;
    if (message.kind === 'call') void run(message.id, message.method, message.args);
    else if (message.kind === 'abort') running.get(message.id)?.abort(new Cancelled());
  };
  endpoint.addEventListener('message', listener);
  endpoint.start?.();
  return {
    emit: (name, value, buffers = []) => post({ kind: 'event', name, value }, buffers),
    stop: () => endpoint.removeEventListener('message', listener),
  };
}

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?(value: unknown): void;
  /** Moved with the arguments. */
  transfer?: Transferable[];
}

export interface Client<Api, Events> {
  /** The interface itself; every method is a request. */
  api: Api;
  /** A request with options. */
  call<K extends keyof Api & string>(
    method: K,
    args: Api[K] extends (...a: infer A) => unknown ? A : never,
    options?: CallOptions,
  ): Api[K] extends (...a: never[]) => infer R ? R : never;
  on<K extends keyof Events & string>(name: K, handler: (value: Events[K]) => void): () => void;
  /** Rejects everything in flight with `reason` and stops listening. */
  close(reason?: Error): void;
}

interface Pending {
  lane: Lane | null;
  method: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress?(value: unknown): void;
  settled: boolean;
}

/** How requests of one lane wait: at most one in flight, and only the newest one waiting. */
interface Lane {
  flying: number | null;
  waiting: (() => void) | null;
  /** Rejects the caller of the waiting request. */
  drop: ((reason: Error) => void) | null;
}

/** The lane of a request, by method and arguments; null where requests may overlap. */
export type LaneOf = (method: string, args: unknown[]) => string | null;

/**
 * The caller's side. Within a lane (`newest`: methods each a lane of their own, or a function), a newer request rejects
 * older ones with `Superseded`, aborts the one in flight and is sent when the worker has let go of it: never are two in flight.
 */
export function connect<Api extends object, Events extends object = Record<string, never>>(
  endpoint: Endpoint,
  newest: readonly (keyof Api & string)[] | LaneOf = [],
): Client<Api, Events> {
  let next = 1;
  let closed: Error | null = null;
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(value: never) => void>>();
  const lanes = new Map<string, Lane>();
  const methods: readonly string[] = typeof newest === 'function' ? [] : newest;
  const laneOf: LaneOf = typeof newest === 'function' ? newest : (method) => (methods.includes(method) ? method : null);

  function settle(id: number, act: (entry: Pending) => void): void {
    const entry = pending.get(id);
    if (!entry) return;
    pending.delete(id);
    if (!entry.settled) act(entry);
    const lane = entry.lane;
    if (lane?.flying === id) {
      lane.flying = null;
      const go = lane.waiting;
      lane.waiting = lane.drop = null;
      go?.();
    }
  }

  const listener = (event: MessageEvent) => {
    const message = event.data as Message;
    if (message.kind === 'value') settle(message.id, (entry) => entry.resolve(message.value));
    else if (message.kind === 'error')
      settle(message.id, (entry) => {
        const error = message.name === 'Superseded' ? new Superseded(entry.method) : new Error(message.message);
        entry.reject(Object.assign(error, message.detail, { name: message.name }));
      });
    else if (message.kind === 'progress') pending.get(message.id)?.onProgress?.(message.value);
    else if (message.kind === 'event')
      for (const handler of listeners.get(message.name) ?? []) handler(message.value as never);
  };
  endpoint.addEventListener('message', listener);
  endpoint.start?.();

  /** Rejects the caller now; the id stays known until the worker has answered. */
  function abandon(id: number, error: Error): void {
    const entry = pending.get(id);
    if (!entry || entry.settled) return;
    entry.settled = true;
    entry.reject(error);
    endpoint.postMessage({ kind: 'abort', id } satisfies Message, []);
  }

  function request(method: string, args: unknown[], options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(closed);
      if (options.signal?.aborted) return reject(new Cancelled());
      const name = laneOf(method, args);
      const lane: Lane | null = name === null ? null : (lanes.get(name) ?? { flying: null, waiting: null, drop: null });
      if (name !== null && lane) lanes.set(name, lane);
      let id = 0;
      const send = () => {
        id = next++;
        pending.set(id, { lane, method, resolve, reject, onProgress: options.onProgress, settled: false });
        if (lane) lane.flying = id;
        try {
          endpoint.postMessage({ kind: 'call', id, method, args } satisfies Message, options.transfer ?? []);
        } catch (error) {
          settle(id, (entry) => entry.reject(error as Error));
        }
      };
      options.signal?.addEventListener(
        'abort',
        () => {
          if (id) abandon(id, new Cancelled());
          else {
            if (lane?.waiting === send) lane.waiting = lane.drop = null;
            reject(new Cancelled());
          }
        },
        { once: true },
      );
      if (!lane || lane.flying === null) return send();
      abandon(lane.flying, new Superseded(method));
      lane.drop?.(new Superseded(method));
      lane.waiting = send;
      lane.drop = reject;
    });
  }

  const api = new Proxy({} as Api, {
    get: (_, method) =>
      typeof method === 'string' && method !== 'then' ? (...args: unknown[]) => request(method, args) : undefined,
  });
  return {
    api,
    call: ((method: string, args: unknown[], options?: CallOptions) =>
      request(method, args, options)) as unknown as Client<Api, Events>['call'],
    on: (name, handler) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(handler));
      return () => set.delete(handler);
    },
    close: (reason = new Cancelled('The worker was closed.')) => {
      closed = reason;
      endpoint.removeEventListener('message', listener);
      for (const entry of pending.values()) if (!entry.settled) entry.reject(reason);
      for (const lane of lanes.values()) lane.drop?.(reason);
      pending.clear();
    },
  };
}
