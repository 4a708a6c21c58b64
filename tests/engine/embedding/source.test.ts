import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderCache, isHub, settle, type LibrarySettings } from '$lib/engine/embedding/source';

const never = new AbortController().signal;
let fetched: string[];

beforeEach(() => {
  fetched = [];
  vi.stubGlobal('self', { location: { href: 'http://127.0.0.1:4173/app/', origin: 'http://127.0.0.1:4173' } });
  vi.stubGlobal('fetch', async (url: URL) => {
    fetched.push(String(url));
    return new Response('x', { status: url.pathname.includes('denied') ? 403 : 200 });
  });
});
afterEach(() => vi.unstubAllGlobals());
const settings = () => ({}) as LibrarySettings;

describe('what may be fetched', () => {
  it('is nothing of the hub before the user asked', async () => {
    const env = settings();
    expect(await settle(env, { kind: 'hub', id: 'Xenova/m', download: false }, never)).toBe('Xenova/m');
    await expect(env.fetch('https://huggingface.co/Xenova/m/resolve/main/config.json')).rejects.toMatchObject({
      key: 'engine.embed-not-here',
      params: { model: 'Xenova/m' },
    });
    expect(fetched).toEqual([]);
  });
  it('is the hub and nothing else once they did', async () => {
    const env = settings();
    await settle(env, { kind: 'hub', id: 'Xenova/m', download: true }, never);
    expect(env).toMatchObject({ allowLocalModels: false, allowRemoteModels: true, useWasmCache: false });
    await env.fetch('https://huggingface.co/Xenova/m/resolve/main/config.json');
    expect(fetched).toEqual(['https://huggingface.co/Xenova/m/resolve/main/config.json']);
    for (const url of [
      'https://cdn.jsdelivr.net/x.wasm',
      'http://huggingface.co/x',
      'https://huggingface.co.evil.example/x',
    ])
      await expect(env.fetch(url)).rejects.toMatchObject({ key: 'engine.embed-host' });
    await expect(env.fetch('https://huggingface.co/denied/config.json')).rejects.toMatchObject({
      key: 'engine.embed-status',
      params: { file: 'config.json', status: 403 },
    });
    expect(fetched.length).toBe(2);
  });
  it('is the page’s own origin for a served folder, which is asked for root-relative', async () => {
    const env = settings();
    expect(await settle(env, { kind: 'served', path: '/app/models/tiny/' }, never)).toBe('tiny');
    expect(env).toMatchObject({ allowLocalModels: true, allowRemoteModels: false, localModelPath: '/app/models/' });
    await env.fetch('/app/models/tiny/config.json');
    expect(fetched).toEqual(['http://127.0.0.1:4173/app/models/tiny/config.json']);
    await expect(env.fetch('https://huggingface.co/x')).rejects.toMatchObject({ key: 'engine.embed-host' });
  });
  it('is nothing for a dropped folder', async () => {
    const env = settings();
    const files = [{ path: 'onnx/model.onnx', file: new Blob(['weights']) }];
    const from = await settle(env, { kind: 'folder', name: 'x', files }, never);
    const response = await env.customCache!.match(`/models/${from}/onnx/model.onnx`);
    expect(await response!.text()).toBe('weights');
    expect(response!.headers.get('content-length')).toBe('7');
    expect((await env.fetch('/models/dropped/model/config.json')).status).toBe(404);
    expect(fetched).toEqual([]);
  });
  it('comes from the hosts the hub sends on to', () => {
    const hosts = ['huggingface.co', 'cdn-lfs.huggingface.co', 'cas-bridge.xethub.hf.co', 'us.aws.cdn.hf.co'];
    for (const host of hosts) expect(isHub(new URL(`https://${host}/x`))).toBe(true);
    for (const url of ['https://hf.co.example/x', 'https://evilhuggingface.co/x', 'http://huggingface.co/x'])
      expect(isHub(new URL(url))).toBe(false);
  });
});

it('a folder’s files are found by the local and the remote name', async () => {
  const cache = folderCache('a/b', [{ path: 'config.json', file: new Blob(['{}']) }]);
  expect(await (await cache.match('/models/a/b/config.json'))!.text()).toBe('{}');
  expect(await (await cache.match('https://huggingface.co/a/b/resolve/main/config.json'))!.text()).toBe('{}');
  expect(await cache.match('/models/a/b/other.json')).toBeUndefined();
  expect(await cache.match('/elsewhere/config.json')).toBeUndefined();
});
