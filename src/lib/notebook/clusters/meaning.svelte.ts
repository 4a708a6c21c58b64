import type { Nearest } from '$lib/engine/protocol';
import { t } from '$lib/i18n/locale.svelte';
import { MEANING_PREFIX, TFIDF, vectorField } from '$lib/recipe/alike';
import type { Notebook } from '../notebook.svelte';

/** Records that are listed of a search. */
const LISTED = 60;

export interface Hit {
  place: number;
  distance: number;
  text: string;
}

export type Mark = 'like' | 'unlike';

/** Search by meaning: the phrase, the records marked as like or unlike what is looked for, and what is nearest to all that. */
export class Meaning {
  /** What was looked for last; '' where only marks speak. */
  phrase = $state('');
  liked = $state.raw<readonly number[]>([]);
  disliked = $state.raw<readonly number[]>([]);
  /** Nearest first; null before anything was looked for. */
  hits = $state.raw<readonly Hit[] | null>(null);
  /** Is what is listed near the phrase and the marks together? Distances to the phrase say nothing of that list. */
  mixed = $state(false);
  /** Everyone's distance to the phrase. */
  column = $state<string | null>(null);
  searching = $state(false);
  readonly #notebook: Notebook;
  #of: string | null = null;
  #turn = 0;
  #texts: Record<number, string> = {};

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  /** The field whose vectors the recipe goes by: no phrase can be compared with those, marked records can. Null where there is none. */
  get field(): string | null {
    return vectorField(this.#notebook.recipe.embedding?.model ?? TFIDF);
  }

  get marked(): number {
    return this.liked.length + this.disliked.length;
  }

  /** Another dataset is open. */
  forget(dataset: string): void {
    if (dataset === this.#of) return;
    this.#of = dataset;
    this.#texts = {};
    this.column = null;
    this.clear();
  }

  /** Looks for a phrase; '' leaves it to the marks. */
  async find(phrase: string, anew = false): Promise<void> {
    const { engine } = this.#notebook;
    this.phrase = phrase.trim();
    if (!this.phrase && !this.marked) return this.clear();
    const turn = ++this.#turn;
    this.searching = true;
    try {
      // The phrase is a column whatever the marks: its distances can be cut by.
      const column = this.phrase === '' ? null : MEANING_PREFIX + this.phrase;
      const known = !anew && this.marked > 0 && column === this.column;
      const alone = known ? null : await this.#notebook.ask(engine.searchMeaning(this.phrase, LISTED));
      const nearest = this.marked
        ? await this.#notebook.ask(
            engine.findLike([...this.liked], [...this.disliked], LISTED, this.phrase === '' ? null : this.phrase),
          )
        : alone!;
      const hits = await this.#withTexts(nearest);
      if (turn !== this.#turn) return;
      this.hits = hits;
      this.mixed = column !== null && nearest !== alone;
      this.column = column;
    } catch (error) {
      this.#notebook.fault(error);
    } finally {
      if (turn === this.#turn) this.searching = false;
    }
  }

  /** Marks a record, or takes the mark away where it has it already. */
  mark(place: number, mark: Mark): Promise<void> {
    const without = (places: readonly number[]) => places.filter((one) => one !== place);
    const had = this.markOf(place) === mark;
    this.liked = [...without(this.liked), ...(mark === 'like' && !had ? [place] : [])];
    this.disliked = [...without(this.disliked), ...(mark === 'unlike' && !had ? [place] : [])];
    return this.find(this.phrase);
  }

  markOf(place: number): Mark | null {
    return this.liked.includes(place) ? 'like' : this.disliked.includes(place) ? 'unlike' : null;
  }

  /** A marked or listed record's text. */
  text(place: number): string {
    return this.#texts[place] ?? '';
  }

  unmark(): Promise<void> {
    this.liked = this.disliked = [];
    return this.find(this.phrase);
  }

  /** Nothing is looked for any more. */
  clear(): void {
    this.#turn++;
    if (this.column !== null)
      void this.#notebook.ask(this.#notebook.engine.searchMeaning('', 0)).catch(() => undefined);
    this.phrase = '';
    this.liked = this.disliked = [];
    this.hits = null;
    this.mixed = false;
    this.column = null;
    this.searching = false;
  }

  /** The vectors are others now: looks again, or for the phrase that the recipe cuts by. */
  async again(): Promise<void> {
    const cut = this.#notebook.recipe.steps.find((step) => 'cut' in step && step.cut.column.startsWith(MEANING_PREFIX));
    const asked = cut && 'cut' in cut ? cut.cut.column.slice(MEANING_PREFIX.length) : '';
    if (this.phrase || this.marked) await this.find(this.phrase, true);
    else if (asked) await this.find(asked);
  }

  /** Shows the listed (and marked) records in the inspector and on the map. */
  point(): void {
    const { hits, phrase, column } = this;
    if (!hits) return;
    const places = [...this.liked, ...hits.map(({ place }) => place)];
    const title = () => (phrase ? t('meaning.nearest-to', { phrase }) : t('meaning.like-marked'));
    this.#notebook.point({ title, query: { places, ...(column && { column: { id: column } }) } }, 'all');
  }

  async #withTexts({ records }: Nearest): Promise<Hit[]> {
    const { engine } = this.#notebook;
    const wanted = [...records.map(({ place }) => place), ...this.liked, ...this.disliked];
    const places = wanted.filter((place) => !(place in this.#texts));
    if (places.length) {
      const asked = { lane: 'meaning', places, offset: 0, limit: places.length };
      const found = await this.#notebook.ask(engine.records(asked));
      for (const { place, prompt, response } of found.records) this.#texts[place] = prompt || response || '';
    }
    return records.map(({ place, distance }) => ({ place, distance, text: this.#texts[place] }));
  }
}
