/** A ZIP archive that stores its members as they are (they are text or already compressed), built without copying them. */
import { Failure } from '$lib/record/failure';

const TABLE = new Uint32Array(256).map((_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(crc: number, bytes: Uint8Array): number {
  let c = ~crc;
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

async function checksum(blob: Blob): Promise<number> {
  const reader = blob.stream().getReader();
  let crc = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return crc;
    crc = crc32(crc, value);
  }
}

const LIMIT = 0xffffffff;
/** DOS time of 1 January 1980: equal files give equal archives. */
const DATE = 0x0021;

function header(
  size: number,
  fields: [at: number, bytes: 2 | 4, value: number][],
  name: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size + name.length);
  const view = new DataView(out.buffer);
  for (const [at, bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  out.set(name, size);
  return out;
}

const tooLarge = () =>
  new Failure('The files are too large for one archive (4 GB). Save them one by one.', 'error.zip-too-large');

/**
 * Names are UTF-8 paths parted by `/`.
 * @throws Error where a file or the archive would pass 4 GB (the plain format's limit).
 */
export async function zip(files: readonly { name: string; blob: Blob }[]): Promise<Blob> {
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, blob } of files) {
    if (blob.size > LIMIT || offset > LIMIT) throw tooLarge();
    const path = new TextEncoder().encode(name);
    const common: [number, 2 | 4, number][] = [
      [0, 2, 20],
      [2, 2, 0x0800],
      [4, 2, 0],
      [6, 2, 0],
      [8, 2, DATE],
      [10, 4, await checksum(blob)],
      [14, 4, blob.size],
      [18, 4, blob.size],
      [22, 2, path.length],
      [24, 2, 0],
    ];
    const shifted = (by: number) =>
      common.map(([at, bytes, value]) => [at + by, bytes, value] as [number, 2 | 4, number]);
    const local = header(30, [[0, 4, 0x04034b50], ...shifted(4)], path);
    directory.push(header(46, [[0, 4, 0x02014b50], [4, 2, 20], ...shifted(6), [42, 4, offset]], path));
    parts.push(local, blob);
    offset += local.length + blob.size;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  if (offset + size > LIMIT || files.length > 0xffff) throw tooLarge();
  const end = header(
    22,
    [
      [0, 4, 0x06054b50],
      [8, 2, files.length],
      [10, 2, files.length],
      [12, 4, size],
      [16, 4, offset],
    ],
    new Uint8Array(0),
  );
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}
