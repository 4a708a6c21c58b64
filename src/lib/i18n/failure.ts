import { placeKey } from '$lib/formats/messages';
import type { Rejection } from '$lib/formats/types';
import type { RecipeProblem } from '$lib/recipe/types';
import { hasMessage, translate, type Lang, type Params } from './index';
import { said } from './phrase';

/** Why a record was refused, in that language. */
export function rejectionText(lang: Lang, rejection: Pick<Rejection, 'key' | 'params' | 'reason'>): string {
  const { key, params, reason } = rejection;
  const text = lang === 'en' ? null : said(lang, key, params);
  if (text === null) return reason;
  const placed = placeKey(params);
  return placed === null ? text : translate(lang, placed, { ...params, reason: text });
}

/** What is wrong with a recipe, in that language; the parser's own words are the last resort. */
export function problemText(lang: Lang, { code, values = {}, message }: RecipeProblem): string {
  const torn = `recipe.yaml.${values.yaml}`;
  if (hasMessage(lang, torn)) return translate(lang, torn);
  const text = lang === 'en' ? null : said(lang, `recipe.problem.${code}`, values);
  if (text === null) return message;
  return 'meant' in values ? text + translate(lang, 'recipe.problem.meant', values) : text;
}

interface Told {
  name?: unknown;
  key?: unknown;
  params?: unknown;
  cause?: unknown;
}

/** An error for the reader, complete in their language: by its key and values, else by what the browser calls it. */
export function failureText(lang: Lang, error: Error): string {
  const { name, key, params, cause } = error as Told;
  if (typeof key === 'string' && hasMessage(lang, key)) {
    const values = { ...(params as Params | undefined) };
    if (isRejection(cause)) return translate(lang, key, { ...values, reason: rejectionText(lang, cause) });
    if (isProblem(cause)) return translate(lang, key, { ...values, message: problemText(lang, cause) });
    return said(lang, key, values)!;
  }
  if (/out of memory|allocation failed|invalid (array|string) length/i.test(error.message))
    return translate(lang, 'error.browser.memory');
  if (name === 'TypeError' && /fetch|network|load failed/i.test(error.message))
    return translate(lang, 'error.browser.network');
  if (hasMessage(lang, `error.browser.${String(name)}`)) return translate(lang, `error.browser.${String(name)}`);
  return translate(lang, 'error.unexpected', { message: error.message });
}

function isRejection(cause: unknown): cause is Rejection {
  return typeof cause === 'object' && cause !== null && 'key' in cause && 'reason' in cause;
}

function isProblem(cause: unknown): cause is RecipeProblem {
  return typeof cause === 'object' && cause !== null && 'column' in cause && 'message' in cause;
}
