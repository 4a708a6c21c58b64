/** The few records on screen: narrowing, order, and one record in full. */
import type { Span } from '$lib/columns/types';
import { explainer, type Explain } from '$lib/recipe/ledger';
import { KEPT, SPLITS } from '$lib/recipe/types';
import { rowJson } from '$lib/record/json';
import { labelName, viewOf } from '$lib/record/view';
import { detached } from './dataset';
import { baseCategory } from './needs';
import { URGENT } from './pool';
import type { InspectedRecord, OnTheLine, RecordPage, RecordQuery } from './protocol';
import { searchBatch, searchFor } from './search';
import type { Session } from './session';
import type { Judged, Opened } from './state';
import { definitionOf } from './table';
import { breathe } from './turns';
import { engineFailure } from './messages';

/** Answers of `records`; the places found are kept for the next page of the same query. */
export class Inspector {
  readonly #session: Session;
  readonly #found = new Map<string, { version: string; places: Int32Array }>();
  #explain: { judged: Judged; explain: Explain } | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  async records(query: RecordQuery, signal: AbortSignal): Promise<RecordPage> {
    const opened = this.#session.current;
    const places = query.places ? inPlaces(query, opened) : await this.#places(query, opened, signal);
    const page = places.subarray(query.offset, query.offset + query.limit);
    return { total: places.length, records: await this.#inspect([...page], opened) };
  }

  /** Places of a query in its order. */
  async #places(query: RecordQuery, opened: Opened, signal: AbortSignal): Promise<Int32Array> {
    const { lane = '' } = query;
    const key = JSON.stringify({ ...query, offset: 0, limit: 0 });
    const version = `${opened.dataset.id}/${opened.table.rows}/${opened.dataset.rows}/${opened.judged?.views.version}`;
    const known = this.#found.get(lane);
    if (known && known.version === `${version}/${key}`) return known.places;
    const places = await this.#search(query, opened, signal);
    this.#found.delete(lane);
    this.#found.set(lane, { version: `${version}/${key}`, places });
    for (const old of [...this.#found.keys()].slice(0, -6)) this.#found.delete(old);
    return places;
  }

  async #search(query: RecordQuery, opened: Opened, signal: AbortSignal): Promise<Int32Array> {
    const { dataset } = opened;
    const tests = testsOf(query, opened);
    const search = query.search ? searchFor(query.search) : null;
    let places = new Int32Array(1024);
    let count = 0;
    for (const batch of dataset.batches) {
      const found = search ? new Uint8Array(batch.rows) : null;
      if (search && found) searchBatch(batch, search, found);
      for (let row = 0; row < batch.rows; row++) {
        if (found && found[row] === 0) continue;
        const place = batch.first + row;
        if (!tests.every((test) => test(place))) continue;
        if (count === places.length) {
          const grown = new Int32Array(count * 2);
          grown.set(places);
          places = grown;
        }
        places[count++] = place;
      }
      if (search || dataset.rows > 200_000) await breathe(signal);
    }
    return ordered(places.slice(0, count), query, opened);
  }

  async #inspect(places: number[], opened: Opened): Promise<InspectedRecord[]> {
    if (places.length === 0) return [];
    const spans = await this.#spans(places, opened);
    return places.map((place, i) => this.#record(place, spans[i], opened));
  }

