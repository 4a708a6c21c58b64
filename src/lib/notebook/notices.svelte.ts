import type { Lang } from '$lib/i18n';
import { failureText } from '$lib/i18n/failure';
import { locale } from '$lib/i18n/locale.svelte';

/** Something the reader must know; `action` is offered as one word. */
export interface Notice {
  id: number;
  kind: 'error' | 'note';
  /** In the language of the page as it is now. */
  readonly message: string;
  /** `label` is a message's key. */
  action?: { label: string; run(): void };
}

/** A note goes by itself; an error stays until it is dismissed. */
const NOTE_MS = 15_000;
/** Older ones make room. */
const MOST = 4;

/** What the reader is told, the newest last. */
export class Notices {
  list = $state.raw<Notice[]>([]);
  #last = 0;

  /** Tells something that stops nothing; it goes by itself. */
  note(say: () => string, action?: Notice['action']): void {
    const id = this.#tell('note', say, action);
    setTimeout(() => this.dismiss(id), NOTE_MS);
  }
  /** Tells something that holds until it is dismissed. */
  stay(say: () => string, action?: Notice['action']): void {
    this.#tell('note', say, action);
  }
  /** Tells an error once, however often it comes. */
  fault(error: Error, say: (lang: Lang, error: Error) => string = failureText): void {
    const message = say(locale.lang, error);
    if (!this.list.some((notice) => notice.message === message)) this.#tell('error', () => say(locale.lang, error));
  }
  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
  /** Another file is opened: what was said of the last one is past. */
  clear(): void {
    this.list = [];
  }
  /** Leaves only what went wrong. */
  dropNotes(): void {
    this.list = this.list.filter((notice) => notice.kind === 'error');
  }

  #tell(kind: Notice['kind'], say: () => string, action?: Notice['action']): number {
    const id = ++this.#last;
    const notice: Notice = {
      id,
      kind,
      action,
      get message() {
        return say();
      },
    };
    this.list = [...this.list.slice(1 - MOST), notice];
    return id;
  }
}
