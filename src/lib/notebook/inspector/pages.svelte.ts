/* eslint-disable svelte/prefer-svelte-reactivity -- `tick` says when the cache has changed */
import type { InspectedRecord, RecordQuery } from '$lib/engine/protocol';
import type { Notebook } from '../notebook.svelte';

const PAGE = 40;
const MOST_PAGES = 60;

/** A long list of records fetched page by page as it is scrolled; what is on screen stays until its successor is there. */
export class Pages {
  /** Records in all; null until first known. */
  total = $state<number | null>(null);
  /** Another list: heights and position start anew. */
  list = $state(0);
  #tick = $state(0);
  #pages = new Map<number, InspectedRecord[]>();
  #stale = new Set<number>();
  #query: Omit<RecordQuery, 'offset' | 'limit'> = {};
  #key = '';
  #first = 0;
  #last = 0;
  #turn = 0;

  constructor(
    readonly notebook: Notebook,
    readonly lane: string,
  ) {}

  /** Shows the records of this query; asked again with the same one it only refreshes what it holds. */
  show(query: Omit<RecordQuery, 'offset' | 'limit'>): void {
    const key = JSON.stringify([this.notebook.dataset?.id, query]);
    if (key !== this.#key) {
      this.#key = key;
      this.#query = query;
      this.#pages.clear();
      this.#first = this.#last = 0;
      this.#tick++;
      this.list++;
    }
    this.#stale = new Set(this.#pages.keys());
    void this.#fetch();
  }

  /** The record at that index of the list; null until it has come. */
  at(index: number): InspectedRecord | null {
    void this.#tick;
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** These rows are about to be seen. */
  need(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const turn = ++this.#turn;
    for (;;) {
      const from = Math.floor(this.#first / PAGE);
      const to = Math.floor(Math.max(this.#first, this.#last) / PAGE);
      let page = -1;
      for (let i = from; i <= to && page < 0; i++) {
        const beyond = this.total !== null && i > 0 && i * PAGE >= this.total;
        if (!beyond && (!this.#pages.has(i) || this.#stale.has(i))) page = i;
      }
      if (page < 0) return;
      try {
        const answer = await this.notebook.ask(
          this.notebook.engine.records({ ...this.#query, lane: this.lane, offset: page * PAGE, limit: PAGE }),
        );
        if (turn !== this.#turn) return;
        this.#stale.delete(page);
        this.#pages.delete(page);
        this.#pages.set(page, answer.records);
        for (const old of this.#pages.keys()) {
          if (this.#pages.size <= MOST_PAGES) break;
          if (old < from || old > to) this.#pages.delete(old);
        }
        this.total = answer.total;
        this.#tick++;
      } catch (error) {
        if (turn === this.#turn) this.notebook.fault(error);
        return;
      }
    }
  }
}
