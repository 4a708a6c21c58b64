/** Letting other requests in while long work goes on in one thread. */

const channel = typeof MessageChannel === 'undefined' ? null : new MessageChannel();
const waiting: (() => void)[] = [];
if (channel) {
  channel.port1.onmessage = () => waiting.shift()?.();
  // Node: an idle channel must not keep the process alive.
  (channel.port1 as unknown as { unref?(): void }).unref?.();
}

/** Resolves after the messages that have come in meanwhile; rejects when the signal says stop. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    if (!channel) return setTimeout(resolve, 0);
    waiting.push(resolve);
    (channel.port1 as unknown as { ref?(): void }).ref?.();
    channel.port2.postMessage(0);
  });
  if (waiting.length === 0) (channel?.port1 as unknown as { unref?(): void } | undefined)?.unref?.();
  signal?.throwIfAborted();
}

/** Calls `now` at most every `ms`, and once more by `flush`. */
export function throttled(ms: number, now: () => void): { call(): void; flush(): void } {
  let last = -Infinity;
  let due = false;
  return {
    call() {
      const at = performance.now();
      due = true;
      if (at - last < ms) return;
      last = at;
      due = false;
      now();
    },
    flush() {
      if (due) now();
      due = false;
    },
  };
}
