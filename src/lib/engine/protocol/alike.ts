/** How many records go at each threshold of a step that compares records. */
export interface AlikeCurve {
  /** Thresholds, ascending. */
  at: Float64Array;
  /** Records with a better twin of at least that similarity. */
  dropped: Uint32Array;
  /** Records that reach the step and have a text. */
  reach: number;
  /**
   * A threshold that suits these vectors: a distance below 0.13 × the median one to the nearest neighbour (Datalab's rule for near
   * duplicates). Null where neighbours are not known, or nothing is compared by vectors.
   */
  suggested: number | null;
}

/** Groups of records that are alike, largest first; in each the one that stays is first. */
export interface AlikeGroups {
  groups: number;
  largest: {
    size: number;
    /** At most 50. */
    members: {
      place: number;
      key: string;
      text: string;
      /** To its best better twin; null where it has none that is alike enough, and so stays. */
      similarity: number | null;
      twin: number;
    }[];
  }[];
}

/** What of the open dataset another file has too. */
export interface AgainstSummary {
  /** The other file (or files), and its records. */
  name: string;
  /** As a recipe names it. */
  names: string[];
  rows: number;
  /** Parts that are compared. */
  on: string[];
  /** Similarities, ascending, and how many records have a twin there of at least that. */
  at: Float64Array;
  matched: Uint32Array;
  /** Records that have a text. */
  reach: number;
  /** Records in which a text of the other file stands: at least the share `least` of its n-grams. */
  holds: number;
  least: number;
}

/**
 * `near`: records alike from `at` on; `holds`: those in which at least the share `at` of a text of the other file stands. The greatest
 * first.
 */
export interface AgainstQuery {
  kind: 'near' | 'holds';
  at: number;
  offset: number;
  limit: number;
}

export interface AgainstMatch {
  place: number;
  key: string;
  /** The similarity, or the share that stands in it. */
  value: number;
  text: string;
  /** Place, file and line of its twin there. */
  other: number;
  file: string;
  line: number;
  otherText: string;
}
