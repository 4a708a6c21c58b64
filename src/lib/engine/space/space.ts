/** The place of every record among the others: vectors, neighbours, clusters, the map; of one dataset under one choice of model. */
import type { Clusters } from '$lib/clusters/kmeans';
import type { DistinctNeighbours } from '$lib/clusters/neighbours';
import { nearest, rank, rocchio } from '$lib/clusters/search';
import { suitedThreshold } from '$lib/clusters/suited';
import { holdsVectors } from '$lib/embedding/field';
import type { Vectors } from '$lib/embedding/types';
import { MEANING_PREFIX } from '$lib/recipe/alike';
import { decide } from '$lib/recipe/decide';
import { phraseVector } from '$lib/recipe/sets';
import { compile, type ClustersNeed, type ColumnNeed, type Stage, type VectorsNeed } from '$lib/recipe/plan';
import type { AlikeStep, Recipe } from '$lib/recipe/types';
import { loadPersonal } from '$lib/text/personal';
import type { Range } from '$lib/columns/types';
import type { Placed } from '../diversity/samples';
import { setWorker } from '../measuring';
import { judgeablePlan, keptBytes } from '../judge';
import { alikeAt, alikeStepOf, withAlike } from '../drag-target';
import { clustersOf, queriedCategory, spaceRecipe } from '../needs';
import { CLASSES } from '$lib/clusters/map';
import { MapView, type MapColour, type MapLegend } from '../map';
import { engineFailure } from '../messages';
import { NORMAL } from '../pool';
import type { ColourBy, KeptVectors, ModelRequest, NamedLegend, Nearest, SpaceSummary } from '../protocol';
import type { Session } from '../session';
import type { EmbedFigures } from '../embedding/embed-all';
import { Embedding } from './embedding';
import { clusterCentres, clusterColours, clusterMeans, groupsOf, termsOf, topLabels } from './names';
import { axes, Sketch } from './sketch';
import { embeddedText } from './texts';

/** Clusters that are named and listed at most: the largest. */
const DESCRIBED = 200;

/** Columns that follow from vectors, as far as the data has what they ask for. */
const COLUMNS = ['outlier_distance', 'neighbour_disagreement', 'cluster'];

export class Space {
  readonly #session: Session;
  readonly embedding: Embedding;
  readonly map = new MapView();
  /** The first map while it grows; later ones are shown when they are done. */
  sketch: MapView | null = null;
  #summary: SpaceSummary | null = null;
  /** Clusters that the summary is of. */
  #described: ClustersNeed | null = null;
  /** Vectors that the map was drawn of. */
  #drawn: VectorsNeed | null = null;
  #figures: EmbedFigures | null = null;
  #holds: string[] = [];
  #places: { x: Float32Array; y: Float32Array } | null = null;
  #colour: ColourBy = null;
  /** What the hand holds while the map does not follow it yet. */
  #held: string | null = null;
  /** Does the handle in hand drop what lies at it? */
  #below = false;

  constructor(session: Session) {
    this.#session = session;
    this.embedding = new Embedding(session.around);
  }

