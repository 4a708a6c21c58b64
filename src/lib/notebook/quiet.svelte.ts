import { untrack } from 'svelte';
import { useNotebook } from './notebook.svelte';

const WAIT = 250;

/**
 * A value the engine works out, asked for anew once the views have been quiet for a moment; the last one stays on screen
 * meanwhile. `ask` reads (synchronously) what its answer depends on; null asks for nothing.
 * @param of whether the answer follows the recipe too, or the dataset alone
 */
export function quiet<T>(
  ask: () => (() => Promise<T>) | null,
  of: 'recipe' | 'dataset' = 'recipe',
): { readonly value: T | null } {
  const notebook = useNotebook();
  let value = $state.raw<T | null>(null);
  $effect(() => {
    if (of === 'recipe') void notebook.version;
    const run = ask();
    if (!run || notebook.live.column !== null) return;
    let overtaken = false;
    const timer = setTimeout(
      () =>
        void notebook.ask(run()).then(
          (next) => {
            if (!overtaken) value = next;
          },
          (error) => {
            if (!overtaken) notebook.fault(error);
          },
        ),
      untrack(() => (value === null ? 0 : WAIT)),
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
  };
}
