import { NEAR_DEFAULT, SEMANTIC_DEFAULT } from '$lib/recipe/alike';
import type { DatasetSummary, Views } from '$lib/engine/protocol';
import type { Step, StepKind } from '$lib/recipe/types';
import { cutIndex } from '../edit';

/** What may be added, in the order of the menu. */
export const KINDS: readonly StepKind[] = [
  'normalise',
  'redact',
  'cut',
  'exact',
  'near',
  'semantic',
  'relabel',
  'balance',
  'split',
];

/** A new step as it is first added: harmless, or what most data wants; the reader changes it from there. */
export function freshStep(kind: StepKind, dataset: DatasetSummary, views: Views | null, steps: readonly Step[]): Step {
  const { mapping } = dataset;
  switch (kind) {
    case 'normalise':
      return { normalise: { unicode: 'NFC', strip: ['control', 'zero-width'], collapse: ['spaces'] } };
    case 'redact':
      return { redact: { kinds: ['email', 'phone', 'id-card-cn', 'bank-card'] } };
    case 'cut':
      return freshCut(views, steps);
    case 'exact':
      return { exact: { on: mapping.response || mapping.messages ? ['prompt', 'response'] : ['prompt'] } };
    case 'near':
      return { near: { ...NEAR_DEFAULT, on: [...NEAR_DEFAULT.on] } };
    case 'semantic':
      return { semantic: { ...SEMANTIC_DEFAULT, on: SEMANTIC_DEFAULT.on[0] } };
    case 'relabel':
      return { relabel: { merge: {} } };
    case 'balance':
      return {
        balance: { by: mapping.label.length ? 'label' : mapping.source ? 'source' : 'language', mode: 'natural' },
      };
    case 'split':
      return { split: { train: 0.8, validation: 0.1, test: 0.1 } };
  }
}

/** A cut on the first column that has none yet; at the published or the data's own value where there is one. */
function freshCut(views: Views | null, steps: readonly Step[]): Step {
  const free = (views?.columns ?? []).filter((view) => cutIndex(steps, view.id) < 0 && view.stats.count > 0);
  const view = free.find((v) => v.published) ?? free.find((v) => v.suggested) ?? free[0];
  if (!view) return { cut: { column: 'response_chars', min: 1 } };
  const { min, max } = view.published ?? view.suggested ?? { min: view.stats.min };
  return { cut: { column: view.id, ...(min !== undefined && { min }), ...(max !== undefined && { max }) } };
}
