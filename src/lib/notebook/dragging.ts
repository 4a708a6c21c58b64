import { untrack } from 'svelte';
import type { Range } from '$lib/columns/types';
import type { EngineApi } from '$lib/engine/protocol';
import type { Live } from './live.svelte';
import { measurePainted } from './painted';

/** What dragging needs of the notebook. */
export interface Around {
  engine: EngineApi;
  live: Live;
  ask<T>(call: Promise<T>): Promise<T>;
  fault(error: unknown): void;
}

/** A handle in the hand: every chart on screen follows it from arrays. */
export class Dragging {
  /** Views on screen, with how often: the only ones that follow a handle while it is held. */
  #seen = new Map<string, number>();
  /** Views asked for since the handle was taken. */
  #asked = new Set<string>();
  #following = false;
  #side: 'min' | 'max' = 'min';

  constructor(readonly around: Around) {}

  /** A handle was taken; `more`: views that follow though none of them is on screen. */
  async begin(column: string, side: 'min' | 'max', cut: Range | null, more: readonly string[]): Promise<void> {
    const { engine, live, ask, fault } = this.around;
    this.#side = side;
    live.begin(column, cut?.min, cut?.max);
    this.#hold(true);
    try {
      const views = [...this.#seen.keys(), ...more];
      this.#asked = new Set(views);
      live.attach(await ask(engine.beginDrag(column, views, side)));
      this.#follow();
    } catch (error) {
      fault(error);
    }
  }

  /** A view (a column's id, or `category:BY`) is on screen; returns how to say that it is not any more. */
  sees(id: string): () => void {
    this.#seen.set(id, (this.#seen.get(id) ?? 0) + 1);
    if (untrack(() => this.around.live.kept) !== null) this.#follow();
    return () => {
      const left = (this.#seen.get(id) ?? 1) - 1;
      if (left > 0) this.#seen.set(id, left);
      else this.#seen.delete(id);
    };
  }

  /** The handle stands here now; it takes the nearest value for which the live counts are exact. */
  move(min: number | undefined, max: number | undefined): void {
    const { live } = this.around;
    const start = performance.now();
    const snap = (end: number | undefined) => (end === undefined ? undefined : live.snap(end));
    live.move(snap(min), snap(max));
    measurePainted(start, live.work);
  }

  /** Nothing is held any more: charts show the views again. */
  end(): void {
    if (this.around.live.column !== null) this.#hold(false);
    this.around.live.end();
  }

  /** The processor belongs to the hand: what the engine does beside waits. */
  #hold(held: boolean): void {
    this.around.engine.hold(held).catch(this.around.fault);
  }

  /** Views that came on screen while a handle is held are asked for too. */
  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    queueMicrotask(() => {
      this.#following = false;
      const { engine, live, ask, fault } = this.around;
      const missing = [...this.#seen.keys()].filter((id) => !this.#asked.has(id));
      if (live.column === null || live.kept === null || missing.length === 0) return;
      missing.forEach((id) => this.#asked.add(id));
      ask(engine.beginDrag(live.column, missing, this.#side)).then((index) => live.attach(index), fault);
    });
  }
}
