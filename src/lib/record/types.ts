/** What a record is: rows as they came (Batch), how their fields are read (Mapping), and one record mapped (View). */

/**
 * One field of a batch in Arrow's own layout: `offsets` has rows + 1 entries into `bytes`.
 * A slot that is not valid is an absent key when its length is 0 and an explicit null when its length is not.
 */
export interface FieldData {
  name: string;
  /** `text`: the bytes are a string's UTF-8. `json`: the bytes are the value's JSON text as it stood in the file. */
  kind: 'text' | 'json';
  offsets: Int32Array;
  bytes: Uint8Array;
  /** One bit a row, least significant first, 1 = present; null when every slot is present. */
  validity: Uint8Array | null;
  /** The column's type in a typed source (Parquet, Arrow), for the way back; absent for text sources. */
  arrowType?: string;
}

/** Up to 65,536 consecutive records of one file. Fields stand in order of first appearance. */
export interface Batch {
  rows: number;
  /** Place in the dataset (over all files) of the first row. */
  first: number;
  /** Index of the file among those opened together. */
  file: number;
  fields: FieldData[];
  /** 1-based line (or element number in a JSON array, row number in Parquet and Arrow) of each record. */
  lines: Uint32Array;
}

export type LayoutName =
  'alpaca' | 'sharegpt' | 'messages' | 'prompt-completion' | 'question-answer' | 'classification' | 'pairs' | 'fields';

/** Which fields carry what. A field is named by its key; `a.b` reaches into an object unless a key is literally `a.b`. */
export interface Mapping {
  layout: LayoutName;
  /** 0–1: how sure detection is; 1 when the user said so. */
  confidence: number;
  /** Joined by a newline, empty ones left out. */
  prompt: string[];
  response: string | null;
  system: string | null;
  /** Alpaca's `[[question, answer], …]`. */
  history: string | null;
  /** The list of turns (ShareGPT `from`/`value`, messages `role`/`content`); replaces prompt and response. */
  messages: string | null;
  tools: string | null;
  /** Several fields are the levels of one path; one field may hold a path parted by `/`. */
  label: string[];
  source: string | null;
  annotator: string | null;
  time: string | null;
  id: string | null;
  /** Numeric fields offered as columns. */
  scores: string[];
}

export type Role = 'system' | 'user' | 'assistant' | 'tool' | 'function' | 'other';

export interface Turn {
  role: Role;
  /** The role's name as the file spells it. */
  name: string;
  text: string;
}

/** One record as the columns see it. */
export interface View {
  /** All user turns (or the prompt fields) joined by a newline. */
  prompt: string;
  /** All assistant turns joined by a newline; null where a record has no response by its layout. */
  response: string | null;
  system: string;
  /** In order, system included; made up from the fields where the layout is not conversational. */
  turns: Turn[];
  /** Path of the label, outermost first; null when unlabelled. */
  label: string[] | null;
  source: string | null;
  annotator: string | null;
  time: string | null;
  id: string | null;
}

/** A piece of text inside a record that a step may rewrite. `path` leads from the field's value to the string. */
export interface Part {
  role: 'prompt' | 'response' | 'system' | 'other';
  field: string;
  path: (string | number)[];
  text: string;
}
