import { formatCount, formatNumber, type Lang } from './format';
import enAgainst from './en/against';
import enCells from './en/cells';
import enColumns from './en/columns';
import enDiversity from './en/diversity';
import enEmbedding from './en/embedding';
import enErrors from './en/errors';
import enFindings from './en/findings';
import enFormats from './en/formats';
import enClusters from './en/clusters';
import enMap from './en/map';
import enMeaning from './en/meaning';
import enNotebook from './en/notebook';
import enRecipe from './en/recipe';
import zhAgainst from './zh/against';
import zhCells from './zh/cells';
import zhColumns from './zh/columns';
import zhDiversity from './zh/diversity';
import zhEmbedding from './zh/embedding';
import zhErrors from './zh/errors';
import zhFindings from './zh/findings';
import zhFormats from './zh/formats';
import zhClusters from './zh/clusters';
import zhMap from './zh/map';
import zhMeaning from './zh/meaning';
import zhNotebook from './zh/notebook';
import zhRecipe from './zh/recipe';

export type { Lang } from './format';
export type Params = Record<string, string | number>;
type Table = Record<string, string>;

/** One table a language; areas are merged, so their keys carry their area (`spine.add`, `column.han`, `finding.echo`). */
export const messages: Record<Lang, Table> = {
  en: {
    ...enNotebook,
    ...enCells,
    ...enClusters,
    ...enAgainst,
    ...enMap,
    ...enMeaning,
    ...enColumns,
    ...enDiversity,
    ...enFindings,
    ...enRecipe,
    ...enFormats,
    ...enEmbedding,
    ...enErrors,
  },
  zh: {
    ...zhNotebook,
    ...zhCells,
    ...zhClusters,
    ...zhAgainst,
    ...zhMap,
    ...zhMeaning,
    ...zhColumns,
    ...zhDiversity,
    ...zhFindings,
    ...zhRecipe,
    ...zhFormats,
    ...zhEmbedding,
    ...zhErrors,
  },
};

/** Is there a text for this key? */
export function hasMessage(lang: Lang, key: string): boolean {
  return Object.hasOwn(messages[lang], key);
}

/**
 * The text of `key`. `{name}` stands for a parameter (numbers get thin spaces), `{name|one|other}` chooses by the number.
 * A key without a text is shown as it stands, so that a fault is seen and nothing breaks.
 */
export function translate(lang: Lang, key: string, params?: Params): string {
  const text = Object.hasOwn(messages[lang], key)
    ? messages[lang][key]
    : Object.hasOwn(messages.en, key)
      ? messages.en[key]
      : key;
  return params ? fill(text, params) : text;
}

/** Puts parameters into a text of the form described at `translate`; unknown names stay as they are. */
export function fill(text: string, params: Params): string {
  return text.replace(
    /\{([\w-]+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g,
    (whole, name: string, one?: string, other?: string) => {
      if (!Object.hasOwn(params, name)) return whole;
      const value = params[name];
      if (other !== undefined) return Number(value) === 1 ? one! : other;
      return typeof value === 'number' ? (Number.isInteger(value) ? formatCount(value) : formatNumber(value)) : value;
    },
  );
}
