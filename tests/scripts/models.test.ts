import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { listModels, modelsIndex } from '../../scripts/models.mjs';

const dir = mkdtempSync(join(tmpdir(), 'siftbook-models-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};

it('lists models with their files, by name or by owner and name, and writes the list where there is a folder', () => {
  expect(listModels(join(dir, 'none'))).toEqual([]);
  modelsIndex(join(dir, 'none')).buildStart();
  put('mine/config.json', '{}');
  put('mine/onnx/model.onnx', '12345');
  put('mine/.cache/x', 'no');
  put('Xenova/bge/config.json', '{ }');
  put('Xenova/notes.txt', 'no model');
  put('empty/readme.md', 'no model');
  put('README.md', 'no model');
  const listed = [
    { name: 'Xenova/bge', files: [{ path: 'config.json', size: 3 }] },
    {
      name: 'mine',
      files: [
        { path: 'config.json', size: 2 },
        { path: 'onnx/model.onnx', size: 5 },
      ],
    },
  ];
  expect(listModels(dir)).toEqual(listed);
  modelsIndex(dir).buildStart();
  expect(JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8'))).toEqual(listed);
});
