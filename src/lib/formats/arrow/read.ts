import type { Collector } from '../batch/collector';
import type { ReadChunk } from '../types';
import { unreadable } from '../messages';
export async function* readArrow(
  _i: AsyncIterable<Uint8Array>,
  _o: Collector,
  kind: string,
  _s?: AbortSignal,
): AsyncGenerator<ReadChunk> {
  throw unreadable('shape', 'formats.bad-arrow', { reason: kind });
}
