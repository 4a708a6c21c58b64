import { EMPTY_VIEW } from '$lib/record/empty-view';
import type { View } from '$lib/record/types';
import { Text } from '$lib/text/text';

/** A record as columns measure it. One Subject serves a whole thread: `reset` gives it the next record. */
export class Subject {
  view: View = EMPTY_VIEW;
  private readonly texts = { prompt: new Text(), response: new Text(), system: new Text() };
  private readonly notes = new Map<object, unknown>();

  constructor(view?: View) {
    if (view) this.reset(view);
  }

  reset(view: View): this {
    this.view = view;
    this.texts.prompt.reset(view.prompt);
    this.texts.response.reset(view.response ?? '');
    this.texts.system.reset(view.system);
    if (this.notes.size) this.notes.clear();
    return this;
  }

  get prompt(): Text {
    return this.texts.prompt;
  }

  /** Null where the record has no response by its layout. */
  get response(): Text | null {
    return this.view.response === null ? null : this.texts.response;
  }

  get system(): Text {
    return this.texts.system;
  }

  /** The response; the prompt where the record has no response. */
  get main(): Text {
    return this.response ?? this.prompt;
  }

  /** Field of `main`. */
  get mainField(): 'prompt' | 'response' {
    return this.view.response === null ? 'prompt' : 'response';
  }

  /** What `make` finds out about this record, once for all columns that ask with the same function. */
  note<T>(make: (subject: Subject) => T): T {
    let value = this.notes.get(make);
    if (value === undefined && !this.notes.has(make)) {
      value = make(this);
      this.notes.set(make, value);
    }
    return value as T;
  }
}
