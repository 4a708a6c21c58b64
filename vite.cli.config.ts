import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * The command line: the program and its threads (measuring, work over the whole set), entries of Node. Packages of plain JavaScript
 * are taken in: finding their hundreds of files took most of the time of a short command. Those with files beside them stay outside.
 */
export default defineConfig({
  publicDir: false,
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  ssr: {
    noExternal: true,
    external: [
      '@huggingface/tokenizers',
      '@huggingface/transformers',
      'onnxruntime-web',
      'onnxruntime-node',
      'parquet-wasm',
      'xxhash-wasm',
      'compromise',
      'gpt-tokenizer',
      'eld',
    ],
  },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: true,
    rollupOptions: {
      input: { siftbook: 'cli/main.ts', worker: 'cli/worker.ts', 'set-worker': 'cli/set-worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
