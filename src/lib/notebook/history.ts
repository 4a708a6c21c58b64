/** Undo and redo over whole values. A run of edits under one key (a drag, a typed word) counts as one. */
export interface Entry<T> {
  value: T;
  /** What the edit was, for the reader. */
  label: string;
  key: string | null;
  at: number;
}

const COALESCE_MS = 1200;
const DEEPEST = 200;

export class History<T> {
  #past: Entry<T>[];
  #future: Entry<T>[] = [];

  constructor(first: T) {
    this.#past = [{ value: first, label: '', key: null, at: -Infinity }];
  }

  get value(): T {
    return this.#past[this.#past.length - 1].value;
  }
  /** What undo would take back; null when there is nothing. */
  get undoLabel(): string | null {
    return this.#past.length > 1 ? this.#past[this.#past.length - 1].label : null;
  }
  get redoLabel(): string | null {
    return this.#future.length ? this.#future[this.#future.length - 1].label : null;
  }

  /** `now` in milliseconds; edits with the same key within 1.2 s become one. */
  push(value: T, label: string, key: string | null = null, now = Date.now()): void {
    const last = this.#past[this.#past.length - 1];
    this.#future = [];
    if (key !== null && last.key === key && now - last.at < COALESCE_MS && this.#past.length > 1) {
      this.#past[this.#past.length - 1] = { value, label, key, at: now };
      return;
    }
    this.#past.push({ value, label, key, at: now });
    if (this.#past.length > DEEPEST) this.#past.shift();
  }

  undo(): T | null {
    if (this.#past.length < 2) return null;
    this.#future.push(this.#past.pop()!);
    return this.value;
  }

  redo(): T | null {
    const entry = this.#future.pop();
    if (!entry) return null;
    this.#past.push({ ...entry, key: null });
    return entry.value;
  }

  copy(): History<T> {
    const twin = new History(this.value);
    twin.#past = [...this.#past];
    twin.#future = [...this.#future];
    return twin;
  }

  /** Starts anew (another dataset, another recipe from outside). */
  reset(value: T): void {
    this.#past = [{ value, label: '', key: null, at: -Infinity }];
    this.#future = [];
  }
}
