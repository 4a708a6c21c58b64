/** A text's first instruction: its verb and the noun that the verb acts on, each '' where there is none. */
export interface VerbPhrase {
  verb: string;
  object: string;
  /** The verb is an imperative (a polite form too), not that of a statement or a question. */
  command: boolean;
}
