import { engineFailure } from '$lib/engine/messages';
import type { OpenSource } from '$lib/engine/protocol';
import { t } from '$lib/i18n/locale.svelte';
import type { Recipe } from '$lib/recipe/types';
import { same, type Draft } from './edit';
import { fromHash, type Saved } from './link';
import type { Notebook } from './notebook.svelte';
import { problemFailure, readRecipe } from './text';

/** First opening of the page: what the address says, else what was stored, else the demo. */
export async function startNotebook(notebook: Notebook, address: URL, demo: () => Promise<OpenSource>): Promise<void> {
  await openFirst(notebook, address, demo);
  // Not waited for: it may take long, and the page is ready.
  void notebook.space.models.resume();
}

async function openFirst(notebook: Notebook, address: URL, demo: () => Promise<OpenSource>): Promise<void> {
  notebook.preferences.readAddress(address);
  const url = address.searchParams.get('dataset');
  const stored = await notebook.engine.restored().catch(() => null);
  const saved = readSaved(stored?.recipeText ?? null);
  const linked = await linkedRecipe(notebook, address);
  const own: Draft | undefined = linked
    ? { recipe: linked, paused: saved && same(saved.recipe, linked) ? saved.paused : [] }
    : undefined;
  // A file that was chosen meanwhile is what is wanted.
  const chosen = () => notebook.status === 'opening' || notebook.status === 'ready';
  if (chosen()) return;
  if (url) {
    await notebook.open([{ kind: 'url', url: new URL(url, address).href }], { recipe: own });
    void notebook.ask(notebook.other.restore());
    return;
  }
  if (stored) {
    try {
      await notebook.open([{ kind: 'stored' }], { recipe: own ?? saved ?? undefined });
      void notebook.ask(notebook.other.restore());
      return;
    } catch {
      notebook.note(() => t('notice.not-restored', { name: stored.name }));
    }
  }
  const source = await demo();
  if (chosen()) return;
  return notebook.open([source], { recipe: own });
}

/** The recipe of the address: behind the `#`, else from `?recipe=`. */
async function linkedRecipe(notebook: Notebook, address: URL): Promise<Recipe | null> {
  let text = fromHash(address.hash);
  const url = address.searchParams.get('recipe');
  if (!text && url) text = await fetchText(url, address).catch((error) => (notebook.fault(error), null));
  if (!text) return null;
  const { recipe, problems } = readRecipe(text);
  if (!recipe) notebook.fault(problemFailure(problems[0]));
  return recipe;
}

async function fetchText(url: string, address: URL): Promise<string> {
  const answer = await fetch(new URL(url, address)).catch(() => {
    throw engineFailure('engine.unreachable', { url });
  });
  if (!answer.ok) throw engineFailure('engine.status', { url, status: String(answer.status) });
  return answer.text();
}

/** The work that was kept at the last visit. */
export function readSaved(text: string | null): Draft | null {
  if (!text) return null;
  try {
    const work = JSON.parse(text) as Saved;
    return Array.isArray(work.recipe?.steps) ? { recipe: work.recipe, paused: work.paused ?? [] } : null;
  } catch {
    const { recipe } = readRecipe(text);
    return recipe && { recipe, paused: [] };
  }
}
