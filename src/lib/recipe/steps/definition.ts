import type { Range } from '$lib/columns/types';
import type { Part, View } from '$lib/record/types';
import type { Stretch } from '$lib/text/redact';
import type { Measured } from '../measured';
import type { PairsNeed, Preference } from '../plan';
import type { Planner } from '../planner';
import type { Schema } from '../schema';
import type { Decision, StepKind } from '../types';

/** The decision as it stands when a step is reached; a step rewrites it in place. */
export interface Verdict extends Pick<Decision, 'fate' | 'copies' | 'split'> {
  index: number;
}

/** Why a record was dropped: the column, the record's value there, and the cut it failed. */
export interface Reason {
  column: string;
  value: number;
  cut: Range;
  /** Place of the record that stayed in its stead, or would have. */
  twin?: number;
}

/** How a step finds that records are alike: the pairs there are, who of two stays, and from which similarity on. */
export interface Alike {
  pairs: PairsNeed;
  prefer: Preference;
  at: number;
}

/** A step that drops or marks records. */
export interface Judge {
  /** Only of steps that drop the twins of others. */
  alike?: Alike;
  /** Returns how many records it dropped. */
  decide(measured: Measured, verdict: Verdict): number;
  /** Made once per decision, asked for the records that this step dropped. */
  explain(measured: Measured, decision: Decision, index: number): (place: number) => Reason | null;
}

/** A step that changes texts. */
export interface TextRewrite {
  /** Equal signatures do equal things. */
  signature: string;
  /** Roles or field names it works on; null = prompt, response and system. */
  on: string[] | null;
  /** @param around the text's role, and the record as the steps before have left it */
  apply(text: string, tools: TextTools, around: Around): string;
}

/** Where a text stands: what it is in the record, and what else is said there. */
export interface Around {
  role: Part['role'];
  view(): View;
}

/** What rewriting borrows from elsewhere. */
export interface TextTools {
  /** Stretches of these kinds of personal data in a text. */
  spans(text: string, kinds: readonly string[]): Stretch[];
}

/** Something wrong with a step that its schema cannot say. `path` leads from the step's body to the place. */
export interface Fault {
  path: (string | number)[];
  code: string;
  values?: Record<string, string | number>;
}

/** What is known when a recipe is checked; what is absent is not checked. */
export interface CheckContext {
  /** Ids of the columns there are. */
  columns?: readonly string[];
  /** Names of the file's fields. */
  fields?: readonly string[];
}

/** One kind of step. To add one: a file like its neighbours, a line in `index.ts`, a test, its messages in two languages. */
export interface StepDefinition<Body> {
  kind: StepKind;
  schema: Schema;
  /** What "add a step" begins with. */
  initial: Body;
  /** Checked once the body fits the schema. */
  check?(body: Body, context: CheckContext): Fault[];
  /** Says what must be measured, and gives the judge where the step is one. */
  plan(body: Body, planner: Planner): Judge | void;
}
