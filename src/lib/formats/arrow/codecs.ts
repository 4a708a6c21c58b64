import { compressionRegistry, CompressionType } from 'apache-arrow';
import { decompress as zstd } from 'fzstd';
import { decompress as lz4 } from 'lz4js';

let registered = false;

/** fzstd hands out a part of its own buffer, at any byte; arrays of numbers must begin at a multiple of eight. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

/** Teaches apache-arrow to unpack LZ4 and Zstandard buffers. */
export function registerCodecs(): void {
  if (registered) return;
  registered = true;
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => aligned(lz4(data)) });
  compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => aligned(zstd(data)) });
}