  /** The vectors that the map was drawn of; null before. */
  get vectors(): Placed | null {
    const need = this.#drawn;
    return need && { need, vectors: this.#session.current.table.measured.vectors(need) };
  }

  get summary(): SpaceSummary | null {
    return this.#summary;
  }

  /** Everything that follows from vectors, by the current recipe's `embedding`. What is known already is not made again. */
  async make(request: ModelRequest | null, asked: AbortSignal): Promise<SpaceSummary> {
    const session = this.#session;
    const opened = session.current;
    const { dataset, table, mapping } = opened;
    if (!dataset.complete || table.rows < dataset.rows) throw engineFailure('engine.still-reading');
    const stop = session.tasks.begin('embed', asked);
    for (const task of ['neighbours', 'clusters', 'project'] as const) session.tasks.set(task, stop);
    const { signal } = stop;
    const measured = table.measured;
    const recipe = spaceRecipe(session.recipe, this.#columns());
    const plan = compile(recipe, mapping);
    const clusters = plan.sets.find((need): need is ClustersNeed => need.kind === 'clusters')!;
    const { from } = clusters;
    // What the map stands for now is kept, too, until there is another one.
    const wanted = [...plan.sets, from].map(({ signature }) => signature);
    session.remembered.hold([...this.#holds, ...wanted]);
    if (request?.spec.id === from.model) this.embedding.choose(request);
    if (from.terms === null && !measured.has(from)) {
      if (request?.spec.id !== from.model) throw engineFailure('engine.other-model', { model: from.model });
      const what = { on: from.on, stage: plan.stages[from.stage] };
      const { vectors, figures } = await this.embedding.all(opened, what, request, signal);
      measured.setVectors(from.signature, vectors);
      this.#figures = figures;
    } else if (from.terms !== null) this.#figures = null;
    await session.ensure(recipe, plan, NORMAL, signal);
    // A recipe that fixes the number found asks for the same clusters.
    const found = measured.clusters(clusters);
    const named = { ...recipe, embedding: { ...recipe.embedding, clusters: found.k } };
    const fixed = clusters.at === null ? clustersOf(named, mapping) : clusters;
    if (!measured.has(fixed)) measured.setClusters(fixed.signature, found);
    this.#holds = [...wanted, fixed.signature];
    session.remembered.hold(this.#holds);
    if (this.#drawn?.signature !== from.signature) {
      const vectors = measured.vectors(from);
      const near = plan.sets.find((need) => need.kind === 'neighbours');
      const flat = await this.#drawing(vectors, near ? measured.neighbours(near).distinct : null, signal);
      const { x, y } = axes(flat);
      this.#places = { x, y };
      this.map.setPoints(x, y);
      this.#drawn = from;
    }
    await this.#describe(plan.derived, clusters, plan.stages[from.stage], signal);
    for (const need of plan.derived) table.setOfSet(need.column, measured.column(need), need.signature);
    this.judged();
    this.#paint();
    await session.refresh(signal);
    session.emitDataset();
    session.semantic.begin();
    return this.#summary!;
  }

  /** Places of the map; the first one can be looked at while it grows. */
  async #drawing(vectors: Vectors, near: DistinctNeighbours | null, signal: AbortSignal): Promise<Float32Array> {
    const { around } = this.#session;
    const work = setWorker(around, signal);
    if (this.#summary) return work({ kind: 'project', vectors, near });
    const sketch = new Sketch();
    try {
      return await work({ kind: 'project', vectors, near }, (places) => {
        const bounds = sketch.grow(places);
        this.sketch = sketch.map;
        if (bounds) around.emit('embedding', { sketch: { bounds } });
      });
    } finally {
      this.sketch = null;
      around.emit('embedding', { sketch: null });
    }
  }

  /** Vectors by a model for a step that compares records, of their texts as that step finds them. */
  async embedFor(step: AlikeStep, request: ModelRequest, asked: AbortSignal): Promise<void> {
    const session = this.#session;
    const opened = session.current;
    const { recipe, at } = withAlike(session.recipe, step);
    const plan = compile({ ...recipe, steps: recipe.steps.slice(0, at + 1) }, opened.mapping);
    const pairs = plan.steps[at].judge?.alike?.pairs;
    if (!pairs || 'shingles' in pairs.from || pairs.from.terms) return;
    const { from } = pairs;
    if (request.spec.id !== from.model) throw engineFailure('engine.other-model', { model: from.model });
    const { measured } = opened.table;
    const { signal } = session.tasks.begin('embed', asked);
    session.remembered.question(pairs.signature);
    session.remembered.question(from.signature);
    if (!measured.has(from)) {
      const what = { on: from.on, stage: plan.stages[from.stage] };
      const { vectors } = await this.embedding.all(opened, what, request, signal);
      measured.setVectors(from.signature, vectors);
    }
    await session.refresh(signal);
  }

  /** How many of the texts were embedded before by this model, as far as the private file system has them. */
  kept(
    on: readonly string[],
    request: Pick<ModelRequest, 'spec' | 'dtype'>,
    signal: AbortSignal,
  ): Promise<KeptVectors> {
    const { recipe, current } = this.#session;
    const embedding = { model: request.spec.id, on: [...on] };
    const plan = compile(spaceRecipe({ ...recipe, embedding }), current.mapping);
    const { from } = plan.sets.find((need): need is ClustersNeed => need.kind === 'clusters')!;
    return this.embedding.kept(current, { on, stage: plan.stages[from.stage] }, request, signal);
  }

  /** Fields of the file that hold vectors. */
  vectorFields(): string[] {
    const { dataset } = this.#session.current;
    const first = dataset.batches[0];
    if (!first) return [];
    return [...dataset.fields.keys()].filter((name) => holdsVectors(first, name));
  }

  #columns(): string[] {
    const labelled = this.#session.current.table.health.labels !== null;
    return COLUMNS.filter((column) => column !== 'neighbour_disagreement' || labelled);
  }

  async #describe(
    derived: readonly ColumnNeed[],
    need: ClustersNeed,
    stage: Stage,
    signal: AbortSignal,
  ): Promise<void> {
    const { dataset, mapping, table } = this.#session.current;
    const all = table.measured.clusters(need);
    const found = largest(all, DESCRIBED);
    const { model, on } = need.from;
    const groups = groupsOf(found);
    if (stage.rewrites.length > 0) await loadPersonal();
    const textOf = (place: number) => embeddedText(dataset, mapping, place, on, stage);
    const terms = await termsOf(found, groups, textOf, signal);
    const labels = topLabels(found, table.health.labels);
    const { x, y } = this.#places!;
    const centres = clusterCentres(found, x, y);
    const outliers = derived.find(({ column }) => column === 'outlier_distance')!;
    const near = outliers.derived?.from === 'outliers' ? outliers.derived.neighbours : null;
    const colours = clusterColours(centres, CLASSES);
    const spread = clusterMeans(found, table.measured.column(outliers));
    const score = mapping.scores.length > 0 ? clusterMeans(found, table.base(`field:${mapping.scores[0]}`)) : null;
    this.#described = need;
    this.#summary = {
      model,
      on,
      rows: dataset.rows,
      placed: this.map.size.placed,
      dim: table.measured.vectors(need.from).dim,
      figures: this.#figures,
      bounds: this.map.bounds(),
      signature: need.from.signature,
      k: all.k,
      at: need.at,
      suggested: need.k === null && need.at === null,
      tight: near ? suitedThreshold(table.measured.neighbours(near), 0.05, 1) : null,
      more: { clusters: all.count - found.count, records: recordsIn(all) - recordsIn(found) },
      alone: all.ids.length - recordsIn(all),
      groups: terms.groups.map((words, group) => ({
        terms: words,
        size: found.sizes.reduce((sum, size, cluster) => sum + (groups![cluster] === group ? size : 0), 0),
      })),
      clusters: terms.clusters.map((words, cluster) => ({
        id: String(cluster + 1),
        terms: words,
        size: found.sizes[cluster],
        ...centres[cluster],
        colour: colours[cluster],
        group: groups?.[cluster] ?? 0,
        label: labels[cluster],
        spread: spread[cluster],
        quality: score && !Number.isNaN(score[cluster]) ? score[cluster] : null,
      })),
    };
  }

  // ---- the map ----

  /** The recipe was judged anew. */
  judged(): void {
    const { judged } = this.#session.current;
    if (!this.#places || judged?.rows !== this.#places.x.length) return;
    this.map.setKept(keptBytes(judged.decision));
    if (this.#colour === 'fate' || this.#colour === 'split') this.#paint();
  }

  /** A handle was taken: the map follows it from the first picture on that is asked for with it. */
  beginDrag(id: string): void {
    this.#held = id;
  }

  /** The handle stands here now. */
  moveDrag({ min, max }: Range): void {
    if (this.#held !== null) this.#follow(this.#held);
    this.#held = null;
    this.map.moveDrag(min, this.#below && max !== undefined ? justBelow(max) : max);
  }

  /** Nothing is held any more. */
  endDrag(): void {
    this.#held = null;
    this.map.cancelDrag();
  }

  /** These records alone stand out, a byte a record; null: none in particular. */
  part(part: Uint8Array | null): void {
    if (this.#places && (!part || part.length === this.#places.x.length)) this.map.setPart(part);
  }

  #follow(id: string): void {
    const { judged, mapping } = this.#session.current;
    if (!this.#places || !judged) return;
    const { recipe, measured } = judged;
    const step = alikeStepOf(id);
    const at = step ? withAlike(recipe, step) : null;
    const without = at
      ? at.inserted
        ? -1
        : at.at
      : recipe.steps.findIndex((one) => 'cut' in one && one.cut.column === id);
    const rest = { ...recipe, steps: recipe.steps.filter((_, i) => i !== without) };
    this.#below = step !== null;
    const values = step ? alikeAt(this.#session.current, recipe, step) : this.#session.shownColumn(id);
    this.map.beginDrag(values, keptBytes(decide(judgeablePlan(rest, mapping, measured), measured)));
  }

  /** Colours the map; what the colours mean. */
  colour(by: ColourBy): NamedLegend {
    this.#colour = by;
    return this.#paint();
  }

  #paint(): NamedLegend {
    const by = this.#colour;
    const classes = by === null ? null : this.#classesOf(by);
    const colour: MapColour = classes
      ? { by: 'category', ...classes }
      : by && by.startsWith('column:')
        ? this.#byColumn(by.slice('column:'.length))
        : null;
    const legend: MapLegend = this.map.setColour(colour);
    return { legend, names: classes?.names ?? [] };
  }

  #byColumn(id: string): MapColour {
    const values = this.#session.shownColumn(id);
    const { scale } = this.#session.current.charts.distributions.get(id) ?? {};
    return { by: 'column', values, scale: scale?.scale ?? 'linear' };
  }

  #classesOf(by: string): { codes: Int32Array; names: string[]; dropped?: number[] } | null {
    const { judged, table, mapping } = this.#session.current;
    if (by === 'fate' || by === 'split') {
      if (!judged) return null;
      const { fate, split } = judged.decision;
      if (by === 'split')
        return {
          codes: Int32Array.from(split, (one) => (one === 255 ? -1 : one)),
          names: ['train', 'validation', 'test'],
          dropped: [],
        };
      const steps = judged.recipe.steps.length;
      const names = ['kept', ...judged.recipe.steps.map((_, i) => `step:${i}`)];
      const codes = Int32Array.from(fate, (one) => (one < steps ? one + 1 : 0));
      return { codes, names, dropped: names.slice(1).map((_, i) => i + 1) };
    }
    if (!by.startsWith('category:')) return null;
    const name = by.slice('category:'.length);
    // The map's own clusters, though the recipe may ask for others by now.
    if (name === 'cluster' && this.#summary && this.#described && table.measured.has(this.#described)) {
      const colours = this.#summary.clusters.map(({ colour }) => colour);
      const { ids } = table.measured.clusters(this.#described);
      return { codes: Int32Array.from(ids, (id) => colours[id] ?? -1), names: [] };
    }
    const need = queriedCategory(name, mapping, this.#session.recipe);
    if (!table.measured.has(need) && !table.offerClasses(need)) return null;
    const level = /^label:([1-9]\d*)$/.exec(name);
    const merges = need.by === 'label' ? (judged?.plan.merges ?? []) : [];
    return table.measured.classes({ ...need, level: level ? Number(level[1]) : null, merges });
  }

  // ---- search ----

  /** A column of distances to a phrase, and the records nearest to it; an empty phrase takes such columns away. */
  async search(phrase: string, limit: number, asked: AbortSignal): Promise<Nearest> {
    const session = this.#session;
    const { table, mapping } = session.current;
    const column = MEANING_PREFIX + phrase;
    if (phrase.trim() === '') {
      this.#dropPhrases(null);
      await session.refresh(asked);
      session.emitDataset();
      return { column: null, records: [] };
    }
    const recipe: Recipe = spaceRecipe(session.recipe, [column]);
    const plan = compile(recipe, mapping);
    session.remembered.question(plan.sets[0].signature);
    await session.ensure(recipe, plan, NORMAL, asked);
    if (!table.measured.has(plan.sets[0])) throw engineFailure('engine.no-vectors');
    const distances = table.measured.column(plan.derived[0]);
    this.#dropPhrases(column);
    table.setOfSet(column, distances, plan.derived[0].signature);
    await session.refresh(asked);
    session.emitDataset();
    const places = [...nearest(distances, limit)];
    return { column, records: places.map((place) => ({ place, distance: distances[place] })) };
  }

  /** Distances to phrases go, but those that the recipe cuts by, and `stays`. */
  #dropPhrases(stays: string | null): void {
    const { table } = this.#session.current;
    for (const id of table.ids.filter((id) => id.startsWith(MEANING_PREFIX) && id !== stays)) {
      const cut = this.#session.recipe.steps.some((step) => 'cut' in step && step.cut.column === id);
      if (!cut) table.dropOfSet(id);
    }
  }

  /** The records nearest to those liked (and to the phrase) and far from those disliked; the marked ones are left out. */
  async like(
    liked: readonly number[],
    disliked: readonly number[],
    limit: number,
    phrase: string | null,
    asked: AbortSignal,
  ): Promise<Nearest> {
    const need = this.#drawn;
    if (!need) throw engineFailure('engine.no-vectors');
    const { measured } = this.#session.current.table;
    const vectors = measured.vectors(need);
    const work = setWorker(this.#session.around, asked);
    const asking = phrase === null ? null : await phraseVector({ from: need, phrase }, measured, work);
    const query = rocchio(vectors, liked, disliked, asking && unit(asking));
    const distances = rank(vectors, query);
    for (const place of [...liked, ...disliked]) distances[place] = NaN;
    const places = [...nearest(distances, limit)];
    return { column: null, records: places.map((place) => ({ place, distance: distances[place] })) };
  }

  /** Gives everything back. */
  end(): void {
    this.embedding.end();
  }
}

/** The largest clusters alone; the records of all others are in none. */
function largest(found: Clusters, most: number): Clusters {
  if (found.count <= most) return found;
  const { ids, sizes, centroids, count } = found;
  return {
    ...found,
    count: most,
    ids: ids.map((id) => (id < most ? id : -1)),
    sizes: sizes.slice(0, most),
    centroids: centroids.subarray(0, (centroids.length / count) * most),
  };
}

const recordsIn = ({ sizes }: Clusters) => sizes.reduce((sum, size) => sum + size, 0);

/** Of unit length; zeros stay. */
function unit(vector: Float32Array): Float32Array {
  let square = 0;
  for (const value of vector) square += value * value;
  return square === 0 ? vector : vector.map((value) => value / Math.sqrt(square));
}

/** The greatest float32 below a positive one. */
function justBelow(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  bits[0]--;
  return new Float32Array(bits.buffer)[0];
}
