/** Terms of many texts: row r has the terms `offsets[r]`…`offsets[r + 1]`, ascending, each with how often it stands in the text. */
export interface SparseRows {
  /** Rows + 1 entries. */
  offsets: Uint32Array;
  /** Bucket of each term (see features.ts). */
  terms: Uint32Array;
  /** Times the term stands in its text, at most 65,535. */
  counts: Uint16Array;
}

/** Rows of several parts, one after the other. */
export function joinRows(parts: readonly SparseRows[]): SparseRows {
  let rows = 0;
  let size = 0;
  for (const { offsets, terms } of parts) {
    rows += offsets.length - 1;
    size += terms.length;
  }
  const joined = {
    offsets: new Uint32Array(rows + 1),
    terms: new Uint32Array(size),
    counts: new Uint16Array(size),
  };
  let row = 0;
  let at = 0;
  for (const { offsets, terms, counts } of parts) {
    for (let r = 1; r < offsets.length; r++) joined.offsets[row + r] = at + offsets[r];
    joined.terms.set(terms, at);
    joined.counts.set(counts, at);
    row += offsets.length - 1;
    at += terms.length;
  }
  return joined;
}

/** The chosen rows, in the order given. */
export function pickRows(rows: SparseRows, chosen: Uint32Array): SparseRows {
  const { offsets, terms, counts } = rows;
  const picked = new Uint32Array(chosen.length + 1);
  for (let i = 0; i < chosen.length; i++) picked[i + 1] = picked[i] + offsets[chosen[i] + 1] - offsets[chosen[i]];
  const out = {
    offsets: picked,
    terms: new Uint32Array(picked[chosen.length]),
    counts: new Uint16Array(picked[chosen.length]),
  };
  for (let i = 0; i < chosen.length; i++) {
    out.terms.set(terms.subarray(offsets[chosen[i]], offsets[chosen[i] + 1]), picked[i]);
    out.counts.set(counts.subarray(offsets[chosen[i]], offsets[chosen[i] + 1]), picked[i]);
  }
  return out;
}

/** Buffers of rows, for `postMessage`'s transfer list. */
export function rowsBuffers(rows: SparseRows): ArrayBuffer[] {
  return [rows.offsets, rows.terms, rows.counts].map(({ buffer }) => buffer as ArrayBuffer);
}

/** Adds to each term's entry the number of rows that have it. */
export function addDocumentFrequencies(rows: SparseRows, frequencies: Uint32Array): void {
  const { terms } = rows;
  for (let i = 0; i < terms.length; i++) frequencies[terms[i]]++;
}
