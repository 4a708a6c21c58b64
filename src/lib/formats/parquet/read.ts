import type { Collector } from '../batch/collector';
import type { ReadChunk, ReadOptions } from '../types';
import { unreadable } from '../messages';
export async function* readParquet(_b: Blob, _o: Collector, _op: ReadOptions, _e: boolean): AsyncGenerator<ReadChunk> {
  throw unreadable('shape', 'formats.bad-arrow', { reason: 'x' });
}
