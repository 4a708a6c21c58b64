import { writeMembers } from '$lib/record/json';
import type { ByteSink } from '$lib/record/bytes';
import type { RowEdits } from '$lib/record/edits';
import type { Batch, Mapping } from '$lib/record/types';

/** Fields that a layout does not carry itself travel beside what it writes, under a free name. */
export class Beside {
  readonly #own: readonly string[];
  readonly #carried: Set<string>;
  #batch: Batch | null = null;
  #rename = new Map<string, string>();

  /**
   * `own`: keys the layout writes. `carried`: mapped names whose content it writes, so that the field itself may go
   * (a path's field stays: it has other parts).
   */
  constructor(own: readonly string[], carried: readonly (string | null)[]) {
    this.#own = own;
    this.#carried = new Set(carried.filter((name) => name !== null));
  }

  /** Writes `,"key":value` for every other field the record has. */
  write(batch: Batch, row: number, out: ByteSink, edits?: RowEdits | null): void {
    if (batch !== this.#batch) this.#plan(batch);
    const before = out.length;
    out.byte(0x2c);
    if (writeMembers(batch, row, out, edits, this.#carried, this.#rename) === 0) out.length = before;
  }

  #plan(batch: Batch): void {
    this.#batch = batch;
    const taken = new Set([...this.#own, ...batch.fields.map((field) => field.name)]);
    for (const name of this.#own) {
      if (this.#carried.has(name) || this.#rename.has(name)) continue;
      let free = `${name}_1`;
      for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
      taken.add(free);
      this.#rename.set(name, free);
    }
  }
}

/** The names whose content a conversational layout writes itself. */
export function spokenFields(mapping: Mapping): (string | null)[] {
  return mapping.messages !== null
    ? [mapping.messages, mapping.response, mapping.system]
    : [...mapping.prompt, mapping.response, mapping.system, mapping.history];
}
