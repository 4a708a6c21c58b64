import { describe, expect, it } from 'vitest';
import { columnById } from '$lib/columns/index';
import { columnStats } from '$lib/columns/stats';
import { suggestedCut } from '$lib/columns/suggest';
import type { Profile } from '$lib/columns/types';

const profile: Profile = { language: 'zh', kind: 'chat' };
const suggest = (id: string, values: Iterable<number>) =>
  suggestedCut(columnById(id)!, columnStats(Float32Array.from(values)), profile);

describe('cuts that the data suggest', () => {
  it('lie at the first and last percentile, rounded outward to three figures', () => {
    // 1 … 10,000: the percentiles are 100.99 and 9,900.01.
    const values = Array.from({ length: 10_000 }, (_, i) => i + 1);
    expect(suggest('response_chars', values)).toEqual({ min: 100, max: 9910, reason: 'suggest.both-tails' });
    expect(suggest('longest_word', values)).toEqual({ max: 9910, reason: 'suggest.upper-tail' });
    expect(
      suggest(
        'distinct_1',
        values.map((v) => v / 10_000),
      ),
    ).toEqual({ min: 0.01, reason: 'suggest.lower-tail' });
  });

  it('take the records of a finding', () => {
    expect(suggest('truncated', [0, 0, 1])).toEqual({ max: 0, reason: 'suggest.finding' });
    expect(suggest('truncated', [0, 0, 0])).toBeNull();
    // Worth a look only.
    expect(suggest('small_talk', [0, 1])).toBeNull();
  });

  it('are not made where nothing lies beyond, nothing is measurable, or no side is doubtful', () => {
    expect(suggest('response_chars', [5, 5, 5])).toBeNull();
    expect(suggest('response_chars', [NaN])).toBeNull();
    expect(suggest('word_repetition', [...Array(999).fill(0), 0.2])).toBeNull();
    expect(suggest('han', [0, 0.5, 1])).toBeNull();
    expect(suggest('reading_grade', [1, 2, 3, 90])).toBeNull();
  });
});
