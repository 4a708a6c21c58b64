import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { useVocabulary } from '$lib/columns/tokens';
import { measureBuffers as healthBuffers } from '$lib/health/measures';
import { measureBuffers as recipeBuffers } from '$lib/recipe/measure';
import { shingleBuffers } from '$lib/text/shingles';
import type { JobAnswer, Message, Setup } from './jobs';
import { loadMeasuring, measure, prepare } from './measure';

const port = parentPort;
if (port) {
  let counted = () => {};
  const vocabulary = (workerData as Setup).tokens ? new Promise<void>((resolve) => (counted = resolve)) : null;
  const ready = Promise.all([loadMeasuring(false), vocabulary]).then(([hash]) => {
    keepHeapSmall();
    return hash;
  });
  port.on('message', (message: Message) => {
    if ('vocabulary' in message) {
      useVocabulary(message.vocabulary);
      counted();
      return;
    }
    const { id, job } = message;
    ready
      .then(async (hash) => {
        await prepare(job);
        const answer = measure(job, hash);
        port.postMessage({ id, answer }, buffersOf(answer));
      })
      .catch((error: unknown) => {
        port.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      });
  });
}

/**
 * Lets the heap grow little beyond what it holds (measured on 1 M records: a third less memory, a tenth more time). Not
 * before everything is loaded: while the heap fills, it would be gone over again and again.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--optimize-for-size');
}

function buffersOf(answer: JobAnswer): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>([answer.lines.buffer as ArrayBuffer]);
  if (answer.kind === 'recipe') for (const buffer of recipeBuffers(answer.measures)) buffers.add(buffer);
  else if (answer.kind === 'shingles') for (const buffer of shingleBuffers(answer.sets)) buffers.add(buffer);
  else {
    if (answer.health) for (const buffer of healthBuffers(answer.health)) buffers.add(buffer);
    for (const values of Object.values(answer.columns)) buffers.add(values.buffer as ArrayBuffer);
    if (answer.keys) buffers.add(answer.keys.buffer as ArrayBuffer);
  }
  return [...buffers];
}
