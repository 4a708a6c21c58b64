/** Vectors of a dataset: row-major, each of unit length; a record without a text has a row of zeros. */
export interface Vectors {
  rows: number;
  dim: number;
  /** rows × dim. */
  values: Float32Array;
}
