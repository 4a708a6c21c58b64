import { cheapColumns, columns } from '$lib/columns/index';
import { loadColumns, measureViews, spansOf } from '$lib/columns/measure';
import { blobSource, read } from '$lib/formats';
import { HealthCollector } from '$lib/health/collector';
import { detect } from '$lib/health/findings';
import { measureHealth } from '$lib/health/measures';
import { detectMapping } from '$lib/record/detect';
import type { View } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { loadHash } from '$lib/text/hash';
import type { Fault } from '../../datasets/generate/card-service';

export interface Score {
  planted: number;
  found: number;
  recall: number;
  precision: number;
}

/** Found by later work (similarity). */
const later = new Set(['near-duplicates']);
/** Planted under a column's name rather than a finding's. */
const byColumn: Record<string, string[]> = { 'flagged-words': ['flagged_words', 'prompt_flagged_words'] };

function score(planted: Set<unknown>, detected: Set<unknown>): Score {
  let both = 0;
  for (const item of planted) if (detected.has(item)) both++;
  return {
    planted: planted.size,
    found: detected.size,
    recall: both / planted.size,
    precision: detected.size ? both / detected.size : 0,
  };
}

/** Reads a demo set as the program does and scores every detector against the key of its planted faults, by record; spans by their ends. */
export async function scores(bytes: Uint8Array<ArrayBuffer>, key: Fault[]): Promise<Record<string, Score>> {
  const views: View[] = [];
  const found = new Map<string, Set<number>>();
  const personal = new Map<string, Set<string>>();
  const hash = await loadHash();
  await loadColumns();
  const flags = columns.filter(({ severity }) => severity).map(({ id, severity }) => ({ id, severity: severity! }));
  const pii = columns.filter(({ id }) => id.startsWith('pii_')).map(({ id }) => id);
  const ids = cheapColumns.filter(({ measure }) => measure).map(({ id }) => id);
  let collector: HealthCollector | null = null;
  let mapping: ReturnType<typeof detectMapping> | null = null;
  for await (const { batch } of read(blobSource(new Blob([bytes]), 'card-service-zh.jsonl'))) {
    if (!batch) continue;
    mapping ??= detectMapping([batch]);
    collector ??= new HealthCollector(
      mapping,
      flags.map(({ id }) => id),
    );
    const own: View[] = [];
    for (let row = 0; row < batch.rows; row++) own.push(viewOf(batch, row, mapping));
    views.push(...own);
    const measured = measureViews(own, ids);
    collector.add(measureHealth(batch, mapping, own, Object.fromEntries(ids.map((id, i) => [id, measured[i]])), hash));
  }
  const add = (id: string, places: ArrayLike<number>) => {
    const set = found.get(id) ?? new Set();
    for (let place = 0; place < places.length; place++) if (places[place] > 0) set.add(place);
    found.set(id, set);
  };
  for (const { id, places } of detect(collector!, flags, pii)) add(id, places);
  for (const [id, ids] of Object.entries(byColumn)) for (const column of ids) add(id, collector!.column(column)!);
  views.forEach((view, place) => {
    for (const { kind, field, start, end } of spansOf(view, pii)) {
      if (!personal.has(kind)) personal.set(kind, new Set());
      personal.get(kind)!.add(`${place} ${field} ${start} ${end}`);
    }
  });

  const table: Record<string, Score> = {};
  for (const id of new Set(key.map((fault) => fault.id))) {
    if (later.has(id)) continue;
    // Drift is a property of a label: which records stand for it is a matter of where its windows lie.
    const unit = (place: number) => (id === 'drift' ? views[place].label!.join('/') : place);
    table[id] = score(
      new Set(key.filter((fault) => fault.id === id).map(({ place }) => unit(place))),
      new Set([...(found.get(id) ?? [])].map(unit)),
    );
    if (id === 'drift')
      table['drift, by record'] = score(
        new Set(key.filter((fault) => fault.id === id).map(({ place }) => place)),
        found.get(id) ?? new Set(),
      );
  }
  for (const kind of new Set(key.flatMap(({ span }) => (span ? [span.kind] : [])))) {
    const spans = key.filter(({ span }) => span?.kind === kind);
    table[`span ${kind}`] = score(
      new Set(spans.map(({ place, span }) => `${place} ${span!.field} ${span!.start} ${span!.end}`)),
      personal.get(kind) ?? new Set(),
    );
  }
  return table;
}
