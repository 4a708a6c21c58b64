import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '$lib/engine/pace';
import type { Progress } from '$lib/engine/protocol';
import type { Surroundings } from '$lib/engine/state';

function watched() {
  const told: Progress[] = [];
  const emit: Surroundings['emit'] = (_, value) => void told.push(value as Progress);
  return { told, pace: new Pace('tokens', { emit }) };
}

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('tells the time left from the pace of the work, not from what went before it', () => {
    const { told, pace } = watched();
    // Ten seconds pass before the first hundred are there, then a hundred take one second.
    vi.advanceTimersByTime(10_000);
    pace.at(100, 1000);
    expect(told.at(-1)).toMatchObject({ done: 100, total: 1000, left: null });
    for (let done = 200; done <= 400; done += 100) {
      vi.advanceTimersByTime(1000);
      pace.at(done, 1000);
    }
    expect(told.at(-1)).toMatchObject({ done: 400, left: 6 });
  });

  it('tells at most ten times a second, and once that it is over', () => {
    const { told, pace } = watched();
    for (let done = 1; done <= 50; done++) {
      vi.advanceTimersByTime(10);
      pace.at(done, 50);
    }
    expect(told.map(({ done }) => done)).toEqual([1, 11, 21, 31, 41]);
    pace.finish();
    pace.finish();
    expect(told.slice(5)).toEqual([{ task: 'tokens', done: 50, total: 50, left: 0, finished: true }]);
  });
});
