/** Moves of a cut over the map: from the request to the pixels on the canvas. */
import type { MapReply, MapRequest } from './map-worker';

export interface MapTimes {
  /** Request to pixels put on the canvas, of which the worker's own and the putting. */
  whole: number[];
  work: number[];
  put: number[];
}

/** `moves` moves over half of a column's range: by the rival, by the map in one ink, by the map in colours of classes. */
export async function dragMap(
  rows: number,
  moves: number,
): Promise<Record<'naive' | 'nothing' | 'category', MapTimes>> {
  const [width, height] = [900, 600];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  document.body.append(canvas);
  const brush = canvas.getContext('2d')!;
  const worker = new Worker(new URL('./map-worker.ts', import.meta.url), { type: 'module' });
  const ask = (request: MapRequest) =>
    new Promise<MapReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<MapReply>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(request);
    });
  const drag = async (kind: 'move' | 'naive', count: number): Promise<MapTimes> => {
    const times: MapTimes = { whole: [], work: [], put: [] };
    for (let i = 0; i < count; i++) {
      await new Promise(requestAnimationFrame);
      const start = performance.now();
      const { pixels, work } = await ask({ kind, min: (i + 1) / (2 * count) });
      const put = performance.now();
      brush.putImageData(new ImageData(pixels!, width, height), 0, 0);
      const end = performance.now();
      times.whole.push(end - start);
      times.work.push(work);
      times.put.push(end - put);
    }
    return times;
  };
  await ask({ kind: 'points', rows, width, height });
  await drag('naive', 5);
  const naive = await drag('naive', Math.min(moves, 50));
  await ask({ kind: 'colour', by: 'nothing' });
  await drag('move', 10);
  const nothing = await drag('move', moves);
  await ask({ kind: 'colour', by: 'category' });
  await drag('move', 10);
  const category = await drag('move', moves);
  worker.terminate();
  canvas.remove();
  return { naive, nothing, category };
}
