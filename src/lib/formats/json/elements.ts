import type { Collector } from '../batch/collector';
import { Lines, type Text } from '../bytes/text';
import { badText, type FilePlace, type Params, type TextKey } from '../messages';
import type { ReadChunk, RejectionCode } from '../types';
import { appendArray, appendObject, put } from './append';
import { Columns, typeName } from './columns';
import { faultText } from './faults';
import { CONTEXT, nextElement } from './resync';
import { Scanner } from './scan';

const encoder = new TextEncoder();
/** A record longer than this is taken for a broken one that swallows what follows. */
const LONGEST = 1 << 29;

/** A place in a JSON text that is read record after record. */
export class Cursor {
  at: number;
  readonly scanner = new Scanner();
  readonly columns: Columns;
  readonly lines = new Lines();
  /** First key of the last record read: it tells where another one begins. */
  firstKey: Uint8Array | null = null;
  /** Whether the text cannot be followed any further. */
  lost = false;

  constructor(
    readonly text: Text,
    readonly out: Collector,
    private readonly signal?: AbortSignal,
  ) {
    this.at = text.start;
    this.columns = new Columns(out);
  }

  /** Takes in more bytes, keeping a few before the cursor. False at the end of the text. */
  async more(): Promise<boolean> {
    this.signal?.throwIfAborted();
    const { window } = this.text;
    const from = Math.max(0, this.at - CONTEXT);
    this.lines.to(window, this.at);
    const grew = await window.more(from);
    this.at -= from;
    return grew;
  }

  /** Moves to the next byte that is not white space and returns it; -1 at the end of the text. */
  async next(): Promise<number> {
    for (;;) {
      this.aim();
      this.at = this.scanner.space(this.at);
      if (this.at < this.text.window.end) return this.text.window.bytes[this.at];
      if (this.text.window.done || !(await this.more())) return -1;
    }
  }

  /** Points the scanner at the window as it stands. */
  aim(): Scanner {
    const { scanner } = this;
    const { bytes, data, end } = this.text.window;
    scanner.aim(bytes, data, end);
    return scanner;
  }

  /** Refuses what begins at `at`; `fault`: where in it the fault is. */
  refuse(code: RejectionCode, at: number, key: TextKey, params?: Params, fault = at): void {
    const { line, offset } = this.place(at);
    this.out.refuse(code, line, offset, key, params, fault === at ? null : this.place(fault));
  }

  private place(at: number): FilePlace {
    const { window } = this.text;
    const line = new Lines(this.lines).to(window, Math.min(at, window.end));
    return { line, offset: this.text.offset(window.base + at) };
  }

  /** Refuses the value at the cursor for what the scanner stopped at: bytes that are no text, or else its fault. */
  refuseFault(ends: 'line' | 'file'): void {
    const { scanner, text } = this;
    const { code, key, params } = faultText(scanner, ends);
    if (scanner.badByte >= 0) this.refuse('encoding', this.at, ...badText(text.encoding), scanner.badByte);
    else this.refuse(code, this.at, key, params, scanner.faultAt);
  }

  /**
   * Scans the value at the cursor, taking in more bytes while it is cut off; returns the place behind it, or -1 with
   * the scanner's fault set.
   */
  async scan(): Promise<number> {
    const { window } = this.text;
    for (;;) {
      const scanner = this.aim();
      const open = scanner.bytes[this.at];
      const end =
        open === 0x7b ? scanner.object(this.at) : open === 0x5b ? scanner.array(this.at) : scanner.value(this.at);
      const cut = end < 0 ? scanner.faultAt >= window.end : end === window.end && open !== 0x7b && open !== 0x5b;
      if (!cut || window.done || window.end - this.at > LONGEST || !(await this.more())) return end;
    }
  }
}

export interface ElementOptions {
  /** Commas between the elements and a bracket behind them; without, records simply follow one another. */
  list: boolean;
  /** Strings are records of one field with this name. */
  textField?: string;
  /** A field that every record gets, with its value. */
  extra?: { name: string; value: string };
}

/** Reads records from the cursor on, up to and with the closing bracket (of a list) or the end of the text. */
export async function* readElements(cursor: Cursor, options: ElementOptions): AsyncGenerator<ReadChunk> {
  const { out, text } = cursor;
  const { window } = text;
  if (options.list && (await cursor.next()) === 0x5d) {
    cursor.at++;
    return;
  }
  const extra = options.extra && makeExtra(options.extra);
  for (;;) {
    const open = await cursor.next();
    if (open < 0) {
      if (options.list) cursor.refuse('syntax', cursor.at, 'formats.file-ends-list');
      cursor.lost = options.list;
      return;
    }
    const line = cursor.lines.to(window, cursor.at);
    const end = await cursor.scan();
    if (end < 0) {
      cursor.refuseFault('file');
      if (!(await nextElement(cursor, open))) {
        cursor.lost = true;
        return;
      }
      if (out.full) yield out.take();
      continue;
    }
    append(cursor, open, line, options.textField);
    if (extra && out.rows > 0) addExtra(out, extra);
    cursor.at = end;
    if (out.full) yield out.take();
    if (!options.list) continue;
    const after = await cursor.next();
    if (after === 0x2c) {
      const comma = cursor.at++;
      if ((await cursor.next()) === 0x5d) {
        cursor.refuse('syntax', Math.min(comma, cursor.at), 'formats.trailing-comma');
        cursor.at++;
        return;
      }
    } else if (after === 0x5d) {
      cursor.at++;
      return;
    } else if (after >= 0) {
      cursor.refuse('syntax', cursor.at, 'formats.expected-comma-list');
      if (after !== open && !(await nextElement(cursor, open))) {
        cursor.lost = true;
        return;
      }
    }
  }
}

/** Appends the value just scanned as a record, or refuses it. */
function append(cursor: Cursor, open: number, line: number, textField?: string): void {
  const { scanner, out, columns } = cursor;
  if (scanner.badByte >= 0) cursor.refuse('encoding', cursor.at, ...badText(cursor.text.encoding), scanner.badByte);
  else if (open === 0x7b) {
    appendObject(out, scanner, line);
    columns.objects = true;
    if (cursor.firstKey === null && scanner.count > 0)
      cursor.firstKey = scanner.bytes.slice(scanner.members[0], scanner.members[1]);
  } else if (open === 0x5b && columns.fit(scanner)) appendArray(out, scanner, line, columns.indices);
  else if (open === 0x22 && textField !== undefined) {
    const end = scanner.note(cursor.at);
    put(out.fields[out.field(textField, encoder.encode(textField))], out.rows, scanner, 0, 0);
    out.row(line, end - cursor.at);
  } else if (open === 0x5b) cursor.refuse('shape', cursor.at, ...columns.misfit(open, scanner));
  else cursor.refuse('shape', cursor.at, 'formats.not-object', { found: typeName(open) });
}

interface Extra {
  name: string;
  key: Uint8Array;
  value: Uint8Array;
  data: DataView;
}

function makeExtra({ name, value }: { name: string; value: string }): Extra {
  const bytes = encoder.encode(value).slice();
  return { name, key: encoder.encode(name), value: bytes, data: new DataView(bytes.buffer) };
}

/** Gives the record appended last a further field, unless it has one of that name. */
function addExtra(out: Collector, { name, key, value, data }: Extra): void {
  const field = out.fields[out.field(name, key)];
  const row = out.rows - 1;
  if (field.filled <= row) field.text(row, value, data, 0, value.length);
}
