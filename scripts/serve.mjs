import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { root } from './setup.mjs';

/**
 * Serves the built page on 127.0.0.1, cross-origin isolated so that WebAssembly may use threads.
 * `mounts` maps further URL prefixes to folders (tests open data through them). Port 0 takes a free one.
 */
export function serve(port, mounts = {}) {
  const page = sirv(join(root, 'build'), { etag: true, dev: false });
  const others = Object.entries(mounts).map(([prefix, dir]) => ({ prefix, handle: sirv(dir, { dev: true }) }));
  const server = createServer((request, response) => {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const notFound = () => {
      response.statusCode = 404;
      response.end('Not found');
    };
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
