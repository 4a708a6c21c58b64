import { render } from 'svelte/server';
import { afterEach, describe, expect, it } from 'vitest';
import type { ColumnView } from '$lib/engine/protocol';
import { locale } from '$lib/i18n/locale.svelte';
import Histogram from '$lib/ui/Histogram.svelte';
import Segmented from '$lib/ui/Segmented.svelte';
import Shares from '$lib/ui/Shares.svelte';
import TargetBar from '$lib/ui/TargetBar.svelte';

const view: ColumnView = {
  id: 'response_chars',
  scale: 'log',
  edges: Float64Array.of(0, 1, 10, 100, 1000),
  all: Uint32Array.of(1, 4, 9, 2),
  kept: Uint32Array.of(1, 3, 9, 2),
  missing: 3,
  stats: {
    count: 16,
    missing: 3,
    min: 0,
    p01: 0,
    p05: 0,
    p25: 8,
    p50: 30,
    p75: 80,
    p95: 400,
    p99: 800,
    max: 999,
    mean: 60,
  },
  cut: { min: 10, step: 0 },
  drops: 4,
  published: { min: 10, source: 'Data-Juicer' },
  suggested: { min: 3, max: 800, reason: 'both-tails' },
};

function html(lang: 'en' | 'zh'): string {
  locale.lang = lang;
  const props = { view, name: 'Response length', unit: 'characters' as const, cut: { min: 10 }, rows: 19, oncut() {} };
  return render(Histogram, { props }).body;
}
afterEach(() => {
  locale.lang = 'en';
});

describe('a histogram', () => {
  it('has two sliders with the names others rely on', () => {
    const body = html('en');
    expect(body.match(/role="slider"/g)).toHaveLength(2);
    expect(body).toContain('aria-label="Minimum Response length"');
    expect(body).toContain('aria-label="Maximum Response length"');
    expect(body).toContain('aria-valuemin="0"');
    expect(body).toContain('aria-valuemax="1000"');
  });
  it('can be typed into, takes offered cuts, and says what it does not know', () => {
    const body = html('en');
    expect(body).toContain('aria-label="Keep from: Response length"');
    expect(body).toMatch(/<button disabled="" aria-label="Use the published cut ≥ 10 on Response length"/);
    expect(body).toContain('Use the cut from this data 3–800 on Response length');
    expect(body).toContain('Not measurable in 3 records');
  });
  it('speaks Chinese', () => {
    expect(html('zh')).toContain('aria-label="Response length下限"');
  });
});

describe('other controls', () => {
  it('name themselves and say where they stand', () => {
    const target = render(TargetBar, {
      props: { before: 5929, after: 4000, target: 4000, top: 5929, most: 5929, label: 'Target poems', onchange() {} },
    }).body;
    expect(target).toMatch(/role="slider"[^>]*aria-label="Target poems"[^>]*aria-valuenow="4000"/);
    const shares = render(Shares, {
      props: {
        shares: [80, 10, 10],
        names: ['Train', 'Validation', 'Test'],
        labels: ['first', 'second'],
        text: (now: number[]) => now.join(' / '),
        onchange() {},
      },
    }).body;
    expect(shares.match(/aria-valuenow="(80|90)"/g)).toHaveLength(2);
    const segmented = render(Segmented, {
      props: {
        value: 'b',
        label: 'Choice',
        options: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B', mark: 'with a cut' },
        ],
        onchange() {},
      },
    }).body;
    expect(segmented).toMatch(/aria-checked="true" tabindex="0"/);
    expect(segmented).toContain('with a cut');
  });
});
