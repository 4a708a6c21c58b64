import { Persisted } from './persisted.svelte';

/** A prose cell: Markdown written by the user. */
export interface Prose {
  id: string;
  text: string;
}
interface Kept {
  order: string[];
  folded: string[];
  hidden: string[];
  prose: Prose[];
}

const NOTHING: Kept = { order: [], folded: [], hidden: [], prose: [] };

function valid(value: unknown): boolean {
  const kept = value as Partial<Kept> | null;
  return !!kept && [kept.order, kept.folded, kept.hidden, kept.prose].every(Array.isArray);
}

/** Which cells stand where, which are folded or hidden, and the prose between them; kept in the browser. */
export class Arrangement {
  #kept = new Persisted<Kept>('cells', NOTHING, valid);

  get prose(): readonly Prose[] {
    return this.#kept.value.prose;
  }

  /** The ids of `known` cells and of prose in the user's order; cells never moved stand where they are listed. */
  order(known: readonly string[]): string[] {
    const all = [...known, ...this.prose.map((p) => p.id)];
    const kept = this.#kept.value.order.filter((id) => all.includes(id));
    const list = [...kept];
    all.forEach((id, i) => {
      if (list.includes(id)) return;
      const before = all
        .slice(0, i)
        .reverse()
        .find((other) => list.includes(other));
      list.splice(before ? list.indexOf(before) + 1 : 0, 0, id);
    });
    return list;
  }
  folded(id: string): boolean {
    return this.#kept.value.folded.includes(id);
  }
  hidden(id: string): boolean {
    return this.#kept.value.hidden.includes(id);
  }
  fold(id: string, folded: boolean): void {
    this.#change({ folded: toggled(this.#kept.value.folded, id, folded) });
  }
  hide(id: string, hidden: boolean): void {
    this.#change({ hidden: toggled(this.#kept.value.hidden, id, hidden) });
  }
  /** Moves a cell among the `shown` ones by one place up (-1) or down (1). */
  move(id: string, by: -1 | 1, known: readonly string[], shown: readonly string[]): void {
    const list = this.order(known);
    const neighbour = shown[shown.indexOf(id) + by];
    if (neighbour === undefined) return;
    list.splice(list.indexOf(id), 1);
    list.splice(list.indexOf(neighbour) + (by > 0 ? 1 : 0), 0, id);
    this.#change({ order: list });
  }
  /** A new prose cell below `after` (or on top); returns its id. */
  write(text: string, known: readonly string[], after: string | null): string {
    const id = `prose-${Math.max(0, ...this.prose.map((p) => Number(p.id.slice(6)) || 0)) + 1}`;
    const order = this.order(known);
    order.splice(after === null ? 0 : order.indexOf(after) + 1, 0, id);
    this.#change({ prose: [...this.prose, { id, text }], order });
    return id;
  }
  rewrite(id: string, text: string): void {
    this.#change({ prose: this.prose.map((p) => (p.id === id ? { id, text } : p)) });
  }
  erase(id: string): void {
    this.#change({ prose: this.prose.filter((p) => p.id !== id) });
  }

  #change(part: Partial<Kept>): void {
    this.#kept.value = { ...this.#kept.value, ...part };
  }
}

function toggled(list: string[], id: string, on: boolean): string[] {
  return on ? [...list.filter((other) => other !== id), id] : list.filter((other) => other !== id);
}
