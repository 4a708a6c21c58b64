/** Which records a query asks for, and in what order. */
import { KEPT } from '$lib/recipe/types';
import { detached } from './dataset';
import { instructionTest } from './diversity/instructions';
import { engineFailure } from './messages';
import { queriedCategory } from './needs';
import type { RecordQuery } from './protocol';
import { searchBatch, searchFor } from './search';
import type { Opened } from './state';

/** The given places that pass the other tests, as they were given unless an order is asked for. */
export function inPlaces(query: RecordQuery, opened: Opened): Int32Array {
  const tests = testsOf(query, opened);
  const search = query.search ? searchFor(query.search) : null;
  const held = (place: number): boolean => {
    if (!search) return true;
    const { batch, row } = opened.dataset.at(place);
    const found = new Uint8Array(1);
    searchBatch(detached({ batch, from: row, to: row + 1 }), search, found);
    return found[0] === 1;
  };
  const places = (query.places ?? []).filter(
    (place) =>
      Number.isInteger(place) &&
      place >= 0 &&
      place < opened.dataset.rows &&
      tests.every((test) => test(place)) &&
      held(place),
  );
  const list = Int32Array.from(places);
  return query.order && query.order !== 'place' ? ordered(list, query, opened) : list;
}

/** What a record must pass, the cheapest first. Records not measured yet pass only where nothing is asked of them. */
export function testsOf(query: RecordQuery, opened: Opened): ((place: number) => boolean)[] {
  const { table, judged, charts, findings } = opened;
  const tests: ((place: number) => boolean)[] = [];
  const { fate, step, column, category, finding } = query;
  if (fate !== undefined || step !== undefined) {
    if (!judged) return [() => false];
    const { fate: fates } = judged.decision;
    if (fate === 'kept') tests.push((place) => fates[place] === KEPT);
    if (fate === 'dropped') tests.push((place) => place < fates.length && fates[place] !== KEPT);
    if (step !== undefined) tests.push((place) => fates[place] === step);
  }
  if (column) {
    const values = charts.distributions.get(column.id)?.values() ?? table.base(column.id);
    const min = column.min === undefined ? -Infinity : Math.fround(column.min);
    const max = column.max === undefined ? Infinity : Math.fround(column.max);
    tests.push((place) => values[place] >= min && values[place] <= max);
  }
  if (finding !== undefined) {
    const places = findings.find(({ id }) => id === finding)?.places;
    if (places) tests.push((place) => places[place] >= 1);
    else {
      const values = table.has(finding.replaceAll('-', '_')) ? table.base(finding.replaceAll('-', '_')) : null;
      tests.push((place) => values !== null && values[place] >= 1);
    }
  }
  if (query.marked) {
    const inside = new Uint8Array(table.rows);
    for (const place of opened.marked ?? []) inside[place] = 1;
    tests.push((place) => inside[place] === 1);
  }
  if (query.instruction) tests.push(instructionTest(query.instruction, opened.instructions, table.rows));
  if (category) tests.push(classTest(category, opened));
  return tests;
}

function classTest({ by, name }: { by: string; name: string }, { table, judged, mapping }: Opened) {
  const base = queriedCategory(by, mapping, judged?.recipe);
  const level = /^label:([1-9]\d*)$/.exec(by);
  const merges = base.by === 'label' ? (judged?.plan.merges ?? []) : [];
  const need = { ...base, level: level ? Number(level[1]) : null, merges };
  if (!table.measured.has(need) && !table.offerClasses(need)) throw engineFailure('engine.no-category', { by });
  const { codes, names } = table.measured.classes(need);
  const code = names.indexOf(name);
  return (place: number) => code >= 0 && codes[place] === code;
}

/** Places by a column's value (`column` the smallest first), equal values by place; records without a value last. */
export function ordered(places: Int32Array, query: RecordQuery, { charts, table }: Opened): Int32Array {
  const { order, column } = query;
  if (!order || order === 'place' || !column) return places;
  const values = charts.distributions.get(column.id)?.values() ?? table.base(column.id);
  const way = order === 'descending' ? -1 : 1;
  return places.sort((a, b) => {
    const x = values[a];
    const y = values[b];
    if (x === y) return a - b;
    if (x !== x) return y !== y ? a - b : 1;
    if (y !== y) return -1;
    return (x - y) * way;
  });
}
