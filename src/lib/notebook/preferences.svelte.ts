import type { Lang } from '$lib/i18n';
import { locale } from '$lib/i18n/locale.svelte';
import { Persisted } from './persisted.svelte';

export type Theme = 'system' | 'light' | 'dark';

/** Language and theme, kept from visit to visit. */
export class Preferences {
  #theme = new Persisted<Theme>('theme', 'system', (v) => v === 'system' || v === 'light' || v === 'dark');
  #lang = new Persisted<Lang | null>('lang', null, (v) => v === 'en' || v === 'zh');

  get lang(): Lang {
    return locale.lang;
  }
  set lang(lang: Lang) {
    locale.lang = lang;
    this.#lang.value = lang;
  }
  get theme(): Theme {
    return this.#theme.value;
  }
  set theme(theme: Theme) {
    this.#theme.value = theme;
  }
  /** `?lang=`, else the kept choice, else the browser's. */
  readAddress(address: URL): void {
    const asked = address.searchParams.get('lang');
    const browser = typeof navigator !== 'undefined' && navigator.language.startsWith('zh') ? 'zh' : 'en';
    locale.lang = asked === 'zh' || asked === 'en' ? asked : (this.#lang.value ?? browser);
  }
}
