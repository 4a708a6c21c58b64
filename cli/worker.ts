import { parentPort, workerData } from 'node:worker_threads';
import { measureBuffers as healthBuffers } from '$lib/health/measures';
import { measureBuffers as recipeBuffers } from '$lib/recipe/measure';
import type { Job, JobAnswer, Setup } from './jobs';
import { loadMeasuring, measure } from './measure';

const port = parentPort;
if (port) {
  const ready = loadMeasuring((workerData as Setup).tokens);
  port.on('message', ({ id, job }: { id: number; job: Job }) => {
    ready
      .then((hash) => {
        const answer = measure(job, hash);
        port.postMessage({ id, answer }, buffersOf(answer));
      })
      .catch((error: unknown) => {
        port.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      });
  });
}

function buffersOf(answer: JobAnswer): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>([answer.lines.buffer as ArrayBuffer]);
  if (answer.kind === 'recipe') for (const buffer of recipeBuffers(answer.measures)) buffers.add(buffer);
  else {
    if (answer.health) for (const buffer of healthBuffers(answer.health)) buffers.add(buffer);
    for (const values of Object.values(answer.columns)) buffers.add(values.buffer as ArrayBuffer);
    if (answer.keys) buffers.add(answer.keys.buffer as ArrayBuffer);
  }
  return [...buffers];
}
