import { translate, type Lang, type Params } from './index';

/** The language of the page; components that call `t` follow it. */
class Locale {
  lang = $state<Lang>('en');
}

export const locale = new Locale();

/** The text of a message in the page's language. */
export function t(key: string, params?: Params): string {
  return translate(locale.lang, key, params);
}
