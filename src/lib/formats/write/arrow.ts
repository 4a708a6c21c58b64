import { AsyncByteQueue, Message, RecordBatchFileWriter, type Schema } from 'apache-arrow';
import { Columnar } from './columnar';
import type { LayoutWriter, WriterOptions } from './types';

/** Collects what the file writer puts out. */
export class Chunks extends AsyncByteQueue {
  #chunks: Uint8Array[] = [];

  override write(value: Uint8Array): void {
    if (value.byteLength > 0) this.#chunks.push(value.slice());
  }

  take(): Uint8Array<ArrayBuffer> {
    const taken = concat(this.#chunks);
    this.#chunks = [];
    return taken;
  }
}

/** apache-arrow leaves the schema to the footer; the format has it behind the magic too, for readers of streams. */
export class FileWriter extends RecordBatchFileWriter {
  protected override _writeSchema(schema: Schema): this {
    return this._writeMagic()._writePadding(2)._writeMessage(Message.from(schema));
  }
}

/** Pieces as one array of bytes. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** An Arrow IPC file (Feather 2), not compressed, a record batch per 65,536 rows. */
export function arrowWriter(options: WriterOptions): LayoutWriter {
  const rows = new Columnar(options);
  const chunks = new Chunks();
  const file = new FileWriter();
  file.reset(chunks, rows.schema);
  const flush = () => {
    for (const block of rows.ready.splice(0)) file.write(block);
    return chunks.take();
  };
  return {
    extension: 'arrow',
    write: (batch, row, edits) => rows.write(batch, row, edits),
    take: flush,
    finish() {
      rows.close();
      const head = flush();
      file.finish();
      return concat([head, chunks.take()]);
    },
  };
}
