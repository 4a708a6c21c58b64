import type { Detected, HealthSet } from './types';

/** A 0/1 column that is a finding where it is 1. */
export interface Flag {
  /** The column's id (`empty_response`). */
  id: string;
  severity: 1 | 2 | 3;
}

/** Faults that a rewrite of the text cures without losing the record. */
const STRIP = {
  'control-characters': ['control', 'zero-width', 'bidi'],
  html: ['html'],
} as const;

/** The first three places that are 1. */
export function firstPlaces(places: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let place = 0; place < places.length && found.length < 3; place++) if (places[place] >= 1) found.push(place);
  return found;
}

/** How many places are 1, of all or of those kept. */
export function countPlaces(places: ArrayLike<number>, kept: Uint8Array | null = null): number {
  let count = 0;
  for (let place = 0; place < places.length; place++) if (places[place] >= 1 && (!kept || kept[place])) count++;
  return count;
}

/** A finding whose count is that of its records. */
export function recordFinding(
  part: Pick<Detected, 'id' | 'severity' | 'cut' | 'places'> & { detail?: Detected['detail'] },
  count = countPlaces(part.places),
): Detected {
  const { places } = part;
  return {
    detail: {},
    ...part,
    count,
    examples: firstPlaces(places),
    remainingOf: (kept) => countPlaces(places, kept),
  };
}

/** Findings that single records have: those flags that are 1 somewhere. */
export function recordFindings(set: HealthSet, flags: readonly Flag[]): Detected[] {
  return flags.flatMap(({ id: column, severity }) => {
    const values = set.column(column);
    const count = values ? countPlaces(values) : 0;
    if (values === null || count === 0) return [];
    const places = Uint8Array.from(values, (value) => (value >= 1 ? 1 : 0));
    const id = column.replaceAll('_', '-');
    if (id === 'secret')
      return [recordFinding({ id, severity, places, cut: { redact: { kinds: ['secret'] } } }, count)];
    const strip = Object.hasOwn(STRIP, id) ? [...STRIP[id as keyof typeof STRIP]] : null;
    return [
      recordFinding(
        { id, severity, places, cut: strip ? { normalise: { strip } } : { cut: { column, max: 0 } } },
        count,
      ),
    ];
  });
}

/** Records with personal data of any kind, with the kinds to redact. `columns` are the `pii_…` columns there are. */
export function personalData(set: HealthSet, columns: readonly string[]): Detected[] {
  const places = new Uint8Array(set.rows);
  const counts: [kind: string, count: number][] = [];
  for (const column of columns) {
    const values = set.column(column);
    if (values === null) continue;
    let count = 0;
    for (let place = 0; place < values.length; place++)
      if (values[place] >= 1) {
        places[place] = 1;
        count++;
      }
    if (count > 0) counts.push([column.slice('pii_'.length).replaceAll('_', '-'), count]);
  }
  if (counts.length === 0) return [];
  const detail = { kinds: counts.map(([kind, count]) => `${kind} ${count}`).join(', ') };
  const cut = { redact: { kinds: counts.map(([kind]) => kind) } };
  return [recordFinding({ id: 'personal-data', severity: 3, places, cut, detail })];
}
