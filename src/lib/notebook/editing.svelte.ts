import type { Range } from '$lib/columns/types';
import type { Recipe, Step, StepKind } from '$lib/recipe/types';
import { Drafts } from './drafts.svelte';
import * as edit from './edit';
import { writeRecipe } from './text';

export interface EditOptions {
  /** For undo: what was done. */
  label?: string;
  /** Edits of one key in quick succession are undone as one. */
  key?: string;
}

/** The recipe in hand and every way to change it; each change can be undone. */
export abstract class Editing {
  /** Index of the step in hand. */
  selected = $state<number | null>(null);
  protected readonly drafts = new Drafts();

  /** The recipe is another one than that with this source. */
  protected abstract changed(source: Recipe['source']): void;

  get recipe(): Recipe {
    return this.drafts.now.recipe;
  }
  /** Steps that are switched off, each with the place it stands at. */
  get paused(): readonly edit.Paused[] {
    return this.drafts.now.paused;
  }
  get recipeText(): string {
    return writeRecipe(this.recipe);
  }
  get undoLabel(): string | null {
    return this.drafts.undoLabel;
  }
  get redoLabel(): string | null {
    return this.drafts.redoLabel;
  }
  /** Index of the first step of this kind, or -1. */
  stepIndex(kind: StepKind): number {
    return this.recipe.steps.findIndex((step) => edit.kindOf(step) === kind);
  }

  /** Changes the recipe: a function that changes a copy, or a whole new recipe. Undoable; the engine is told. */
  edit(change: Recipe | ((recipe: Recipe) => Recipe | void), options: EditOptions = {}): void {
    const copy = structuredClone(this.recipe);
    const recipe = typeof change === 'function' ? (change(copy) ?? copy) : change;
    const paused = this.paused.map((p) => ({ ...p, before: Math.min(p.before, recipe.steps.length) }));
    this.commit({ recipe, paused }, options);
  }
  /** Sets a column's cut; null takes it away. Equal cuts change nothing. */
  setCut(column: string, range: Range | null, options: EditOptions = {}): void {
    this.commit(edit.withCut(this.drafts.now, column, range), { key: `cut:${column}`, ...options });
  }
  /** Adds a step at its usual place (or before `at`) and takes it in hand; returns its index. */
  addStep(step: Step, at?: number): number {
    const { draft, index } = edit.inserted(this.drafts.now, step, at);
    this.commit(draft, { label: edit.kindOf(step) });
    this.selected = index;
    return index;
  }
  removeStep(index: number): void {
    const step = this.recipe.steps[index];
    if (!step) return;
    this.commit(edit.removed(this.drafts.now, index), { label: edit.kindOf(step) });
    if (this.selected === index) this.selected = null;
    else if (this.selected !== null && this.selected > index) this.selected--;
  }
  moveStep(from: number, to: number): void {
    if (from === to || to < 0 || to >= this.recipe.steps.length) return;
    this.commit(edit.moved(this.drafts.now, from, to), {});
    if (this.selected === from) this.selected = to;
  }
  updateStep(index: number, step: Step, options: EditOptions = {}): void {
    this.commit(edit.replaced(this.drafts.now, index, step), { key: `step:${index}`, ...options });
  }
  /** Switches a step off, to be switched on again where it stood. */
  pauseStep(index: number): void {
    this.commit(edit.paused(this.drafts.now, index), {});
    this.selected = null;
  }
  resumeStep(which: number): void {
    this.commit(edit.resumed(this.drafts.now, which), {});
  }
  undo(): void {
    const { source } = this.recipe;
    if (this.drafts.undo()) this.changed(source);
  }
  redo(): void {
    const { source } = this.recipe;
    if (this.drafts.redo()) this.changed(source);
  }

  protected commit(draft: edit.Draft, options: EditOptions): void {
    const { source } = this.recipe;
    if (this.drafts.push(draft, options.label ?? '', options.key)) this.changed(source);
  }
}
