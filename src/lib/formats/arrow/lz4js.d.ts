declare module 'lz4js' {
  /** Unpacks an LZ4 frame; `maxSize` bounds the result. */
  export function decompress(frame: Uint8Array, maxSize?: number): Uint8Array;
}
