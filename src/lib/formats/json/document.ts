import type { ReadChunk } from '../types';
import type { Cursor } from './elements';
import { readElements } from './elements';

export async function* readDocument(cursor: Cursor): AsyncGenerator<ReadChunk> {
  yield* readElements(cursor, { list: false });
}
