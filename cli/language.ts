import type { Language } from '$lib/columns/types';
import { fit, offered, type ModelSpec } from '$lib/embedding/models';
import { TFIDF } from '$lib/recipe/alike';

const NAMES: Record<Language, string> = {
  zh: 'Chinese',
  en: 'English',
  mixed: 'Chinese and English',
  other: 'in another language',
};
const KNOWS = {
  'english-only': 'English',
  'chinese-only': 'Chinese',
  'other-languages': 'Chinese and English',
} as const;

/** Says before anything is computed that a model does not know the data's language. */
export function warnOfLanguage(language: Language, spec: ModelSpec): void {
  const suits = fit(language, spec);
  if (suits === 'fits') return;
  const better = offered(language)
    .filter((model) => fit(language, model) === 'fits')
    .slice(0, 2)
    .map(({ id }) => id);
  process.stderr.write(
    `Warning: ${spec.id} knows ${KNOWS[suits]} only, and the data is ${NAMES[language]}: its vectors will tell little. ` +
      `Better: ${[...better, TFIDF].join(', ')}.\n`,
  );
}
