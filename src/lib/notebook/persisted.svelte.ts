/** A small value kept in the browser's storage. Where storage is blocked it lives as long as the page. */
export class Persisted<T> {
  #value = $state.raw() as T;
  readonly #key: string;

  constructor(key: string, initial: T, valid: (value: unknown) => boolean) {
    this.#key = `siftbook:${key}`;
    this.#value = initial;
    try {
      const text = localStorage.getItem(this.#key);
      const stored: unknown = text === null ? undefined : JSON.parse(text);
      if (stored !== undefined && valid(stored)) this.#value = stored as T;
    } catch {
      // Blocked, absent or spoiled storage: the initial value stands.
    }
  }

  get value(): T {
    return this.#value;
  }
  set value(value: T) {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // The page works without it.
    }
  }
}
