/** Hands files to the user: one by one, as one archive, or into a folder of theirs. */

export interface OutFile {
  name: string;
  blob: Blob;
  /** Kept records that are not in it because its layout cannot hold them. */
  lost?: number;
}

/** Downloads one file; folders of its path become part of its name. */
export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll('/', '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

interface Picker {
  showDirectoryPicker?(options: { mode: 'readwrite'; id?: string }): Promise<FileSystemDirectoryHandle>;
}

/** Can this browser write into a folder? */
export const canSaveToFolder = (): boolean => typeof (globalThis as Picker).showDirectoryPicker === 'function';

/** Asks for a folder and writes everything below it; false when the user changed their mind. */
export async function saveToFolder(files: readonly OutFile[]): Promise<string | null> {
  let root: FileSystemDirectoryHandle;
  try {
    root = await (globalThis as Picker).showDirectoryPicker!({ mode: 'readwrite', id: 'siftbook-export' });
  } catch (error) {
    if ((error as Error).name === 'AbortError') return null;
    throw error;
  }
  for (const { name, blob } of files) {
    const path = name.split('/');
    let dir = root;
    for (const part of path.slice(0, -1)) dir = await dir.getDirectoryHandle(part, { create: true });
    const handle = await dir.getFileHandle(path[path.length - 1], { create: true });
    const writer = await handle.createWritable();
    try {
      await writer.write(blob);
      await writer.close();
    } catch (error) {
      await writer.abort().catch(() => undefined);
      throw error;
    }
  }
  return root.name;
}

/** The command that makes the same files: file names quoted where a shell would part them. */
export function commandLine(files: readonly string[]): string {
  const quote = (name: string) => (/^[\w.@%+=:,/-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
  return `siftbook run recipe.yaml ${files.map(quote).join(' ')} -o out`;
}
