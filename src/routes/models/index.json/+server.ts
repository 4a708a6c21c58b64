/** The models of static/models/ with their files, written when the page is built: a static host lists no folder. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const prerender = true;

function filesOf(folder: string, under = ''): { path: string; size: number }[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = under + entry.name;
    if (entry.isDirectory()) return filesOf(folder, `${path}/`);
    return [{ path, size: statSync(join(folder, path)).size }];
  });
}

export function GET(): Response {
  const folder = 'static/models';
  const names = readdirSync('static').includes('models') ? readdirSync(folder, { withFileTypes: true }) : [];
  const models = names
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, files: filesOf(`${folder}/${name}`) }));
  return new Response(JSON.stringify(models), { headers: { 'content-type': 'application/json' } });
}
