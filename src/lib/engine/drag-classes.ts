/** Where the values of a dragged column stand among the positions of its handles. */
import { lowerBound } from './drag';

/** Values that no position tells apart are of one class. */
export interface DragClasses {
  /**
   * Class of each row: 2k + 1 where its value equals position k as float32, 2k where it lies below position k and above the one
   * before; `count` without a value.
   */
  of: Uint16Array;
  count: number;
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/**
 * Classes of a column. A table over the upper 16 bits of the float32 starts each search.
 * @param steps positions, ascending, at most 32,000
 */
export function classesOf(steps: Float64Array, values: Float32Array): DragClasses {
  const at = Float32Array.from(steps);
  const n = at.length;
  const count = 2 * n + 1;
  const first = new Uint16Array(65536);
  for (let high = 0; high < 65536; high++) {
    word[0] = high < 0x8000 ? high << 16 : (high << 16) | 0xffff;
    first[high] = float[0] !== float[0] ? 0 : lowerBound(at, float[0]);
  }
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  const of = new Uint16Array(values.length);
  for (let row = 0; row < of.length; row++) {
    const value = values[row];
    let k = first[words[row] >>> 16];
    while (k < n && at[k] < value) k++;
    of[row] = value !== value ? count : k < n && at[k] === value ? 2 * k + 1 : 2 * k;
  }
  return { of, count };
}
