import path from 'node:path';
import type { SinkFile } from '$lib/recipe/outputs';
import { Files } from './sink';

/** One output: a file that gets its name when it is complete, or standard output (`-`). */
export interface OutputFile {
  open(): Promise<SinkFile>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/** @param inputs files that must not be written over */
export async function outputFile(name: string, inputs: readonly string[]): Promise<OutputFile> {
  if (name === '-') {
    const nothing = () => Promise.resolve();
    return { open: () => Promise.resolve(standardOutput), commit: nothing, abort: nothing };
  }
  const files = await Files.into(path.dirname(name), inputs);
  return { open: () => files.open(path.basename(name)), commit: () => files.commit(), abort: () => files.abort() };
}

const standardOutput: SinkFile = {
  write: (bytes) =>
    new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))),
  close: () => undefined,
};
