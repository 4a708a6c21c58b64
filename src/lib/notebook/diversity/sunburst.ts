import type { Branch } from '$lib/engine/protocol';

/** A piece of a ring; angles in turns from the top, clockwise. */
export interface Segment {
  id: string;
  /** Verb, or verb and object; null for the rarer ones together. */
  path: string[] | null;
  ring: number;
  from: number;
  to: number;
  /** Null for the rarer ones. */
  label: string | null;
  /** How many the rarer ones are. */
  others: number;
  before: number;
  after: number;
  /** Ids of the segment inside it and of the first and last outside it; empty where there is none. */
  parent: string;
  children: string[];
}

/** Part of the turn that the rarer ones of the first ring take at most: there may be thousands, of which none is shown. */
const REST = 0.25;

/**
 * Places branches in rings: each takes the share of the turn that it has of all records *before* the recipe, so that nothing
 * moves when a cut does; the rarer ones of the first ring take no more than a quarter of it. Below a branch its children stand one after the other, and what they leave over stays empty.
 */
export function sunburst(branches: readonly Branch[]): Segment[] {
  const sum = (rare: boolean) =>
    branches.reduce((all, { label, before }) => ((label === null) === rare ? all + before : all), 0);
  const named = sum(false);
  const most = named > 0 ? (named * REST) / (1 - REST) : Infinity;
  const total = named + Math.min(sum(true), most);
  const out: Segment[] = [];
  const place = (list: readonly Branch[], above: Segment | null, start: number): void => {
    let at = start;
    for (const { label, before, after, others = 0, children } of list) {
      if (before === 0) continue;
      const width = above === null && label === null ? Math.min(before, most) : before;
      const known = above === null || above.path !== null;
      const path = label === null || !known ? null : [...(above?.path ?? []), label];
      const segment: Segment = {
        id: `${above ? `${above.id}/` : ''}${label ?? '…'}`,
        path,
        ring: above ? above.ring + 1 : 0,
        from: at / total,
        to: (at + width) / total,
        label,
        others,
        before,
        after,
        parent: above?.id ?? '',
        children: [],
      };
      above?.children.push(segment.id);
      out.push(segment);
      place(children, segment, at);
      at += width;
    }
  };
  place(branches, null, 0);
  return out;
}

const point = (radius: number, turn: number) => {
  const angle = turn * 2 * Math.PI;
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return `${rounded(radius * Math.sin(angle))} ${rounded(-radius * Math.cos(angle))}`;
};

/** Path of a piece of a ring around the origin. */
export function arc(from: number, to: number, inner: number, outer: number): string {
  if (outer <= inner || to <= from) return '';
  // An arc of a whole turn ends where it begins and would be none.
  if (to - from > 0.9999) return `${arc(from, from + 0.5, inner, outer)}${arc(from + 0.5, from + 1, inner, outer)}`;
  const large = to - from > 0.5 ? 1 : 0;
  return (
    `M${point(outer, from)}A${outer} ${outer} 0 ${large} 1 ${point(outer, to)}` +
    `L${point(inner, to)}A${inner} ${inner} 0 ${large} 0 ${point(inner, from)}Z`
  );
}

const WIDE = /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]/u;

/** About how long a text is, in its font's size. */
export function textLength(text: string): number {
  let sum = 0;
  for (const sign of text) sum += WIDE.test(sign) ? 1 : 0.55;
  return sum;
}

/** As much of a text as has room, an ellipsis where it is cut; null where fewer than two signs would be left. */
export function fitted(text: string, room: number): string | null {
  if (textLength(text) <= room) return text;
  let out = '';
  for (const sign of text) {
    if (textLength(out + sign) + 0.8 > room) break;
    out += sign;
  }
  return [...out].length < 2 ? null : `${out}…`;
}

/** A label along the radius, never upside down; null where the segment is too narrow for `size`. */
export function radialLabel(
  { from, to }: Pick<Segment, 'from' | 'to'>,
  text: string,
  inner: number,
  outer: number,
  size: number,
): { text: string; transform: string } | null {
  const radius = (inner + outer) / 2;
  if ((to - from) * 2 * Math.PI * radius < size * 1.05) return null;
  const shown = fitted(text, (outer - inner - 7) / size);
  if (shown === null) return null;
  const middle = (from + to) / 2;
  const turn = middle * 360 - 90;
  const flip = middle > 0.5 ? 180 : 0;
  const [x, y] = point(radius, middle).split(' ');
  return { text: shown, transform: `translate(${x} ${y}) rotate(${(turn + flip).toFixed(1)})` };
}
