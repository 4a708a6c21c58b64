import type { Facts } from './facts';
import { isProse, isText, mostly, named } from './fits';
import { findLabel, namesLabel } from './labels';
import type { Mapping } from './types';

/** Names a reader makes up where a file has no header. */
export const headless = (facts: readonly Facts[]) =>
  facts.every((field) => /^(column|field|col|c)?\d*$/.test(field.plain));

/** Adds what every layout may have beside: system, history, tools, label, source, annotator, time, id, scores. */
export function addBeside(mapping: Mapping, facts: readonly Facts[]): Mapping {
  const used = new Set([
    ...mapping.prompt,
    ...mapping.label,
    ...[mapping.response, mapping.messages].filter((name) => name !== null),
  ]);
  const free = () => facts.filter((field) => !used.has(field.name));
  const take = (field: Facts | null | undefined): string | null => {
    if (!field) return null;
    used.add(field.name);
    return field.name;
  };
  const instructed = mapping.messages !== null || mapping.response !== null;
  if (instructed) {
    mapping.system = take(named(free(), 'system', (field) => field.present === 0 || isText(field)));
    if (mapping.messages === null)
      mapping.history = take(
        named(free(), 'history', (field) => field.present === 0 || mostly(field.histories, field) || field.lists === 0),
      );
    mapping.tools = take(named(free(), 'tools'));
  }
  mapping.time = take(
    named(free(), 'time', isTime) ?? free().find((field) => mostly(field.dates, field, 0.95) && field.present >= 3),
  );
  mapping.id = take(
    named(free(), 'id', isUnique) ??
      free().find((field) => /(^|[^a-z])id$/i.test(field.name) && !/\d/.test(field.name) && isUnique(field)) ??
      // A column without a name is the row's number, or a code.
      free().find((field) => /^(column\d*|unnamed\d*|)$/.test(field.plain) && isUnique(field) && !isProse(field)),
  );
  mapping.annotator = take(named(free(), 'annotator', (field) => field.lists === 0 && field.objects === 0));
  mapping.source = take(named(free(), 'source', (field) => isText(field) && field.meanChars < 100));
  if (mapping.label.length === 0 && instructed) {
    const label = findLabel(free(), true);
    mapping.label = label?.fields ?? [];
    for (const name of mapping.label) used.add(name);
  }
  mapping.scores = free()
    .filter((field) => mostly(field.decimals, field, 0.95) && field.present >= field.rows * 0.05)
    .filter((field) => !namesLabel(field) && !/(^|[^a-z])(id|idx|index)$/i.test(field.name))
    .filter((field) => headless(facts) || !/^(column\d*|unnamed\d*|)$/.test(field.plain))
    .map((field) => field.name);
  return mapping;
}

const isTime = (field: Facts) => mostly(field.dates, field, 0.9) || mostly(field.epochs, field, 0.9);
const isUnique = (field: Facts) =>
  field.present >= field.rows * 0.9 && field.distinct >= field.present * 0.99 && field.lists + field.objects === 0;
