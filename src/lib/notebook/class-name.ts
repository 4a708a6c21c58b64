import { locale, t } from '$lib/i18n/locale.svelte';

/** A class as the reader calls it: languages by name, everything else as the data has it. */
export function className(by: string, name: string): string {
  if (name === '') return t('class.empty');
  if (by === 'cluster') return t('clusters.number', { id: name });
  if (by === 'task_type') return t(`diversity.task.${name}`);
  if (by === 'sentence_type') return t(`diversity.sentence.${name}`);
  if (by !== 'language') return name;
  if (name === 'mixed' || name === 'other') return t(`language.${name}`);
  try {
    return new Intl.DisplayNames([locale.lang], { type: 'language', fallback: 'code' }).of(name) ?? name;
  } catch {
    return name;
  }
}
