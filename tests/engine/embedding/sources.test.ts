import { describe, expect, it } from 'vitest';
import { droppedModel, servedModel } from '$lib/engine/embedding/sources';
import { TINY, tinyModel } from '../../embedding/tiny-model';

describe('a model’s folder', () => {
  it('that was dropped is taken from its root on', async () => {
    const files = tinyModel().map(({ path, bytes }) => ({
      path: `a/${TINY.name}/${path}`,
      file: new Blob([new Uint8Array(bytes)]),
    }));
    const { spec, source } = await droppedModel([...files, { path: 'a/notes.txt', file: new Blob(['x']) }], TINY.name);
    expect(spec).toMatchObject({ dim: TINY.dim, languages: ['zh', 'en'], pooling: 'mean' });
    if (source.kind !== 'folder') throw new Error(source.kind);
    expect(source.files.map(({ path }) => path).sort()).toEqual(
      tinyModel()
        .map(({ path }) => path)
        .sort(),
    );
  });
  it('that is served is read by the names of its files, its weights by their headers alone', async () => {
    const asked: string[] = [];
    const get = async (url: string, init?: RequestInit) => {
      asked.push(`${init?.method ?? 'GET'} ${url}`);
      const file = tinyModel().find(({ path }) => url === `/models/${TINY.name}/${path}`);
      if (!file) return new Response('<html>', { headers: { 'content-type': 'text/html' } });
      const headers = { 'content-length': String(file.bytes.length), 'content-type': 'application/octet-stream' };
      return new Response(init?.method === 'HEAD' ? null : new Uint8Array(file.bytes), { headers });
    };
    const { spec, source } = await servedModel(`/models/${TINY.name}/`, get as typeof fetch);
    expect(source).toEqual({ kind: 'served', path: `/models/${TINY.name}/` });
    expect(spec).toMatchObject({ id: TINY.name, dim: TINY.dim, languages: ['zh', 'en'] });
    expect(Object.keys(spec.dtypes)).toEqual(['fp32', 'q8']);
    expect(asked.filter((line) => line.includes('onnx')).every((line) => line.startsWith('HEAD'))).toBe(true);
    await expect(servedModel('/models/none/', get as typeof fetch)).rejects.toMatchObject({
      key: 'embedding.no-config',
    });
  });
});
