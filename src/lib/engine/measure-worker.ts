/** Entry of a measure worker in the browser. */
import loadJieba, { cut } from 'jieba-wasm/web';
import { loadColumns } from '$lib/columns/measure';
import { loadHash } from '$lib/text/hash';
import { measureHandlers, type MeasureApi } from './measure-api';
import { serve, type Endpoint } from './rpc';

serve<MeasureApi>(
  self as unknown as Endpoint,
  measureHandlers(async () => {
    // The package names its own WebAssembly file by URL; the bundler makes that one of the app's files.
    await loadJieba();
    await loadColumns({ jieba: { cut } });
    return loadHash();
  }),
);
