import type { Server } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { serve } from '../../scripts/serve.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Serves the built page for the browser tests, with the fixtures and (where they are) the shared data beside it. */
export default async function setup(project: TestProject) {
  const mounts: Record<string, string> = { '/fixtures/': here('../fixtures') };
  if (existsSync(here('../../../shared/data'))) mounts['/shared/'] = here('../../../shared/data');
  const server: Server = await serve(0, mounts);
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the test server has no port');
  project.provide('origin', `http://127.0.0.1:${address.port}`);
  return () => new Promise<void>((resolve) => server.close(() => resolve()));
}

declare module 'vitest' {
  export interface ProvidedContext {
    origin: string;
  }
}
