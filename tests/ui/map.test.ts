import { render } from 'svelte/server';
import { afterEach, describe, expect, it } from 'vitest';
import { locale } from '$lib/i18n/locale.svelte';
import { css, mapInks, rgb } from '$lib/ui/map-inks';
import ScatterMap from '$lib/ui/ScatterMap.svelte';

function html(lang: 'en' | 'zh', lasso = true): string {
  locale.lang = lang;
  const props = {
    name: lang === 'en' ? 'Cluster map' : '聚类图',
    description: '5 819 records in 20 clusters.',
    bounds: null,
    bump: 0,
    frame: () => Promise.resolve(null),
    hit: () => Promise.resolve(null),
    legend: [
      { ink: 0, name: 'billing', count: 1200 },
      { ink: 'dropped' as const, name: 'dropped', count: 7 },
    ],
    ramp: { low: '3', high: '90 characters' },
    ...(lasso ? { onlasso() {} } : {}),
  };
  return render(ScatterMap, { props }).body;
}
afterEach(() => {
  locale.lang = 'en';
});

describe('the map in the page', () => {
  it('is one stop of the keyboard with a name, a description and its keys', () => {
    const body = html('en');
    expect(body).toMatch(/role="application" aria-label="Cluster map" aria-describedby="([^"]+)" tabindex="0"/);
    const id = /aria-describedby="([^"]+)"/.exec(body)![1];
    expect(body).toContain(`id="${id}"`);
    expect(body).toMatch(/5 819 records in 20 clusters\. Arrows move the map/);
  });
  it('has named buttons, a lasso only where somebody takes it', () => {
    for (const name of ['Zoom in', 'Zoom out', 'Show all', 'Lasso'])
      expect(html('en')).toContain(`aria-label="${name}"`);
    expect(html('en', false)).not.toContain('Lasso');
    for (const name of ['放大', '缩小', '显示全部', '套索']) expect(html('zh')).toContain(`aria-label="${name}"`);
  });
  it('says what its colours mean', () => {
    const body = html('en');
    expect(body).toContain(css(mapInks('light', '#45525a').categories[0]));
    expect(body).toContain('billing');
    expect(body).toContain('1\u2009200');
    expect(body).toContain('90 characters');
  });
});

describe('the map’s colours', () => {
  it('are twelve for classes, all different, in both themes', () => {
    for (const theme of ['light', 'dark'] as const) {
      const { categories, dropped, other, none } = mapInks(theme, '#45525a');
      expect(categories).toHaveLength(12);
      expect(new Set([...categories, dropped, other, none].map(css)).size).toBe(15);
    }
  });
  it('are read from the theme’s', () => {
    expect(rgb(' #45525a')).toEqual([69, 82, 90]);
    expect(mapInks('dark', '#b7c2c7').kept).toEqual([183, 194, 199]);
  });
});
