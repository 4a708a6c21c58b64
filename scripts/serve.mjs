import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { listModels, modelsFolder } from './models.mjs';
import { root } from './setup.mjs';

/** The hub that models come from after the user asked, and the hosts it sends on to for large files. */
const HUB = 'https://huggingface.co https://*.huggingface.co https://*.hf.co';

/**
 * Headers of every response: cross-origin isolation, so that WebAssembly may use threads, and for scripts the policy that a worker made
 * of one lives under (the page's own stands in its HTML and does not reach workers). Only the embedding worker may ask the hub.
 */
export function secure(request, response) {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const path = new URL(request.url ?? '/', 'http://host').pathname;
  if (!/\.m?js$/.test(path)) return;
  const hub = /\/embedding-worker[-.][^/]*$/.test(path) ? ` ${HUB}` : '';
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self' blob:${hub}`,
  );
}

/**
 * Serves the built page on 127.0.0.1, cross-origin isolated so that WebAssembly may use threads.
 * Models come from `static/models` as it is now, so that one put there needs no build. `mounts` maps further URL prefixes to folders
 * (tests open data through them). Port 0 takes a free one.
 */
export function serve(port, mounts = {}) {
  const models = mounts['/models/'] ?? modelsFolder;
  const page = sirv(join(root, 'build'), { etag: true, dev: false });
  const others = Object.entries({ '/models/': models, ...mounts }).map(([prefix, dir]) => ({
    prefix,
    handle: sirv(dir, { dev: true }),
  }));
  const server = createServer((request, response) => {
    secure(request, response);
    const notFound = () => {
      response.statusCode = 404;
      response.end('Not found');
    };
    if (request.url === '/models/index.json') {
      response.setHeader('Content-Type', 'application/json');
      return response.end(JSON.stringify(listModels(models)));
    }
    const mount = others.find(({ prefix }) => request.url?.startsWith(prefix));
    if (!mount) return page(request, response, notFound);
    request.url = request.url.slice(mount.prefix.length - 1);
    mount.handle(request, response, notFound);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
