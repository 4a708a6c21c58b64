/** A field's new value: a string, or any JSON value as text. */
export interface Edit {
  kind: 'text' | 'json';
  text: string;
}

/** What steps have rewritten of one record, by top-level field. */
export type RowEdits = Map<string, Edit>;
