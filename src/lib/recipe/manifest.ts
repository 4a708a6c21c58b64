import type { Decision, StepCount } from './types';
import { SIFTBOOK_VERSION } from './version';

export interface ManifestInput {
  name: string;
  bytes: number;
  sha256: string;
}
export interface ManifestOutput extends ManifestInput {
  /** Records written, copies counted. */
  rows: number;
}

/** A run kept with its hashes. `created` is the only value that differs between equal runs. */
export interface Manifest {
  siftbook: string;
  recipe_sha256: string;
  inputs: ManifestInput[];
  /** The recipe's other files; absent where it names none. */
  against?: ManifestInput[];
  outputs: ManifestOutput[];
  steps: StepCount[];
  splits: { train: number; validation: number; test: number } | null;
  /** `recipe_sha256`-like name of the run this one follows, as the user gives it. */
  parent: string | null;
  /** ISO 8601, UTC. */
  created: string;
  reason: string | null;
  author: string | null;
}

/** What a user may say about a run. */
export interface RunNotes {
  parent?: string | null;
  reason?: string | null;
  author?: string | null;
}

export function makeManifest(
  recipeSha256: string,
  inputs: ManifestInput[],
  outputs: ManifestOutput[],
  decision: Decision,
  created: Date,
  notes: RunNotes = {},
  against?: ManifestInput[],
): Manifest {
  return {
    siftbook: SIFTBOOK_VERSION,
    recipe_sha256: recipeSha256,
    inputs: inputs.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    ...(against && { against: against.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })) }),
    outputs: outputs.map(({ name, bytes, sha256, rows }) => ({ name, bytes, sha256, rows })),
    steps: decision.steps,
    splits: decision.splits,
    parent: notes.parent ?? null,
    created: created.toISOString(),
    reason: notes.reason ?? null,
    author: notes.author ?? null,
  };
}

/** The manifest as the text of `manifest.json`. */
export function manifestText(manifest: Manifest): string {
  return JSON.stringify(manifest, null, 2) + '\n';
}
