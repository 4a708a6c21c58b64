/** Entry of a measure worker in the browser. */
import { loadColumns } from '$lib/columns/measure';
import { loadHash } from '$lib/text/hash';
import { measureHandlers, type MeasureApi } from './measure-api';
import { serve, type Endpoint } from './rpc';

serve<MeasureApi>(
  self as unknown as Endpoint,
  measureHandlers(async () => {
    await loadColumns();
    return loadHash();
  }),
);
