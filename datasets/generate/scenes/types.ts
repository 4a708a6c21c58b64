/** What one leaf of the label tree talks about: a question is a situation and an ask, an answer three or four facts. */
export interface Topic {
  label: string;
  /** Relative frequency: the set has a long tail. */
  weight: number;
  situations: string[];
  asks: string[];
  facts: string[];
  /** A second question of the same talk, with its answer. */
  followUps: [string, string][];
}
