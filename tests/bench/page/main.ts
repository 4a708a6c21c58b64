/** The engine without the notebook, for benches in a real browser. */
import { createEngine } from '$lib/engine/client';
import { dragMap } from './map';

/** Parses every line of a file in a worker, as a page would without Siftbook. Resolves with the records. */
function parseAlone(file: File): Promise<number> {
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(file);
  });
}

/** The file picked in the page. */
function picked(): File {
  const file = document.querySelector<HTMLInputElement>('input')?.files?.[0];
  if (!file) throw new Error('no file was picked');
  return file;
}

Object.assign(globalThis, { bench: { createEngine, dragMap, parseAlone, picked } });
