/** Records of the open dataset that another file has too: near-duplicates across, and its texts inside longer ones. */
import { LEAKED, OverlapIndex } from '$lib/duplicates/overlap';
import { textsOf } from '$lib/duplicates/texts';
import { AGAINST_COLUMNS, NEAR_DEFAULT, NEAR_FLOOR } from '$lib/recipe/alike';
import { Collector } from '$lib/recipe/collect';
import type { Matches } from '$lib/recipe/measured';
import { compile, type AgainstNeed, type OtherNeed, type OverlapNeed, type TextNeed } from '$lib/recipe/plan';
import { seeOther } from '$lib/recipe/sample';
import type { Others } from '$lib/recipe/sets';
import type { Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import type { ShingleSets } from '$lib/text/shingles';
import { againstFinding } from './against-finding';
import { Dataset } from './dataset';
import { thresholds } from './drag-target';
import { engineFailure } from './messages';
import { eachSlice, SLICE } from './measuring';
import { readFiles, sourceFiles } from './opening';
import { Pace } from './pace';
import { NORMAL, URGENT } from './pool';
import type { AgainstMatch, AgainstQuery, AgainstSummary, OpenSource } from './protocol';
import type { Session } from './session';
import { breathe } from './turns';

/** Longest text handed to the page. */
const TEXT = 4000;
/** Records looked through between two breaths. */
const BREATH = 100;

/** The other file. */
interface Other {
  dataset: Dataset;
  /** As the recipe names it. */
  names: string[];
  files: { name: string; blob: Blob }[];
}

/** What it was compared by. */
interface Compared {
  near: AgainstNeed;
  holds: OverlapNeed;
}

export class Against implements Others {
  readonly #session: Session;
  #other: Other | null = null;
  #compared: Compared | null = null;

  /** `before`: whose file is compared again, the dataset being the same under another mapping. */
  constructor(session: Session, before: Against | null = null) {
    this.#session = session;
    this.#other = before === null ? null : before.#other;
  }

  // ---- what a recipe asks of it ----

  has({ files }: OtherNeed): boolean {
    return this.#other !== null && files.join('\n') === this.#other.names.join('\n');
  }

  async shingles({ from }: AgainstNeed): Promise<ShingleSets> {
    const { dataset } = this.#other!;
    const { pool, opened } = this.#session;
    const recipe: Recipe = { siftbook: 1, seed: 0, steps: [{ near: { on: from.on, at: 1 } }] };
    const mapping = this.#mapping();
    const plan = compile(recipe, mapping);
    const need = plan.sets[0].from as TextNeed;
    const needs = { columns: [], groups: [], classes: [], texts: [need] };
    const collector = new Collector({ stages: plan.stages, ...needs });
    const { signal } = opened!.life;
    await eachSlice(pool, dataset.slices(0, SLICE), NORMAL, signal, async (api, batch) =>
      collector.add(await api.needs(batch, mapping, recipe, needs)),
    );
    return collector.finish().takeText(need) as ShingleSets;
  }

  async overlap({ from, other: { on } }: OverlapNeed): Promise<Matches> {
    const session = this.#session;
    const { dataset, mapping, life } = session.current;
    const pace = new Pace('against', session.around);
    try {
      const references: (string | null)[] = [];
      for (const batch of this.#other!.dataset.batches) {
        references.push(...textsOf(batch, this.#mapping(), on));
        await breathe(life.signal);
      }
      const index = new OverlapIndex(references);
      const value = new Float32Array(dataset.rows);
      const match = new Int32Array(dataset.rows).fill(-1);
      for (const { batch, from: first, to } of dataset.slices(0, BREATH)) {
        const found = index.find(textsOf(batch, mapping, from.on, first, to));
        value.set(found.share, batch.first + first);
        match.set(found.match, batch.first + first);
        pace.at(batch.first + to, dataset.rows);
        await breathe(life.signal);
      }
      return { value, match };
    } finally {
      pace.finish();
    }
  }

  /** How its records are read. */
  #mapping(): Mapping {
    return seeOther(this.#other!.dataset.batches, this.#session.recipe.source).mapping;
  }

  /** The files themselves, for the manifest. */
  get files(): readonly { name: string; blob: Blob }[] {
    return this.#other?.files ?? [];
  }

  // ---- what the page asks of it ----

  /**
   * Reads another file and compares every record as it came with it; without sources the one that is open, as when the dataset was
   * mapped anew. A recipe that names it is judged again.
   * @throws Error where it cannot be read or holds no records, or while the dataset itself is being read
   */
  async compare(sources: OpenSource[] | null, on: readonly string[], asked: AbortSignal): Promise<AgainstSummary> {
    const session = this.#session;
    const opened = session.current;
    const { dataset, table } = opened;
    if (!dataset.complete || table.rows < dataset.rows) throw engineFailure('engine.still-reading');
    const { signal } = session.tasks.begin('against', asked);
    if (sources) {
      const other = await this.#read(sources, signal);
      if (session.opened !== opened) throw engineFailure('engine.still-reading');
      this.#other = other;
      this.#compared = null;
      // A file of the same name may be another one.
      table.measured.forgetMatches();
      if (sources.some(({ kind }) => kind === 'file')) session.tasks.follow(session.keeping.storeOther(other.files));
    }
    if (!this.#other) throw engineFailure('engine.nothing-given');
    await this.#measure(on, signal);
    if (session.opened !== opened) throw engineFailure('engine.still-reading');
    await session.findLater('contamination', this.#finding(), signal);
    session.emitDataset();
    return this.summary()!;
  }

  async #read(sources: OpenSource[], signal: AbortSignal): Promise<Other> {
    const { around, keeping } = this.#session;
    const stored = sources.every(({ kind }) => kind === 'stored');
    const files = stored ? await keeping.storedOther() : await sourceFiles(sources, around, signal);
    if (!files) throw engineFailure('engine.nothing-stored');
    const names = files.map(({ name }) => name);
    const dataset = new Dataset('against', names.join(', '));
    const pace = new Pace('against', around);
    try {
      const reading = () => pace.at(dataset.bytesRead, dataset.bytes);
      await readFiles(
        dataset,
        files,
        () => around.parquet(),
        () => breathe(signal),
        reading,
        signal,
      );
    } finally {
      pace.finish();
    }
    if (dataset.rows === 0) throw engineFailure('engine.no-records');
    return { dataset, names, files };
  }

  /** Both columns, from now on the dataset's. */
  async #measure(on: readonly string[], signal: AbortSignal): Promise<void> {
    const session = this.#session;
    const { table, mapping } = session.current;
    const { names } = this.#other!;
    const steps = AGAINST_COLUMNS.map((column) => ({ cut: { column } }));
    const recipe: Recipe = { siftbook: 1, seed: 0, against: { files: names, on: [...on] }, steps };
    const plan = compile(recipe, mapping);
    const [near, holds] = plan.sets as [AgainstNeed, OverlapNeed];
    session.remembered.compared([near.signature, holds.signature]);
    await session.ensure(recipe, plan, URGENT, signal);
    for (const need of plan.derived) table.setOfSet(need.column, table.measured.column(need), need.signature);
    this.#compared = { near, holds };
  }

  #matches(): { near: Matches; holds: Matches } | null {
    if (!this.#compared) return null;
    const { measured } = this.#session.current.table;
    const { near, holds } = this.#compared;
    return { near: measured.matches(near), holds: measured.matches(holds) };
  }

  #finding() {
    const { near, holds } = this.#matches()!;
    const { name } = this.#other!.dataset;
    return againstFinding({ name, similarity: near.value, share: holds.value, at: NEAR_DEFAULT.at, least: LEAKED });
  }

  /** What was found; null before. */
  summary(): AgainstSummary | null {
    const matches = this.#matches();
    if (!matches) return null;
    const { dataset, names } = this.#other!;
    const { on } = this.#compared!.near.other;
    const at = thresholds(NEAR_FLOOR);
    const matched = new Uint32Array(at.length);
    let reach = 0;
    for (const value of matches.near.value) {
      if (value !== value) continue;
      reach++;
      for (let k = 0; k < at.length && Math.fround(at[k]) <= value; k++) matched[k]++;
    }
    let holds = 0;
    for (const value of matches.holds.value) if (value >= Math.fround(LEAKED)) holds++;
    return { name: dataset.name, names, rows: dataset.rows, on: [...on], at, matched, reach, holds, least: LEAKED };
  }

  /** The matches themselves, the most alike first. */
  list({ kind, at, offset, limit }: AgainstQuery): { total: number; matches: AgainstMatch[] } {
    const known = this.#matches();
    if (!known) return { total: 0, matches: [] };
    const { near, holds } = this.#compared!;
    const other = this.#other!.dataset;
    const { dataset, mapping: own, table } = this.#session.current;
    const { value: values, match } = known[kind];
    const least = Math.fround(at);
    const places: number[] = [];
    for (let place = 0; place < values.length; place++) if (values[place] >= least) places.push(place);
    places.sort((a, b) => values[b] - values[a] || a - b);
    const whole = kind === 'near' ? near.other.on : holds.from.on;
    const there = this.#mapping();
    const matches = places.slice(offset, offset + limit).map((place) => {
      const twin = other.at(match[place]);
      return {
        place,
        key: place < table.rows ? table.measured.key(place) : '',
        value: values[place],
        text: textAt(dataset, own, whole, place),
        other: match[place],
        file: other.files[twin.batch.file]?.name ?? '',
        line: twin.batch.lines[twin.row],
        otherText: textAt(other, there, near.other.on, match[place]),
      };
    });
    return { total: places.length, matches };
  }

  /** The other file is let go of; a recipe that names it waits. */
  async forget(signal: AbortSignal): Promise<void> {
    if (!this.#other) return;
    const session = this.#session;
    const { table } = session.current;
    this.#other = null;
    this.#compared = null;
    session.remembered.compared([]);
    for (const column of AGAINST_COLUMNS) table.dropOfSet(column);
    table.measured.forgetMatches();
    session.tasks.follow(session.keeping.forgetOther());
    await session.findLater('contamination', null, signal);
    session.emitDataset();
  }
}

function textAt(dataset: Dataset, mapping: Mapping, on: readonly string[], place: number): string {
  const { batch, row } = dataset.at(place);
  return (textsOf(batch, mapping, on, row, row + 1)[0] ?? '').slice(0, TEXT);
}
