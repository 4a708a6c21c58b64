import type { AgainstSummary, DatasetSummary, OpenSource } from '$lib/engine/protocol';
import { t } from '$lib/i18n/locale.svelte';
import { AGAINST_ON } from '$lib/recipe/alike';
import type { Recipe } from '$lib/recipe/types';
import { same, type Draft } from '../edit';
import type { Notebook } from '../notebook.svelte';
import { followed, usesOther } from './names-other';

/** The other file that the open dataset is compared with, and what the recipe has to do with it. */
export class OtherFile {
  /** What was found; null before. */
  found = $state.raw<AgainstSummary | null>(null);
  /** Name of what is being compared. */
  comparing = $state('');
  readonly #notebook: Notebook;
  /** What it was compared with: another dataset, or the same one mapped anew, has not been. */
  #id: string | null = null;
  #mapping = '';

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  /** What the recipe compares with and is not open, while steps wait for it. */
  readonly missing = $derived.by((): string | null => {
    const { recipe } = this.#notebook;
    if (!recipe.against || !usesOther(recipe.steps)) return null;
    return this.#open(recipe) ? null : recipe.against.files.join(', ');
  });

  #open({ against }: Recipe): boolean {
    return this.found !== null && same(against?.files, this.found.names);
  }

  get #on(): string[] {
    return [this.#notebook.recipe.against?.on ?? AGAINST_ON].flat();
  }

  /** Chosen by hand: a recipe that compares with another file compares with this one from now on. */
  async choose(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    await this.#compare(
      files.map((file) => ({ kind: 'file', file })),
      files.map(({ name }) => name).join(', '),
    );
    const notebook = this.#notebook;
    if (this.found && notebook.recipe.against && !this.#open(notebook.recipe)) {
      const { names } = this.found;
      notebook.edit((recipe) => void (recipe.against = { ...recipe.against, files: names }), {
        label: t('against.title'),
      });
    }
  }

  /** Brings back the one that was kept, if there is one. */
  restore(): Promise<void> {
    const { files = [] } = this.#notebook.recipe.against ?? {};
    return this.#compare([{ kind: 'stored' }], files.join(', '), true);
  }

  async #compare(sources: OpenSource[] | null, name: string, quietly = false): Promise<void> {
    const notebook = this.#notebook;
    const { dataset } = notebook;
    if (!dataset) return;
    this.comparing = name;
    try {
      const found = await notebook.ask(notebook.engine.against(sources, this.#on));
      if (notebook.dataset?.id !== dataset.id) return;
      this.#id = dataset.id;
      this.#mapping = JSON.stringify(notebook.dataset.mapping);
      this.found = found;
    } catch (error) {
      if (!quietly) notebook.fault(error);
    } finally {
      this.comparing = '';
    }
  }

  async letGo(): Promise<void> {
    const notebook = this.#notebook;
    this.found = null;
    this.#id = null;
    try {
      await notebook.ask(notebook.engine.forgetAgainst());
    } catch (error) {
      notebook.fault(error);
    }
  }

  /** Another dataset was never compared; the same one mapped anew is compared again. */
  follow(dataset: DatasetSummary): void {
    if (!this.found) return;
    const mapping = JSON.stringify(dataset.mapping);
    if (dataset.id !== this.#id) {
      this.found = null;
      this.#id = null;
    } else if (mapping !== this.#mapping && dataset.complete) {
      this.#mapping = mapping;
      const { name } = this.found;
      void this.#notebook.engine.idle().then(() => this.#compare(null, name));
    }
  }

  /** The draft with the file named where a step has come to follow from it, and not named any more where the last such step went. */
  named(draft: Draft): Draft {
    const names = this.found?.names ?? null;
    return { ...draft, recipe: followed(this.#notebook, draft, names) };
  }
}
