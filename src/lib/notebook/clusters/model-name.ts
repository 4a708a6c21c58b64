import { t } from '$lib/i18n/locale.svelte';
import { TFIDF, vectorField } from '$lib/recipe/alike';

/** A model by its own name, without its owner's. */
export function modelName(id: string): string {
  if (id === TFIDF) return t('embed.built-in');
  const field = vectorField(id);
  return field === null ? id.slice(id.lastIndexOf('/') + 1) : t('embed.field', { name: field });
}
