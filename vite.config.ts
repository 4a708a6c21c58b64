import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { modelsIndex } from './scripts/models.mjs';

export default defineConfig({
  plugins: [modelsIndex(), sveltekit()],
  worker: { format: 'es' },
  // The content security policy allows no data: fonts, so nothing is inlined.
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
  optimizeDeps: { exclude: ['parquet-wasm', 'jieba-wasm'] },
});
