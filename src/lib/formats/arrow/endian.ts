/** MessageHeader's number of a schema. */
const SCHEMA = 1;

/**
 * Whether the schema message at `at` of an IPC file or stream says that its buffers are big-endian: apache-arrow reads
 * them as little-endian without a word. (Message and Schema of Arrow's format/Message.fbs and Schema.fbs.)
 */
export function isBigEndian(head: Uint8Array, at: number): boolean {
  try {
    const data = new DataView(head.buffer, head.byteOffset, head.length);
    const start = at + (data.getUint32(at, true) === 0xffffffff ? 8 : 4);
    const message = start + data.getUint32(start, true);
    const header = field(data, message, 2);
    const type = field(data, message, 1);
    // A file may begin with a record batch: apache-arrow for JavaScript writes the schema in the footer only.
    if (header === 0 || type === 0 || data.getUint8(type) !== SCHEMA) return false;
    const schema = header + data.getUint32(header, true);
    const endianness = field(data, schema, 0);
    return endianness !== 0 && data.getInt16(endianness, true) === 1;
  } catch {
    return false;
  }
}

/** Place of a table's n-th field, 0 where it is absent. */
function field(data: DataView, table: number, n: number): number {
  const vtable = table - data.getInt32(table, true);
  if (4 + 2 * n >= data.getUint16(vtable, true)) return 0;
  const offset = data.getUint16(vtable + 4 + 2 * n, true);
  return offset === 0 ? 0 : table + offset;
}