  /** Spans come from the workers: they hold the dictionaries that columns need. */
  async #spans(places: number[], { dataset, mapping }: Opened): Promise<Span[][]> {
    const ask = (place: number) => {
      const { batch, row } = dataset.at(place);
      return this.#session.pool.run((api) => api.spans(detached({ batch, from: row, to: row + 1 }), mapping), URGENT);
    };
    return (await Promise.all(places.map(ask))).map(([spans]) => spans);
  }

  #record(place: number, spans: Span[], opened: Opened): InspectedRecord {
    const { dataset, mapping, table, judged, findings } = opened;
    const { batch, row } = dataset.at(place);
    const view = viewOf(batch, row, mapping);
    const columns: Record<string, number | null> = {};
    for (const id of table.ids) {
      const value = valueAt(id, place, opened);
      columns[id] = Number.isNaN(value) ? null : value;
    }
    const decided = judged && place < judged.rows ? judged : null;
    const split = decided ? decided.decision.split[place] : 255;
    return {
      place,
      key: place < table.rows ? table.measured.key(place) : '',
      file: dataset.files[batch.file]?.name ?? '',
      line: batch.lines[row],
      prompt: view.prompt,
      response: view.response,
      system: view.system,
      turns: view.turns.map(({ role, text }) => ({ role, text })),
      label: labelName(view.label),
      source: view.source,
      json: rowJson(batch, row),
      spans,
      findings: findings.flatMap(({ id, places }) => (places[place] >= 1 ? [id] : [])),
      fate: decided ? this.#fate(place, decided, opened) : null,
      copies: decided ? decided.decision.copies[place] : 1,
      split: split < SPLITS.length ? SPLITS[split] : null,
      columns,
    };
  }

  #fate(place: number, judged: Judged, { table }: Opened): InspectedRecord['fate'] {
    if (this.#explain?.judged !== judged)
      this.#explain = { judged, explain: explainer(judged.plan, table.measured, judged.decision) };
    const why = this.#explain.explain(place);
    if (!why) return null;
    const { step, column, value, cut } = why;
    return {
      step,
      column: column ?? null,
      value: value === undefined || Number.isNaN(value) ? null : value,
      cut: cut ?? null,
    };
  }

  /** Records nearest to a cut, on its kept and on its dropped side, of those that no other cut drops. */
  onTheLine(column: string, at: number, side: 'min' | 'max', limit: number): OnTheLine {
    const { charts, judged } = this.#session.current;
    const distribution = charts.distributions.get(column);
    if (!distribution || !charts.linked) return { kept: [], dropped: [] };
    const values = distribution.values();
    const { mask } = charts.linked;
    const own = judged ? judged.cuts.findIndex((cut) => cut.column === column) : -1;
    const ownBit = own < 0 || own >= 30 ? 0 : 1 << own;
    const line = Math.fround(at);
    const kept = new Nearest(line, limit);
    const dropped = new Nearest(line, limit);
    for (let place = 0; place < values.length; place++) {
      const value = values[place];
      if (value !== value || (mask[place] & ~ownBit) !== 0) continue;
      const inside = side === 'min' ? value >= line : value <= line;
      (inside ? kept : dropped).offer(place, value);
    }
    return { kept: kept.list(), dropped: dropped.list() };
  }
}

/** One value of a column as the records came. Flags are kept in bytes: their bins hold them already. */
function valueAt(id: string, place: number, { table, charts }: Opened): number {
  if (place >= table.rows) return NaN;
  const view = definitionOf(id).unit === 'flag' && charts.linked && place < charts.rows ? charts.view(id) : -1;
  if (view < 0) return table.base(id)[place];
  const bin = charts.table.bins[place * charts.table.width + view];
  return bin < 2 ? bin : NaN;
}

/** The few values nearest to a line; of equal ones those that come first. */
class Nearest {
  readonly #entries: { place: number; value: number; away: number }[] = [];
  #worst = Infinity;
  constructor(
    readonly line: number,
    readonly limit: number,
  ) {}

  offer(place: number, value: number): void {
    const away = Math.abs(value - this.line);
    if (away >= this.#worst) return;
    const entries = this.#entries;
    let at = entries.length;
    while (at > 0 && entries[at - 1].away > away) at--;
    entries.splice(at, 0, { place, value, away });
    if (entries.length > this.limit) entries.pop();
    if (entries.length === this.limit) this.#worst = this.limit === 0 ? -1 : entries[entries.length - 1].away;
  }

  list(): { place: number; value: number }[] {
    return this.#entries.map(({ place, value }) => ({ place, value }));
  }
}

/** The given places that pass the other tests, as they were given unless an order is asked for. */
function inPlaces(query: RecordQuery, opened: Opened): Int32Array {
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
function testsOf(query: RecordQuery, opened: Opened): ((place: number) => boolean)[] {
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
  if (category) tests.push(classTest(category, opened));
  return tests;
}

function classTest({ by, name }: { by: string; name: string }, { table, judged, mapping }: Opened) {
  const base = baseCategory(by, mapping);
  const level = /^label:([1-9]\d*)$/.exec(by);
  const merges = base.by === 'label' ? (judged?.plan.merges ?? []) : [];
  const need = { ...base, level: level ? Number(level[1]) : null, merges };
  if (!table.measured.has(need) && !table.offerClasses(need)) throw engineFailure('engine.no-category', { by });
  const { codes, names } = table.measured.classes(need);
  const code = names.indexOf(name);
  return (place: number) => code >= 0 && codes[place] === code;
}

/** Places by a column's value (`column` the smallest first), equal values by place; records without a value last. */
function ordered(places: Int32Array, query: RecordQuery, { charts, table }: Opened): Int32Array {
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
