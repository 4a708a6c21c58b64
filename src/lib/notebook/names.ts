import { columnById } from '$lib/columns';
import type { Range, Unit } from '$lib/columns/types';
import { hasMessage } from '$lib/i18n';
import { formatCount, formatNumber } from '$lib/i18n/format';
import { locale, t } from '$lib/i18n/locale.svelte';
import { alikeOf } from './alike';
import { modeOf } from './balance/rule';
import { kindOf } from './edit';
import { roleOf } from './fields/roles';
import { MEANING_PREFIX } from '$lib/recipe/alike';
import type { Step } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import { cutText } from '$lib/ui/value';

/** What a handle's name measures: a threshold of a step that compares records is one of its column. */
function measureOf(id: string): string {
  const step = alikeOf(id);
  return step === null ? id : 'near' in step ? 'near_similarity' : 'semantic_similarity';
}

/** Name of a column, or of what a held threshold measures; a column made of a numeric field bears the field's name. */
export function columnName(held: string): string {
  const id = measureOf(held);
  if (id.startsWith('field:')) return id.slice(6);
  if (id.startsWith(MEANING_PREFIX)) return t('column.meaning', { phrase: id.slice(MEANING_PREFIX.length) });
  const key = `column.${id}`;
  return hasMessage(locale.lang, key) ? t(key) : id.replaceAll('_', ' ');
}

/** What the column measures, in a sentence; empty where there is none. */
export function columnDefinition(id: string): string {
  const key = id.startsWith(MEANING_PREFIX) ? 'column.meaning.definition' : `column.${id}.definition`;
  return hasMessage(locale.lang, key) ? t(key) : '';
}

export function columnUnit(id: string): Unit {
  return columnById(measureOf(id))?.unit ?? 'score';
}

/** Name of a category: a role in words, a field as it is called. */
export function categoryName(by: string): string {
  const key = `category.${by}`;
  return hasMessage(locale.lang, key) ? t(key) : by;
}

/** A field by what it is taken for, as it is called where it is taken for nothing. */
export function fieldName(mapping: Mapping, name: string): string {
  const role = roleOf(mapping, name);
  return role && mapping[role] === name ? t(`role.${role}`) : name;
}

/** Ids of findings, the worst first, as the whole dataset's findings stand. */
export function byHarm(ids: readonly string[], order: readonly { id: string }[]): string[] {
  const rank = (id: string) => {
    const at = order.findIndex((finding) => finding.id === id);
    return at < 0 ? order.length : at;
  };
  return [...ids].sort((a, b) => rank(a) - rank(b));
}

export function findingName(id: string): string {
  const key = `finding.${id}`;
  return hasMessage(locale.lang, key) ? t(key) : id;
}

/** A cut with its unit where that says something: `≥ 10 characters`, `≤ 0.25`. */
export function cutWords(id: string, range: Range): string {
  const unit = columnUnit(id);
  if (unit === 'flag' && range.max !== undefined && range.max < 1) return t('cut.left-out');
  const text = cutText(range);
  return ['characters', 'words', 'tokens', 'turns'].includes(unit) ? `${text} ${t(`unit.${unit}`)}` : text;
}

/** What a step is called in the spine. */
export function stepName(step: Step): string {
  return 'cut' in step ? columnName(step.cut.column) : t(`step.${kindOf(step)}`);
}

/** A list as the language writes it. */
export const join = (parts: readonly string[]) => parts.join(t('list.comma'));

/** What a step does, in a few words under its name. */
export function stepWords(step: Step): string {
  if ('cut' in step) return cutWords(step.cut.column, step.cut);
  if ('normalise' in step) {
    const { unicode, strip = [], collapse = [] } = step.normalise;
    return join([
      ...(unicode ? [unicode] : []),
      ...strip.map((kind) => t(`strip.${kind}`)),
      ...collapse.map((kind) => t(`collapse.${kind}`)),
      ...(step.normalise['full-width'] ? [t('normalise.full-width')] : []),
    ]);
  }
  if ('redact' in step) return join(step.redact.kinds.map((kind) => t(`kind.${kind}`)));
  if ('exact' in step) return step.exact.on.map((on) => categoryName(on)).join(' + ');
  if ('near' in step || 'semantic' in step) {
    const { on, at } = 'near' in step ? step.near : step.semantic;
    const texts = [on].flat().map((one) => categoryName(one));
    return join([texts.join(' + '), t('step.alike.words', { at: formatNumber(at) })]);
  }
  if ('relabel' in step) return t('step.relabel.words', { n: Object.keys(step.relabel.merge).length });
  if ('balance' in step) {
    const { by, cap, temperature, over } = step.balance;
    const mode = modeOf(step.balance);
    const perClass = step.balance['per-class'];
    const how =
      mode === 'cap' && cap !== undefined
        ? t('step.balance.cap', { n: cap })
        : mode === 'per-class' && perClass !== undefined
          ? t('step.balance.per-class', { n: perClass })
          : mode === 'temperature'
            ? `T = ${temperature ?? 1}`
            : t(`step.balance.mode.${mode}`);
    return join([t('step.balance.by', { by: categoryName(by) }), how, ...(over ? [t('step.balance.over')] : [])]);
  }
  const { train, validation = 0, test = 0 } = step.split;
  return [train, validation, test]
    .filter((share, i) => share > 0 || i === 0)
    .map((share) => formatCount(share * 100))
    .join(' / ');
}
