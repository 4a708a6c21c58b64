import type { RecordQuery } from '$lib/engine/protocol';

/** `line`: on both sides of a cut; `changed`: a text step's before and after. */
export type Tab = 'line' | 'changed' | 'all' | 'dropped' | 'kept';

/** What is pointed at: it narrows the inspector and mutes what does not belong to it. */
export interface Focus {
  query: Pick<RecordQuery, 'step' | 'fate' | 'column' | 'category' | 'finding' | 'instruction' | 'places' | 'marked'>;
  /** In words, for the inspector's head; asked for in whichever language the page has then. */
  title: () => string;
  /** A cut's end: the inspector then shows the records on the line. */
  line?: { column: string; at: number; side: 'min' | 'max' };
  /** A text step: the inspector then shows what it changes. */
  preview?: number;
}

/** Does it mean some of the records? A cut's line or a whole column means them all. */
export function narrows({ query, line }: Focus): boolean {
  const { step, fate, column, category, finding, instruction, places, marked } = query;
  if (line) return false;
  const part = column && (column.min !== undefined || column.max !== undefined);
  return (
    step !== undefined ||
    fate !== undefined ||
    !!part ||
    !!marked ||
    !!instruction ||
    !!category ||
    finding !== undefined ||
    places !== undefined
  );
}

/** The tab to open for what is pointed at, from the one that is open. */
export function tabFor(focus: Focus | null, open: Tab): Tab {
  if (focus?.line) return 'line';
  if (focus?.preview !== undefined) return 'changed';
  return open === 'line' || open === 'changed' ? 'all' : open;
}

/** Does it mean a class that is not there any more (merged, or renamed)? `names` gives the classes there are now. */
export function isGone({ query }: Focus, names: (by: string) => readonly string[] | null): boolean {
  const now = query.category && names(query.category.by);
  return !!now && !now.includes(query.category!.name);
}

/** What is pointed at after the recipe's steps changed places; `now` says where a step stands, null that it is gone. */
export function follow(focus: Focus, now: (step: number) => number | null): Focus | null {
  const { query, preview } = focus;
  const step = query.step === undefined ? undefined : now(query.step);
  const text = preview === undefined ? undefined : now(preview);
  if (step === null || text === null) return null;
  return {
    ...focus,
    query: step === undefined ? query : { ...query, step },
    ...(text !== undefined && { preview: text }),
  };
}
