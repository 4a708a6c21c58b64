/** Readers: a file's bytes to batches of records. */
export { read } from './read';
export { blobSource, streamSource } from './source';
export { UnreadableError } from './types';
