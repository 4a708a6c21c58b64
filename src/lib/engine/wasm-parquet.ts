/** parquet-wasm in the browser, from the app's own files; loaded when a Parquet file is met. */
import start, * as parquet from 'parquet-wasm/esm/parquet_wasm.js';
import url from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';

let started: Promise<unknown> | null = null;

/** The module, started once. */
export async function loadParquet(): Promise<typeof parquet> {
  started ??= start({ module_or_path: url });
  await started;
  return parquet;
}
