/** Entry of a measure worker in the browser. */
import initJieba, { cut } from 'jieba-wasm/web';
import jiebaUrl from 'jieba-wasm/pkg/web/jieba_rs_wasm_bg.wasm?url';
import { loadColumns } from '$lib/columns/measure';
import { loadHash } from '$lib/text/hash';
import { measureHandlers, type MeasureApi } from './measure-api';
import { serve, type Endpoint } from './rpc';

serve<MeasureApi>(
  self as unknown as Endpoint,
  measureHandlers(async () => {
    await initJieba({ module_or_path: jiebaUrl });
    await loadColumns({ jieba: { cut } });
    return loadHash();
  }),
);
