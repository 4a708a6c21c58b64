import type { ColourBy, ClusterSummary, NamedLegend } from '$lib/engine/protocol';
import { formatNumber } from '$lib/i18n/format';
import { t } from '$lib/i18n/locale.svelte';
import type { Recipe } from '$lib/recipe/types';
import { className } from '../class-name';
import { stepName } from '../names';
import type { Focus } from '../pointing';

/** A name for a cluster: its most telling words, or its number. */
export function clusterName({ id, terms }: Pick<ClusterSummary, 'id' | 'terms'>): string {
  return terms.length > 0 ? terms.join(' · ') : t('clusters.number', { id });
}

/** What a colour's class is called, and the records that it means. */
function classOf(by: string, name: string, recipe: Recipe): { name: string; query: Focus['query'] | null } {
  if (by === 'split') return { name: t(`split.${name}`), query: null };
  if (by !== 'fate') {
    const category = by.slice('category:'.length);
    return { name: className(category, name), query: { category: { by: category, name } } };
  }
  if (name === 'kept') return { name: t('inspector.kept-word'), query: { fate: 'kept' } };
  const index = Number(name.slice('step:'.length));
  const step = recipe.steps[index];
  return { name: step ? stepName(step) : name, query: { step: index } };
}

export interface Legend {
  items: {
    /** The class's place in the palette, or one of the named inks. */
    ink: number | 'other' | 'none';
    name: string;
    count: number;
    /** The records it means, where a query can say so. */
    query: Focus['query'] | null;
  }[];
  ramp: { low: string; high: string } | null;
}

/** The legend of what the map is coloured by. Clusters have none: their names stand on the map, their colours in the table. */
export function legendOf(by: ColourBy, { legend, names }: NamedLegend, recipe: Recipe): Legend {
  if (!legend || by === null || by === 'category:cluster') return { items: [], ramp: null };
  if (legend.by === 'column')
    return { items: [], ramp: { low: formatNumber(legend.low), high: formatNumber(legend.high) } };
  const items: Legend['items'] = legend.shown.map(({ code, count }, ink) => ({
    ink,
    count,
    ...classOf(by, names[code] ?? '', recipe),
  }));
  const { other, none } = legend;
  if (other.count > 0)
    items.push({ ink: 'other', name: t('clusters.others', { n: other.classes }), count: other.count, query: null });
  if (none > 0) items.push({ ink: 'none', name: t('clusters.no-class'), count: none, query: null });
  return { items, ramp: null };
}
