/** What this worker can compute on. */
import type { Facts } from './protocol';

interface Gpu {
  requestAdapter(): Promise<GpuAdapter | null>;
}
interface GpuAdapter {
  features: { has(name: string): boolean };
  isFallbackAdapter?: boolean;
  info?: { vendor?: string; architecture?: string; device?: string; description?: string; isFallbackAdapter?: boolean };
}

/** Threads where they are allowed: all of two, else one is left to the page; more than eight bring nothing. */
export function threadsFor(cores: number, isolated: boolean): number {
  if (!isolated) return 1;
  return Math.max(1, Math.min(8, cores > 2 ? cores - 1 : cores));
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Asks for an adapter first: a session that fails for want of one spoils every later one. */
export async function facts(): Promise<Facts> {
  const threads = threadsFor(navigator.hardwareConcurrency || 1, self.crossOriginIsolated === true);
  const none: Facts = { webgpu: 'none', adapter: '', shaderF16: false, threads };
  const gpu = (navigator as unknown as { gpu?: Gpu }).gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return none;
  const { info } = adapter;
  const name = [info?.vendor, info?.architecture, info?.device, info?.description].filter(Boolean).join(' ');
  const software = adapter.isFallbackAdapter === true || info?.isFallbackAdapter === true || SOFTWARE.test(name);
  return {
    webgpu: software ? 'software' : 'hardware',
    adapter: name,
    shaderF16: adapter.features.has('shader-f16'),
    threads,
  };
}
