import { describe, expect, it } from 'vitest';
import { LATER, NORMAL, Pool, URGENT, type Member } from '$lib/engine/pool';

interface Api {
  number: number;
}

function pool(size: number) {
  const made: { number: number; fail(error: Error): void; ended: boolean }[] = [];
  const replaced: string[] = [];
  const spawn = (): Member<Api> => {
    const entry = { number: made.length, fail: (_: Error) => undefined as void, ended: false };
    made.push(entry);
    return {
      api: { number: entry.number },
      onfailure: (handler) => (entry.fail = handler),
      end: () => (entry.ended = true),
    };
  };
  return { pool: new Pool<Api>(spawn, size, (error) => replaced.push(error.message)), made, replaced };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('pool', () => {
  it('never runs more tasks than it has workers, urgent ones first', async () => {
    const { pool: workers, made } = pool(2);
    const order: string[] = [];
    let running = 0;
    let most = 0;
    const task = (name: string) => async () => {
      order.push(name);
      most = Math.max(most, ++running);
      await turn();
      running--;
      return name;
    };
    const all = [
      workers.run(task('a'), NORMAL),
      workers.run(task('b'), NORMAL),
      workers.run(task('late'), LATER),
      workers.run(task('c'), NORMAL),
      workers.run(task('now'), URGENT),
    ];
    expect(await Promise.all(all)).toEqual(['a', 'b', 'late', 'c', 'now']);
    expect(order).toEqual(['a', 'b', 'now', 'c', 'late']);
    expect([most, made.length]).toEqual([2, 2]);
  });

  it('hands errors on and goes on', async () => {
    const { pool: workers } = pool(1);
    await expect(workers.run(() => Promise.reject(new Error('bad slice')), NORMAL)).rejects.toThrow('bad slice');
    expect(await workers.run(async ({ number }) => number, NORMAL)).toBe(0);
  });

  it('replaces a dead worker and tries its task once more', async () => {
    const { pool: workers, made, replaced } = pool(1);
    const result = workers.run(
      ({ number }) => (number === 0 ? new Promise<number>(() => {}) : Promise.resolve(7)),
      NORMAL,
    );
    await turn();
    made[0].fail(new Error('out of memory'));
    expect(await result).toBe(7);
    expect(replaced).toEqual(['out of memory']);
    expect(made.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('begins only urgent tasks while it is held, the others when it is let go', async () => {
    const { pool: workers } = pool(1);
    const done: string[] = [];
    const task = (name: string) => () => Promise.resolve(void done.push(name));
    const begun = workers.run(task('begun'), LATER);
    workers.hold(true);
    const rest = [
      workers.run(task('later'), LATER),
      workers.run(task('normal'), NORMAL),
      workers.run(task('urgent'), URGENT),
    ];
    await begun;
    await turn();
    expect(done).toEqual(['begun', 'urgent']);
    workers.hold(false);
    await Promise.all(rest);
    expect(done).toEqual(['begun', 'urgent', 'normal', 'later']);
  });

  it('gives a task up when its second worker dies too', async () => {
    const { pool: workers, made } = pool(1);
    const result = workers.run(() => new Promise(() => {}), NORMAL);
    const failed = expect(result).rejects.toThrow('again');
    await turn();
    made[0].fail(new Error('once'));
    await turn();
    made[1].fail(new Error('again'));
    await failed;
  });

  it('rests: idle workers go, a fresh one waits, the others come back with work', async () => {
    const { pool: workers, made } = pool(3);
    workers.warm();
    const busy = workers.run(turn, NORMAL);
    workers.rest();
    expect(made.map(({ ended }) => ended)).toEqual([false, true, true]);
    await busy;
    workers.rest();
    expect(made.map(({ ended }) => ended)).toEqual([true, true, true, false]);
    await Promise.all([workers.run(turn, NORMAL), workers.run(turn, NORMAL)]);
    expect(made.length).toBe(5);
  });

  it('leaves out what was cancelled while it waited', async () => {
    const { pool: workers } = pool(1);
    const stop = new AbortController();
    const first = workers.run(turn, NORMAL);
    const second = workers.run(async () => 'ran', NORMAL, stop.signal);
    stop.abort();
    await first;
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  });
});
