import type { Data, DataType } from 'apache-arrow';

/** A value on its way into a cell: a string, or another value's JSON text. */
export interface Cell {
  kind: 'text' | 'json';
  text: string;
  /** What a list or a struct made of the text when it was first asked: its items or members; null where it is none. */
  inside?: (Cell | null)[] | null;
}

/** One column of a block being filled. */
export interface CellColumn {
  readonly type: DataType;
  /** Why the column cannot hold the value, or null. Writes nothing. */
  refuse(cell: Cell | null): string | null;
  push(cell: Cell | null): void;
  /** The block's data; the column is empty afterwards. */
  take(): Data;
  /** Bytes held. */
  readonly weight: number;
}

/** Which rows of a block hold a value. */
export class Nulls {
  count = 0;
  rows = 0;
  #bits = new Uint8Array(1024);

  push(present: boolean): void {
    const at = this.rows++;
    if (at >> 3 >= this.#bits.length) {
      const grown = new Uint8Array(this.#bits.length * 2);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    if (present) this.#bits[at >> 3] |= 1 << (at & 7);
    else this.count++;
  }

  take(): { length: number; nullCount: number; nullBitmap: Uint8Array | null } {
    const taken = {
      length: this.rows,
      nullCount: this.count,
      nullBitmap: this.count === 0 ? null : this.#bits.slice(0, (this.rows + 7) >> 3),
    };
    this.#bits.fill(0);
    this.rows = this.count = 0;
    return taken;
  }
}

/** Why a value cannot stand in a column of that type. */
export function misfit(cell: Cell, type: DataType): string {
  const text = cell.kind === 'text' ? JSON.stringify(cell.text) : cell.text;
  return `${text.length > 40 ? text.slice(0, 40) + '…' : text} is no ${String(type)}`;
}
