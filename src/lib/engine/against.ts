/** Records of the open dataset that another file has too: near-duplicates across, and its texts inside longer ones. */
import { bestMatch } from '$lib/duplicates/against';
import { LEAKED, OverlapIndex } from '$lib/duplicates/overlap';
import { textsOf } from '$lib/duplicates/texts';
import { recordFinding } from '$lib/health/records';
import type { Detected } from '$lib/health/types';
import { NEAR_DEFAULT, NEAR_FLOOR } from '$lib/recipe/alike';
import { Collector } from '$lib/recipe/collect';
import { compile, type TextNeed } from '$lib/recipe/plan';
import { see } from '$lib/recipe/sample';
import type { Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import type { ShingleSets } from '$lib/text/shingles';
import { Dataset } from './dataset';
import { thresholds } from './drag-target';
import { engineFailure } from './messages';
import { eachSlice, setWorker, SLICE } from './measuring';
import { readFiles, sourceFiles } from './opening';
import { Pace } from './pace';
import { NORMAL } from './pool';
import type { AgainstMatch, AgainstQuery, AgainstSummary, OpenSource } from './protocol';
import type { Session } from './session';
import { breathe } from './turns';

/** Longest text handed to the page. */
const TEXT = 4000;
/** Records looked through between two breaths. */
const BREATH = 100;

/** The other file, and how much of it every record is. */
interface Compared {
  other: Dataset;
  mapping: Mapping;
  on: readonly string[];
  /** Per record, its twin there and how alike the two are; NaN without text. */
  similarity: Float32Array;
  twin: Int32Array;
  /** Per record, the greatest share of a text there that stands in it; which text. */
  share: Float32Array;
  inside: Int32Array;
}

export class Against {
  readonly #session: Session;
  #compared: Compared | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Reads another file and compares every record as it came with it.
   * @throws Error where it cannot be read or holds no records, or while the dataset itself is being read
   */
  async compare(sources: OpenSource[], on: readonly string[], asked: AbortSignal): Promise<AgainstSummary> {
    const session = this.#session;
    const { dataset, table, mapping } = session.current;
    if (!dataset.complete || table.rows < dataset.rows) throw engineFailure('engine.still-reading');
    const { signal } = session.tasks.begin('against', asked);
    const pace = new Pace('against', session.around);
    try {
      pace.at(0, 1);
      const files = await sourceFiles(sources, session.around, signal);
      const other = new Dataset('against', files.map(({ name }) => name).join(', '));
      const reading = () => pace.at(other.bytes ? (0.2 * other.bytesRead) / other.bytes : 0, 1);
      await readFiles(
        other,
        files,
        () => session.around.parquet(),
        () => breathe(signal),
        reading,
        signal,
      );
      if (other.rows === 0) throw engineFailure('engine.no-records');
      const { mapping: there } = see(other.batches);
      const own = await this.#shingles(dataset, mapping, on, signal);
      pace.at(0.4, 1);
      const theirs = await this.#shingles(other, there, on, signal);
      const job = { kind: 'against', own, other: theirs, floor: NEAR_FLOOR } as const;
      const { similarity, match } = bestMatch(await setWorker(session.around, signal)(job));
      pace.at(0.7, 1);
      const overlap = await this.#overlap(
        dataset,
        mapping,
        { other, there, on },
        (share) => pace.at(0.7 + 0.3 * share, 1),
        signal,
      );
      if (session.current.dataset !== dataset) throw engineFailure('engine.still-reading');
      this.#compared = { other, mapping: there, on, similarity, twin: match, ...overlap };
      await session.findLater('contamination', this.#contamination(other.name), signal);
      return this.summary()!;
    } finally {
      pace.finish();
    }
  }

  /** Shingle sets of every record, made on the workers. */
  async #shingles(
    dataset: Dataset,
    mapping: Mapping,
    on: readonly string[],
    signal: AbortSignal,
  ): Promise<ShingleSets> {
    const session = this.#session;
    const recipe: Recipe = { siftbook: 1, seed: 0, steps: [{ near: { on: [...on], at: 1 } }] };
    const plan = compile(recipe, mapping);
    const need = plan.sets[0].from as TextNeed;
    const needs = { columns: [], groups: [], classes: [], texts: [need] };
    const collector = new Collector({ stages: plan.stages, ...needs });
    await eachSlice(session.pool, dataset.slices(0, SLICE), NORMAL, signal, async (api, batch) =>
      collector.add(await api.needs(batch, mapping, recipe, needs)),
    );
    return collector.finish().takeText(need) as ShingleSets;
  }

  /** The other file's texts inside these records, whichever part they stand in. */
  async #overlap(
    dataset: Dataset,
    mapping: Mapping,
    { other, there, on }: { other: Dataset; there: Mapping; on: readonly string[] },
    progress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Pick<Compared, 'share' | 'inside'>> {
    const references: (string | null)[] = [];
    for (const batch of other.batches) {
      references.push(...textsOf(batch, there, on));
      await breathe(signal);
    }
    const index = new OverlapIndex(references);
    const whole = [...new Set([...on, 'prompt', 'response', 'system'])];
    const share = new Float32Array(dataset.rows);
    const inside = new Int32Array(dataset.rows).fill(-1);
    for (const { batch, from, to } of dataset.slices(0, BREATH)) {
      const found = index.find(textsOf(batch, mapping, whole, from, to));
      share.set(found.share, batch.first + from);
      inside.set(found.match, batch.first + from);
      progress((batch.first + to) / dataset.rows);
      await breathe(signal);
    }
    return { share, inside };
  }

  /** Records that the other file has, or that hold a text of it. Nothing in a recipe cures it: a recipe names no other files. */
  #contamination(name: string): Detected | null {
    const { similarity, share } = this.#compared!;
    const least = Math.fround(NEAR_DEFAULT.at);
    const places = Uint8Array.from(similarity, (value, place) => (value >= least || share[place] >= LEAKED ? 1 : 0));
    const finding = recordFinding({ id: 'contamination', severity: 2, places, cut: null, detail: { name } });
    return finding.count > 0 ? finding : null;
  }

  /** What was found; null before. */
  summary(): AgainstSummary | null {
    if (!this.#compared) return null;
    const { other, on, similarity, share } = this.#compared;
    const at = thresholds(NEAR_FLOOR);
    const matched = new Uint32Array(at.length);
    let reach = 0;
    for (const value of similarity) {
      if (value !== value) continue;
      reach++;
      for (let k = 0; k < at.length && Math.fround(at[k]) <= value; k++) matched[k]++;
    }
    let holds = 0;
    for (const value of share) if (value >= LEAKED) holds++;
    return { name: other.name, rows: other.rows, on: [...on], at, matched, reach, holds, least: LEAKED };
  }

  /** The matches themselves, the most alike first. */
  list({ kind, at, offset, limit }: AgainstQuery): { total: number; matches: AgainstMatch[] } {
    if (!this.#compared) return { total: 0, matches: [] };
    const { other, mapping, on, similarity, twin, share, inside } = this.#compared;
    const { dataset, mapping: own, table } = this.#session.current;
    const [values, match] = kind === 'near' ? [similarity, twin] : [share, inside];
    const least = Math.fround(kind === 'near' ? at : LEAKED);
    const places: number[] = [];
    for (let place = 0; place < values.length; place++) if (values[place] >= least) places.push(place);
    places.sort((a, b) => values[b] - values[a] || a - b);
    const whole = kind === 'near' ? on : [...new Set([...on, 'prompt', 'response', 'system'])];
    const matches = places.slice(offset, offset + limit).map((place) => {
      const there = other.at(match[place]);
      return {
        place,
        key: place < table.rows ? table.measured.key(place) : '',
        value: values[place],
        text: textAt(dataset, own, whole, place),
        other: match[place],
        file: other.files[there.batch.file]?.name ?? '',
        line: there.batch.lines[there.row],
        otherText: textAt(other, mapping, on, match[place]),
      };
    });
    return { total: places.length, matches };
  }

  /** The other file is let go of. */
  async forget(signal: AbortSignal): Promise<void> {
    if (!this.#compared) return;
    this.#compared = null;
    await this.#session.findLater('contamination', null, signal);
  }
}

function textAt(dataset: Dataset, mapping: Mapping, on: readonly string[], place: number): string {
  const { batch, row } = dataset.at(place);
  return (textsOf(batch, mapping, on, row, row + 1)[0] ?? '').slice(0, TEXT);
}
