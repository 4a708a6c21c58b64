import { DataType, type Data, type Union, type Vector } from 'apache-arrow';
import { asJson, BadBuffer, json, need, offsetsOf, type Bounds, type Cells, type Write } from './cell';

const decoder = new TextDecoder();

/** Prepares the cells of the data inside, whatever their type. */
type CellsOf = (data: Data) => Cells;

/** Dictionaries, lists, structs, maps and unions. */
export function nestedCells(data: Data, cellsOf: CellsOf): Cells {
  const { type, length, children } = data;
  if (DataType.isDictionary(type)) return dictionaryCells(data, cellsOf);
  if (DataType.isList(type) || DataType.isLargeList(type)) {
    const bounds = offsetsOf(data, children[0]?.length ?? 0);
    return listCells(children[0], bounds, cellsOf);
  }
  if (DataType.isFixedSizeList(type)) {
    const size = type.listSize;
    if ((children[0]?.length ?? 0) < length * size) throw new BadBuffer('a list is too short');
    return listCells(children[0], (i) => [i * size, i * size + size], cellsOf);
  }
  if (DataType.isStruct(type)) return structCells(data, cellsOf);
  if (DataType.isMap(type)) return mapCells(data, cellsOf);
  if (DataType.isUnion(type)) return unionCells(data, cellsOf);
  throw new BadBuffer(`columns of type ${String(type)} are not read`);
}

function listCells(child: Data, bounds: Bounds, cellsOf: CellsOf): Cells {
  const write = asJson(cellsOf(child));
  return json((i, out) => {
    const [start, end] = bounds(i);
    out.raw('[');
    for (let n = start; n < end; n++) {
      if (n > start) out.raw(',');
      write(n, out);
    }
    out.raw(']');
  });
}

function structCells({ type, length, children }: Data, cellsOf: CellsOf): Cells {
  const names = type.children.map((field: { name: string }) => field.name) as string[];
  const members = children.map((child, n) => {
    if (child.length < length) throw new BadBuffer('a struct is too short');
    return { name: names[n], write: asJson(cellsOf(child)) };
  });
  return json((i, out) => {
    out.raw('{');
    members.forEach(({ name, write }, n) => {
      if (n > 0) out.raw(',');
      out.quotedText(name);
      out.raw(':');
      write(i, out);
    });
    out.raw('}');
  });
}

/** A map with text keys is an object where no key occurs twice; any other a list of pairs. */
function mapCells(data: Data, cellsOf: CellsOf): Cells {
  const entries = data.children[0];
  const bounds = offsetsOf(data, entries?.length ?? 0);
  const keys = cellsOf(entries.children[0]);
  const [writeKey, writeValue] = entries.children.map((child) => asJson(cellsOf(child)));
  if (entries.children.length < 2) return listCells(entries, bounds, cellsOf);
  return json((i, out) => {
    const [start, end] = bounds(i);
    const begin = out.length;
    const seen = new Set<string>();
    let object = keys.kind === 'text';
    out.raw('{');
    for (let n = start; n < end && object; n++) {
      if (n > start) out.raw(',');
      const at = out.length;
      writeKey(n, out);
      const key = decoder.decode(out.bytes.subarray(at, out.length));
      object = keys.valid(n) && !seen.has(key);
      seen.add(key);
      out.raw(':');
      writeValue(n, out);
    }
    if (object) return out.raw('}');
    out.length = begin;
    out.raw('[');
    for (let n = start; n < end; n++) {
      out.raw(n > start ? ',[' : '[');
      writeKey(n, out);
      out.raw(',');
      writeValue(n, out);
      out.raw(']');
    }
    out.raw(']');
  });
}

function dictionaryCells(data: Data, cellsOf: CellsOf): Cells {
  const indices = data.values as ArrayLike<number | bigint>;
  need(indices, data.length);
  const parts = (data.dictionary as Vector | undefined)?.data ?? [];
  const cells = parts.map((part) => ({ length: part.length, ...cellsOf(part) }));
  const find = (i: number): [(typeof cells)[number], number] => {
    let at = Number(indices[i]);
    for (const part of cells) {
      if (at >= 0 && at < part.length) return [part, at];
      at -= part.length;
    }
    throw new BadBuffer('an index points outside its dictionary');
  };
  return {
    kind: cells.every((part) => part.kind === 'text') && cells.length > 0 ? 'text' : 'json',
    valid: (i) => {
      if (cells.length === 0) return false;
      const [part, at] = find(i);
      return part.valid(at);
    },
    write: (i, out) => {
      const [part, at] = find(i);
      part.write(at, out);
    },
  };
}

function unionCells(data: Data, cellsOf: CellsOf): Cells {
  const { typeIds, length, children } = data;
  const type = data.type as Union;
  need(typeIds, length);
  const byId = new Map<number, { length: number; cells: Cells; write: Write }>();
  const ids = [...type.typeIds];
  children.forEach((child, n) => {
    const cells = cellsOf(child);
    byId.set(ids[n] ?? n, { length: child.length, cells, write: asJson(cells) });
  });
  const dense = type.mode === 1;
  const offsets = data.valueOffsets as Int32Array;
  if (dense) need(offsets, length);
  const find = (i: number) => {
    const part = byId.get(typeIds[i]);
    const at = dense ? offsets[i] : i;
    if (!part || at < 0 || at >= part.length) throw new BadBuffer('a union points outside its children');
    return { part, at };
  };
  return {
    kind: 'json',
    valid: (i) => {
      const { part, at } = find(i);
      return part.cells.valid(at);
    },
    write: (i, out) => {
      const { part, at } = find(i);
      part.write(at, out);
    },
  };
}
