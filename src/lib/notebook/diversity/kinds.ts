import type { KindCount } from '$lib/engine/protocol';
import { t } from '$lib/i18n/locale.svelte';

/** A kind of instruction as a line of its list. */
export interface KindRow {
  kind: string;
  name: string;
  definition: string;
  before: number;
  after: number;
  /** Of the records pointed at; null while nothing is, or where that is not known. */
  part: number | null;
}

/** What the linked category knows: its classes, their kept records while a handle is held, and those pointed at. */
interface Linked {
  names: readonly string[];
  live: ArrayLike<number> | null;
  part: { kept: ArrayLike<number> } | null;
}

/** Lines of the kinds that have records, the commonest before the recipe first, `other` last. */
export function kindRows(counts: readonly KindCount<string>[], of: 'task' | 'sentence', linked: Linked): KindRow[] {
  const rest = (kind: string) => Number(kind === 'other');
  return counts
    .filter(({ before }) => before > 0)
    .sort((a, b) => rest(a.kind) - rest(b.kind) || b.before - a.before)
    .map(({ kind, before, after }) => {
      const at = linked.names.indexOf(kind);
      return {
        kind,
        name: t(`diversity.${of}.${kind}`),
        definition: t(`diversity.${of}.${kind}.definition`),
        before,
        after: at >= 0 && linked.live ? Math.min(before, linked.live[at]) : after,
        part: at >= 0 && linked.part ? linked.part.kept[at] : null,
      };
    });
}
