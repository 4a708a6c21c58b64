/** A private file system in memory, as much of it as kept vectors need. It outlives the engines that use it. */
import type { AppendFile } from '$lib/engine/embedding/vector-log';

export function privateFiles(): () => Promise<FileSystemDirectoryHandle> {
  const files = new Map<string, Uint8Array>();
  const open = new Set<string>();
  const access = (name: string): AppendFile => {
    if (open.has(name)) throw Object.assign(new Error(`${name} is open`), { name: 'NoModificationAllowedError' });
    open.add(name);
    const bytes = () => files.get(name)!;
    return {
      getSize: () => bytes().length,
      read(into, { at }) {
        const part = bytes().subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write(written, { at }) {
        const grown = new Uint8Array(Math.max(bytes().length, at + written.length));
        grown.set(bytes());
        grown.set(written, at);
        files.set(name, grown);
        return written.length;
      },
      truncate: (size) => void files.set(name, bytes().slice(0, size)),
      flush: () => undefined,
      close: () => void open.delete(name),
    };
  };
  const folder = {
    getFileHandle: async (name: string) => {
      if (!files.has(name)) files.set(name, new Uint8Array(0));
      return { createSyncAccessHandle: async () => access(name) };
    },
  };
  const root = { getDirectoryHandle: async () => folder };
  return async () => root as unknown as FileSystemDirectoryHandle;
}
