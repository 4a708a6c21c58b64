import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The command line: the program and its threads (measuring, work over the whole set), entries of Node; packages stay external. */
export default defineConfig({
  publicDir: false,
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
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
