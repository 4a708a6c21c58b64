import { UsageError } from './errors';

/** Places asked for: `0,5-9` or `all`. */
export interface Places {
  has(place: number): boolean;
  /** The last place asked for; Infinity for all. */
  last: number;
}

/** @throws UsageError where the text is no list of places */
export function parsePlaces(given: string): Places {
  if (given.trim() === 'all') return { has: () => true, last: Infinity };
  const ranges = given.split(',').map((part): [number, number] => {
    const [, from, to] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? [];
    if (from === undefined) throw new UsageError(`--places ${given}: expected places from 0, such as 0,5-9, or all.`);
    const range: [number, number] = [Number(from), Number(to ?? from)];
    if (range[0] > range[1]) throw new UsageError(`--places ${given}: ${part.trim()} is turned round.`);
    return range;
  });
  ranges.sort((a, b) => a[0] - b[0]);
  return {
    has: (place) => ranges.some(([from, to]) => place >= from && place <= to),
    last: Math.max(...ranges.map(([, to]) => to)),
  };
}
