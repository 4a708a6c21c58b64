import { makeData, type Data, type List, type Struct } from 'apache-arrow';
import { elements, members } from '$lib/record/rawjson';
import { misfit, Nulls, type Cell, type CellColumn } from './cell';

/** A value inside a JSON text as a cell. */
function inner(json: string): Cell | null {
  if (json === 'null') return null;
  return json.startsWith('"') ? { kind: 'text', text: JSON.parse(json) as string } : { kind: 'json', text: json };
}

/** Remembers what a value was taken apart into between `refuse` and `push`. */
class Parsed<T> {
  #cell: Cell | null = null;
  #value: T | null = null;

  constructor(private readonly parse: (cell: Cell) => T | null) {}

  of(cell: Cell): T | null {
    if (cell !== this.#cell) {
      this.#cell = cell;
      this.#value = this.parse(cell);
    }
    return this.#value;
  }
}

/** Lists, from JSON arrays. */
export class ListColumn implements CellColumn {
  #nulls = new Nulls();
  #ends: number[] = [];
  #items = 0;
  #parsed = new Parsed((cell) =>
    cell.kind === 'json' && cell.text.startsWith('[') ? elements(cell.text).map(inner) : null,
  );

  constructor(
    readonly type: List,
    private readonly child: CellColumn,
  ) {}

  get weight(): number {
    return this.#ends.length * 4 + this.child.weight;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    const items = this.#parsed.of(cell);
    return items === null ? misfit(cell, this.type) : firstReason(items, () => this.child);
  }
  push(cell: Cell | null): void {
    const items = cell === null ? [] : (this.#parsed.of(cell) ?? []);
    for (const item of items) this.child.push(item);
    this.#items += items.length;
    this.#nulls.push(cell !== null);
    this.#ends.push(this.#items);
  }
  take(): Data {
    const valueOffsets = new Int32Array(this.#ends.length + 1);
    valueOffsets.set(this.#ends, 1);
    this.#ends = [];
    this.#items = 0;
    return makeData({ type: this.type, ...this.#nulls.take(), valueOffsets, child: this.child.take() });
  }
}

/** Structs, from JSON objects that have no other keys. */
export class StructColumn implements CellColumn {
  #nulls = new Nulls();
  #names: string[];
  #known: Set<string>;
  #parsed = new Parsed((cell) => {
    if (cell.kind !== 'json' || !cell.text.startsWith('{')) return null;
    const all = members(cell.text);
    const cells = this.#names.map((name) => (all.has(name) ? inner(all.get(name)!) : null));
    return [...all.keys()].every((key) => this.#known.has(key)) ? cells : null;
  });

  constructor(
    readonly type: Struct,
    private readonly columns: CellColumn[],
  ) {
    this.#names = type.children.map((field) => field.name);
    this.#known = new Set(this.#names);
  }

  get weight(): number {
    return this.columns.reduce((sum, column) => sum + column.weight, 0);
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    const cells = this.#parsed.of(cell);
    return cells === null ? misfit(cell, this.type) : firstReason(cells, (i) => this.columns[i]);
  }
  push(cell: Cell | null): void {
    const cells = cell === null ? null : this.#parsed.of(cell);
    this.columns.forEach((column, i) => column.push(cells === null ? null : cells[i]));
    this.#nulls.push(cells !== null);
  }
  take(): Data {
    return makeData({ type: this.type, ...this.#nulls.take(), children: this.columns.map((column) => column.take()) });
  }
}

function firstReason(cells: (Cell | null)[], column: (i: number) => CellColumn): string | null {
  for (const [i, cell] of cells.entries()) {
    const reason = column(i).refuse(cell);
    if (reason !== null) return reason;
  }
  return null;
}
