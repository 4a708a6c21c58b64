import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where models that the page serves itself are kept: `static/models/NAME/` or `static/models/OWNER/NAME/`. */
export const modelsFolder = fileURLToPath(new URL('../static/models', import.meta.url));

const folders = (dir) =>
  readdirSync(dir)
    .filter((name) => !name.startsWith('.') && statSync(join(dir, name)).isDirectory())
    .sort();

function* filesOf(dir, under = '') {
  for (const name of readdirSync(join(dir, under)).sort()) {
    if (name.startsWith('.')) continue;
    const path = under + name;
    const found = statSync(join(dir, path));
    if (found.isDirectory()) yield* filesOf(dir, `${path}/`);
    else yield { path, size: found.size };
  }
}

/** The models in a folder with their files, as `models/index.json` tells the page: a static host lists no folder. */
export function listModels(dir) {
  if (!existsSync(dir)) return [];
  const isModel = (name) => existsSync(join(dir, name, 'config.json'));
  const names = folders(dir).flatMap((name) =>
    isModel(name)
      ? [name]
      : folders(join(dir, name))
          .map((model) => `${name}/${model}`)
          .filter(isModel),
  );
  return names.map((name) => ({ name, files: [...filesOf(join(dir, name))] }));
}

/** Vite plugin: writes the list beside the models before they are served or copied into the build. */
export function modelsIndex(dir = modelsFolder) {
  return {
    name: 'siftbook-models-index',
    buildStart() {
      if (!existsSync(dir)) return;
      const at = join(dir, 'index.json');
      const text = JSON.stringify(listModels(dir));
      if (!existsSync(at) || readFileSync(at, 'utf8') !== text) writeFileSync(at, text);
    },
  };
}
