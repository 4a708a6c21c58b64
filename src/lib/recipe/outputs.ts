import type { LayoutWriter } from '$lib/formats/write/types';
import type { Batch } from '$lib/record/types';
import type { RowEdits } from '$lib/record/edits';
import type { Digest } from './hash';
import { targetDir } from './layouts';
import type { ManifestOutput } from './manifest';
import { SPLITS, type Recipe } from './types';

/** Where a run's files go: a directory, or Blobs. Names are paths below it, parted by `/`. */
export interface Sink {
  open(name: string): SinkFile | Promise<SinkFile>;
  /** All files are complete: give them their names. */
  commit?(): void | Promise<void>;
  /** The run failed or was cancelled: leave nothing behind. */
  abort?(): void | Promise<void>;
}
export interface SinkFile {
  /** The bytes may be kept: they are not used again. */
  write(bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
  close(): void | Promise<void>;
}

/** One open file with its hash. */
export class Output {
  bytes = 0;
  rows = 0;
  private constructor(
    readonly name: string,
    private readonly file: SinkFile,
    private readonly digest: Digest,
  ) {}

  static async open(sink: Sink, name: string, digest: Digest): Promise<Output> {
    return new Output(name, await sink.open(name), digest);
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (bytes.length === 0) return;
    this.bytes += bytes.length;
    this.digest.update(bytes);
    await this.file.write(bytes);
  }

  async close(): Promise<ManifestOutput> {
    await this.file.close();
    return { name: this.name, bytes: this.bytes, sha256: this.digest.hex(), rows: this.rows };
  }
}

/** A record that a layout cannot hold. */
export interface Unwritable {
  output: string;
  place: number;
  reason: string;
}

/** A layout's file for one split (or for all records). */
export class DataFile {
  constructor(
    readonly output: Output,
    private readonly writer: LayoutWriter,
  ) {}

  /** Writes a record `copies` times; null, or why the layout cannot hold it. */
  write(batch: Batch, row: number, edits: RowEdits | null, copies: number): string | null {
    for (let copy = 0; copy < copies; copy++) {
      const reason = this.writer.write(batch, row, edits);
      if (reason !== null) return reason;
      this.output.rows++;
    }
    return null;
  }

  async flush(): Promise<void> {
    await this.output.write(await this.writer.take());
  }

  async finish(): Promise<ManifestOutput> {
    await this.output.write(await this.writer.finish());
    return this.output.close();
  }
}

/** A file a run will write: its layout, its split (null = all records), its name without the ending. */
export interface PlannedFile {
  layout: string;
  split: number | null;
  stem: string;
}

/** The data files of a recipe's export: `data`, or one a split that has a share. Without an export: `same`. */
export function plannedFiles(recipe: Recipe): PlannedFile[] {
  const step = recipe.steps.find((other) => 'split' in other);
  const splits = step && 'split' in step ? SPLITS.flatMap((name, i) => (step.split[name] ? [i] : [])) : [null];
  const targets = recipe.export?.length ? recipe.export : [{ layout: 'same' }];
  return targets.flatMap(({ layout, dir }) =>
    splits.map((split) => {
      const folder = targetDir(dir);
      const name = split === null ? 'data' : SPLITS[split];
      return { layout, split, stem: folder === '' ? name : `${folder}/${name}` };
    }),
  );
}
