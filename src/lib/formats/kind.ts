import { beginsMember } from './bytes/gunzip';

/** What the first bytes of a file say it is. `text` is anything that may be text; other names are refused by name. */
export type Kind =
  'gzip' | 'parquet' | 'arrow-file' | 'arrow-stream' | 'feather-v1' | 'encrypted-parquet' | 'text' | string;

const SIGNATURES: [string, string][] = [
  ['PAR1', 'parquet'],
  ['PARE', 'encrypted-parquet'],
  ['ARROW1', 'arrow-file'],
  ['FEA1', 'feather-v1'],
  ['PK\x03\x04', 'ZIP, Office'],
  ['PK\x05\x06', 'ZIP'],
  ['%PDF', 'PDF'],
  ['SQLite format 3\0', 'SQLite'],
  ['Obj\x01', 'Avro'],
  ['ORC', 'ORC'],
  ['\x89HDF', 'HDF5'],
  ['\x93NUMPY', 'NumPy'],
  ['\x89PNG', 'PNG'],
  ['\xff\xd8\xff', 'JPEG'],
  ['GIF8', 'GIF'],
  ['\xd0\xcf\x11\xe0', 'Office 97'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['7z\xbc\xaf', '7-Zip'],
  ['Rar!', 'RAR'],
  ['\x28\xb5\x2f\xfd', 'Zstandard'],
  ['\x04\x22\x4d\x18', 'LZ4'],
  ['\x7fELF', 'ELF'],
  ['\x80\x02', 'Python pickle'],
  ['\x80\x04\x95', 'Python pickle'],
];

/** Kind of a file by its first bytes. */
export function kindOf(head: Uint8Array): Kind {
  if (head.length >= 10 && beginsMember(head, 0)) return 'gzip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  for (const [signature, kind] of SIGNATURES) if (begins(head, signature)) return kind;
  if (arrowStream(head)) return 'arrow-stream';
  return 'text';
}

function begins(head: Uint8Array, signature: string): boolean {
  if (head.length < signature.length) return false;
  for (let i = 0; i < signature.length; i++) if (head[i] !== signature.charCodeAt(i)) return false;
  return true;
}

/** An Arrow stream begins with the length of its schema message: behind four bytes 0xFF, or (before 0.15) at once. */
function arrowStream(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const data = new DataView(head.buffer, head.byteOffset, head.length);
  const marked = data.getUint32(0, true) === 0xffffffff;
  const at = marked ? 4 : 0;
  const length = data.getInt32(at, true);
  const root = data.getInt32(at + 4, true);
  return (
    length > 8 &&
    length < 1 << 28 &&
    length % 4 === 0 &&
    root >= 4 &&
    root < Math.min(length, 1 << 16) &&
    root % 2 === 0
  );
}

/** Whether bytes that should be text are not: many control characters or zeros. */
export function isBinary(head: Uint8Array): boolean {
  const n = Math.min(head.length, 1 << 15);
  let odd = 0;
  for (let i = 0; i < n; i++) {
    const c = head[i];
    if (c < 9 || (c > 13 && c < 0x20 && c !== 0x1b)) odd++;
  }
  return odd * 20 > n && odd > 4;
}
