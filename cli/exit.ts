const tasks = new Set<() => void>();

/** Runs a clean-up when the process ends, however it ends (done, failed, interrupted). Returns its cancellation. */
export function atExit(task: () => void): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}

function cleanUp(): void {
  for (const task of tasks) {
    tasks.delete(task);
    try {
      task();
    } catch {
      // One clean-up that fails must not keep the others from running.
    }
  }
}

/** Lets clean-ups run on normal exit and on SIGINT, SIGTERM and SIGHUP (exit status 128 + the signal's number). */
export function watchExit(): void {
  process.on('exit', cleanUp);
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
  for (const [signal, number] of Object.entries(numbers)) process.on(signal, () => process.exit(128 + number));
}
