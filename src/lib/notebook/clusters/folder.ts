/** Files of a folder by the paths they have in it, its own name first. */
export interface FolderFile {
  path: string;
  file: File;
}

/** Levels of folders that are looked into: a model's files lie in its folder or one below, and may come in one that holds it. */
const DEEP = 3;

/** Of a folder that was dropped. */
export async function filesIn(
  folder: FileSystemDirectoryEntry,
  under = `${folder.name}/`,
  depth = DEEP,
): Promise<FolderFile[]> {
  if (depth === 0) return [];
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives a hundred at a time, and none when all were given.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    entries.push(...some);
  }
  const files = await Promise.all(
    entries.map(async (entry): Promise<FolderFile[]> => {
      if (entry.isDirectory) return filesIn(entry as FileSystemDirectoryEntry, `${under}${entry.name}/`, depth - 1);
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      return [{ path: under + entry.name, file }];
    }),
  );
  return files.flat();
}

/** Of a folder that was chosen. */
export function filesPicked(input: HTMLInputElement): FolderFile[] {
  const files = [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  input.value = '';
  return files;
}
