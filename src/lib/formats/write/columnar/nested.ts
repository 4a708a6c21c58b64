import { makeData, type Data, type List, type Struct } from 'apache-arrow';
import { elements, members } from '$lib/record/rawjson';
import { misfit, Nulls, type Cell, type CellColumn } from './cell';

/** A value inside a JSON text as a cell. */
function inner(json: string): Cell | null {
  if (json === 'null') return null;
  return json.startsWith('"') ? { kind: 'text', text: JSON.parse(json) as string } : { kind: 'json', text: json };
}

/** Lists, from JSON arrays. */
export class ListColumn implements CellColumn {
  #nulls = new Nulls();
  #ends: number[] = [];
  #items = 0;

  constructor(
    readonly type: List,
    private readonly child: CellColumn,
  ) {}

  get weight(): number {
    return this.#ends.length * 4 + this.child.weight;
  }
  #inside(cell: Cell): (Cell | null)[] | null {
    if (cell.inside === undefined)
      cell.inside = cell.kind === 'json' && cell.text.startsWith('[') ? elements(cell.text).map(inner) : null;
    return cell.inside;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    const items = this.#inside(cell);
    return items === null ? misfit(cell, this.type) : firstReason(items, () => this.child);
  }
  push(cell: Cell | null): void {
    const items = cell === null ? [] : (this.#inside(cell) ?? []);
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
  #places: Map<string, number>;

  constructor(
    readonly type: Struct,
    private readonly columns: CellColumn[],
  ) {
    this.#places = new Map(type.children.map((field, i) => [field.name, i]));
  }

  get weight(): number {
    return this.columns.reduce((sum, column) => sum + column.weight, 0);
  }
  #inside(cell: Cell): (Cell | null)[] | null {
    if (cell.inside === undefined) cell.inside = cell.kind === 'json' ? this.#members(cell.text) : null;
    return cell.inside;
  }
  #members(json: string): (Cell | null)[] | null {
    if (!json.startsWith('{')) return null;
    const cells = this.columns.map((): Cell | null => null);
    for (const [key, value] of members(json)) {
      const place = this.#places.get(key);
      if (place === undefined) return null;
      cells[place] = inner(value);
    }
    return cells;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    const cells = this.#inside(cell);
    return cells === null ? misfit(cell, this.type) : firstReason(cells, (i) => this.columns[i]);
  }
  push(cell: Cell | null): void {
    const cells = cell === null ? null : this.#inside(cell);
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
