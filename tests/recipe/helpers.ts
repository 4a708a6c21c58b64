import { loadColumns } from '$lib/columns/measure';
import { emptyMapping } from '$lib/record/mapping';
import { rowsToBatch } from '$lib/record/rows';
import { loadHash } from '$lib/text/hash';
import type { Mapping } from '$lib/record/types';
import type { RunOptions, RunSource, Sink } from '$lib/recipe';

export const alpaca: Mapping = {
  ...emptyMapping('alpaca', 1),
  prompt: ['instruction', 'input'],
  response: 'output',
  label: ['category'],
  source: 'from',
};

/** Objects as a run's source, `size` records a batch. */
export function sourceOf(
  objects: Record<string, unknown>[],
  mapping: Mapping = alpaca,
  size = 65536,
): RunSource & { size: number } {
  return {
    size,
    mapping,
    files: ['in.jsonl'],
    inputs: () => [{ name: 'in.jsonl', bytes: 1, sha256: 'ab' }],
    async *batches() {
      for (let at = 0; at < objects.length; at += size) yield rowsToBatch(objects.slice(at, at + size), at);
    },
  };
}

/** A sink that keeps texts in memory. */
export function memory(): Sink & { files: Map<string, string>; state: string } {
  const files = new Map<string, string>();
  return {
    files,
    state: 'open',
    open(name) {
      files.set(name, '');
      const decoder = new TextDecoder();
      return {
        write: (bytes) => void files.set(name, files.get(name)! + decoder.decode(bytes, { stream: true })),
        close() {},
      };
    },
    commit() {
      this.state = 'committed';
    },
    abort() {
      this.state = 'aborted';
    },
  };
}

/** Options of a run in this thread. */
export async function options(): Promise<RunOptions> {
  await loadColumns();
  return { hash: await loadHash(), now: new Date(0) };
}

export const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
