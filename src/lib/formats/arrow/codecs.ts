import { compressionRegistry, CompressionType } from 'apache-arrow';
import { decompress as zstd } from 'fzstd';
import { decompress as lz4 } from 'lz4js';

let registered = false;

/** Teaches apache-arrow to unpack LZ4 and Zstandard buffers. */
export function registerCodecs(): void {
  if (registered) return;
  registered = true;
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => lz4(data) });
  compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => zstd(data) });
}
