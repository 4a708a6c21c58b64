import type { Measured } from './measured';
import type { Plan } from './plan';
import type { Reason } from './steps/definition';
import { KEPT, SPLITS, type Decision } from './types';

/** Why a record was dropped; null when it was kept. Step indices count from 0. */
export type Explain = (place: number) => ({ step: number } & Partial<Reason>) | null;

/** Answers why for any record of a decision; each step's answer is prepared when first asked for. */
export function explainer(plan: Plan, measured: Measured, decision: Decision): Explain {
  const reasons = new Map<number, (place: number) => Reason | null>();
  return (place) => {
    const step = decision.fate[place];
    if (step === KEPT) return null;
    let reason = reasons.get(step);
    if (!reason) {
      const judge = plan.steps[step].judge;
      reasons.set(step, (reason = judge ? judge.explain(measured, decision, step) : () => null));
    }
    return { step, ...reason(place) };
  };
}

/** One line of `ledger.jsonl`, without the line break. */
export function ledgerLine(
  place: number,
  file: string,
  line: number,
  measured: Measured,
  decision: Decision,
  explain: Explain,
): string {
  const why = explain(place);
  const split = decision.split[place];
  const cut = (['min', 'max', 'below'] as const).flatMap((end) => {
    const at = why?.cut?.[end];
    return at === undefined ? [] : [`"${end}":${number(at)}`];
  });
  return (
    `{"key":"${measured.key(place)}","place":${place},"file":${JSON.stringify(file)},"line":${line},` +
    `"fate":"${why === null ? 'kept' : 'dropped'}","step":${why === null ? null : why.step},` +
    `"column":${why?.column === undefined ? null : JSON.stringify(why.column)},` +
    `"value":${why?.value === undefined ? null : shortest(why.value)},` +
    `"cut":${why?.cut === undefined ? null : `{${cut.join(',')}}`},` +
    `"split":${split < SPLITS.length ? `"${SPLITS[split]}"` : null},"copies":${decision.copies[place]},"variant_of":null}`
  );
}

const number = (value: number) => (Number.isFinite(value) ? String(value) : 'null');

/** The shortest decimal that reads back as this float32; `null` where it is no finite number. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const target = Math.fround(value);
  // More digits are never further away: the least number of them that reads back is found by halving.
  let [least, most] = [1, 9];
  while (least < most) {
    const digits = (least + most) >> 1;
    if (Math.fround(Number(value.toPrecision(digits))) === target) most = digits;
    else least = digits + 1;
  }
  return String(Number(value.toPrecision(least)));
}
