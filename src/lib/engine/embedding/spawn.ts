/** Starts an embedding worker; its chunk and ONNX Runtime are fetched then, not before. */
export function spawnEmbedding(): Worker {
  return new Worker(new URL('./embedding-worker.ts', import.meta.url), { type: 'module', name: 'siftbook-embedding' });
}
