/** The few records on screen: narrowing, order, and one record in full. */
import type { Span } from '$lib/columns/types';
import { explainer, type Explain } from '$lib/recipe/ledger';
import { justBelow } from '$lib/recipe/steps/cut';
import { SPLITS } from '$lib/recipe/types';
import { rowJson } from '$lib/record/json';
import { labelName, viewOf } from '$lib/record/view';
import { detached } from './dataset';
import { countSubset } from './counting';
import { alikeStepOf, dragTarget } from './drag-target';
import { BLOCKED } from './linked';
import { URGENT } from './pool';
import type { InspectedRecord, Narrowed, Narrowing, OnTheLine, RecordPage, RecordQuery } from './protocol';
import { inPlaces, ordered, testsOf } from './query';
import { searchBatch, searchFor } from './search';
import type { Session } from './session';
import type { Judged, Opened } from './state';
import { definitionOf } from './table';
import { breathe } from './turns';

/** Answers of `records`; the places found are kept for the next page of the same query. */
export class Inspector {
  readonly #session: Session;
  readonly #found = new Map<string, { version: string; marked: Int32Array | null; places: Int32Array }>();
  #alike: { judged: Judged; id: string; values: Float32Array } | null = null;
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

  /** Every view's counts of the records that the query's parts leave; null where there are no views yet. */
  async narrow(query: Narrowing, signal: AbortSignal): Promise<Narrowed | null> {
    const opened = this.#session.current;
    const full: RecordQuery = { ...query, lane: 'narrow', offset: 0, limit: 0 };
    const places = query.places ? inPlaces(full, opened) : await this.#places(full, opened, signal);
    const { charts } = opened;
    const { linked, names } = charts;
    if (!linked) return null;
    const measured = places.at(-1)! >= charts.rows ? places.filter((place) => place < charts.rows) : places;
    const { all, counts, kept } = countSubset(linked, measured);
    const { starts } = linked.table;
    const views = names.map((id, view) => {
      const [first, last] = [starts[view], starts[view + 1] - 1];
      return { id, all: all.slice(first, last), kept: counts.slice(first, last) };
    });
    return { total: places.length, kept, views };
  }

  /** A byte a record: does it hold? For the map, on which those pointed at stand out. */
  async part(query: Narrowing, signal: AbortSignal): Promise<Uint8Array> {
    const opened = this.#session.current;
    const full: RecordQuery = { ...query, lane: 'map', offset: 0, limit: 0 };
    const places = query.places ? inPlaces(full, opened) : await this.#places(full, opened, signal);
    const part = new Uint8Array(opened.dataset.rows);
    for (const place of places) part[place] = 1;
    return part;
  }

  /** Places of a query in its order. */
  async #places(query: RecordQuery, opened: Opened, signal: AbortSignal): Promise<Int32Array> {
    const { lane = '' } = query;
    const key = JSON.stringify({ ...query, offset: 0, limit: 0 });
    const version = `${opened.dataset.id}/${opened.table.rows}/${opened.dataset.rows}/${opened.judged?.views.version}`;
    const marked = query.marked ? opened.marked : null;
    const known = this.#found.get(lane);
    if (known && known.version === `${version}/${key}` && known.marked === marked) return known.places;
    const places = await this.#search(query, opened, signal);
    this.#found.delete(lane);
    this.#found.set(lane, { version: `${version}/${key}`, marked, places });
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
      fate: decided ? this.#fate(place, decided) : null,
      copies: decided ? decided.decision.copies[place] : 1,
      split: split < SPLITS.length ? SPLITS[split] : null,
      columns,
    };
  }

  #fate(place: number, judged: Judged): InspectedRecord['fate'] {
    if (this.#explain?.judged !== judged)
      this.#explain = { judged, explain: explainer(judged.plan, judged.measured, judged.decision) };
    const why = this.#explain.explain(place);
    if (!why) return null;
    const { step, column, value, cut, twin } = why;
    return {
      step,
      column: column ?? null,
      value: value === undefined || Number.isNaN(value) ? null : value,
      cut: cut ?? null,
      ...(twin !== undefined && twin >= 0 && { twin }),
    };
  }

  /**
   * Records nearest to a cut, on its kept and on its dropped side, of those that no other cut drops. `column` may name the
   * threshold of a step that compares records, as in `beginDrag`.
   */
  onTheLine(column: string, at: number, side: 'min' | 'max', limit: number): OnTheLine {
    const { charts, judged } = this.#session.current;
    if (judged && charts.linked && alikeStepOf(column))
      return nearestTo(this.#similarity(judged, column), charts.linked.mask, ~BLOCKED, justBelow(at), 'max', limit);
    const distribution = charts.distributions.get(column);
    if (!distribution || !charts.linked) return { kept: [], dropped: [] };
    const values = distribution.values();
    const { mask } = charts.linked;
    const own = judged ? judged.cuts.findIndex((cut) => cut.column === column) : -1;
    const ownBit = own < 0 || own >= 30 ? 0 : 1 << own;
    const step = own < 0 ? null : judged!.recipe.steps[judged!.cuts[own].step];
    const open = side === 'max' && step !== null && 'cut' in step && step.cut.below !== undefined;
    const line = open ? justBelow(at) : Math.fround(at);
    return nearestTo(values, mask, ~ownBit, line, side, limit);
  }

  /** What a step that compares records measures, of those that reach it and are like another at all; kept while its handle is held. */
  #similarity(judged: Judged, id: string): Float32Array {
    const known = this.#alike;
    if (known?.judged === judged && known.id === id) return known.values;
    const { values } = dragTarget(this.#session.current, judged, id);
    this.#alike = { judged, id, values: values.map((value) => (value > 0 ? value : NaN)) };
    return this.#alike.values;
  }
}

/** Those nearest to a line on both its sides, of the rows whose mask has none of the bits of `others`. */
function nearestTo(
  values: Float32Array,
  mask: Int32Array,
  others: number,
  line: number,
  side: 'min' | 'max',
  limit: number,
): OnTheLine {
  const kept = new Nearest(line, limit);
  const dropped = new Nearest(line, limit);
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (value !== value || (mask[place] & others) !== 0) continue;
    const inside = side === 'min' ? value >= line : value <= line;
    (inside ? kept : dropped).offer(place, value);
  }
  return { kept: kept.list(), dropped: dropped.list() };
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
