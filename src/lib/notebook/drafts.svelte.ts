import { emptyRecipe, same, type Draft } from './edit';
import { History } from './history';

/** The recipe with its switched-off steps as it stands, and what undo and redo bring back. */
export class Drafts {
  #now = $state.raw<Draft>({ recipe: emptyRecipe(), paused: [] });
  #labels = $state.raw<{ undo: string | null; redo: string | null }>({ undo: null, redo: null });
  #history = new History<Draft>(this.#now);

  get now(): Draft {
    return this.#now;
  }
  get undoLabel(): string | null {
    return this.#labels.undo;
  }
  get redoLabel(): string | null {
    return this.#labels.redo;
  }

  /** A new draft; edits of one key in quick succession are undone as one. False where it is the same as before. */
  push(draft: Draft, label: string, key: string | null = null): boolean {
    if (same(draft, this.#now)) return false;
    this.#history.push(draft, label, key);
    this.#take(draft);
    return true;
  }
  undo(): boolean {
    return this.#step(this.#history.undo());
  }
  redo(): boolean {
    return this.#step(this.#history.redo());
  }
  /** How to go back to this very moment, history and all. */
  keep(): () => void {
    const [now, history] = [this.#now, this.#history];
    this.#history = history.copy();
    return () => {
      this.#history = history;
      this.#take(now);
    };
  }

  #step(draft: Draft | null): boolean {
    if (draft) this.#take(draft);
    return draft !== null;
  }
  #take(draft: Draft): void {
    this.#now = draft;
    this.#labels = { undo: this.#history.undoLabel, redo: this.#history.redoLabel };
  }
}
