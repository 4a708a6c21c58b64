import { useNotebook } from './notebook.svelte';

/**
 * A value the engine works out, asked for anew once the views have been quiet for a moment; the last one stays on screen
 * meanwhile. `ask` reads (synchronously) what its answer depends on; null asks for nothing.
 */
export function quiet<T>(
  ask: () => (() => Promise<T>) | null,
  wait = 250,
): { readonly value: T | null; readonly stale: boolean } {
  const notebook = useNotebook();
  let value = $state.raw<T | null>(null);
  let stale = $state(true);
  $effect(() => {
    void notebook.version;
    const run = ask();
    if (!run || notebook.live.tick > 0) return;
    let overtaken = false;
    stale = true;
    const timer = setTimeout(
      async () => {
        try {
          const next = await notebook.ask(run());
          if (overtaken) return;
          value = next;
          stale = false;
        } catch (error) {
          if (!overtaken) notebook.fault(error);
        }
      },
      value === null ? 0 : wait,
    );
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  });
  return {
    get value() {
      return value;
    },
    get stale() {
      return stale;
    },
  };
}
