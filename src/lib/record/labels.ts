import { SAMPLE, type Facts } from './facts';
import { LEVELS, NAMES, plainName, READABLE } from './names';

/** Names that say label whatever the number of classes. */
const SAYS_LABEL = /(?:label|category|intent|class)(?:name)?s?$|(?:categories|classes)$|(?:标签|类别|意图|分类)$/;

/** Classes a label may have in a sample of `present` rows and still be one: some repeat. */
function fewClasses(facts: Facts): boolean {
  // The sample is full: thousands of classes in a larger set have hardly begun to repeat in it.
  if (facts.rows >= SAMPLE && SAYS_LABEL.test(facts.plain) && facts.distinct <= facts.present * 0.95) return true;
  return facts.present >= 8 ? facts.distinct <= Math.max(2, facts.present * 0.5) : facts.distinct <= facts.present;
}

/** Whether the values could be class names or numbers: short, few, no floats, no dates. */
export function couldBeLabel(facts: Facts): boolean {
  if (facts.present === 0 || facts.objects > 0 || facts.turns > 0 || facts.histories > 0) return false;
  if (!fewClasses(facts) || facts.distinct < 1) return false;
  if (facts.decimals > 0 && facts.integers < facts.decimals) return false;
  if (facts.dates > facts.present * 0.5 || facts.epochs > facts.present * 0.5) return false;
  return facts.strings === 0 || (facts.maxChars <= 80 && facts.meanChars <= 40);
}

const LABELLIKE = /label|categor|intent|^class|class$|标签|类别|意图|分类/;

export interface FoundLabel {
  fields: string[];
  /** 0–1. */
  confidence: number;
}

/**
 * The field or fields that hold the label among `facts`. `named` asks for a telling name (instruction data has many a
 * short field that is none); otherwise the content may speak alone.
 */
export function findLabel(facts: readonly Facts[], named: boolean): FoundLabel | null {
  const able = facts.filter(couldBeLabel);
  const levels = levelsOf(able);
  if (levels) return { fields: levels, confidence: 0.95 };
  const names: readonly string[] = NAMES.label;
  let best: Facts | null = null;
  let bestRank = Infinity;
  for (const field of able) {
    const rank = names.indexOf(field.plain);
    if (rank >= 0 && rank < bestRank) {
      best = field;
      bestRank = rank;
    }
  }
  if (best) return { fields: [readable(best, able) ?? best.name], confidence: bestRank < 6 ? 0.99 : 0.9 };
  best = able.find((field) => LABELLIKE.test(field.plain) && field.strings + field.numbers > 0) ?? null;
  if (best) return { fields: [best.name], confidence: 0.85 };
  if (named) return null;
  const byContent = able
    .filter((field) => field.distinct >= 2 && field.distinct < field.present && field.strings + field.numbers > 0)
    .filter((field) => !/(?:id|idx|index|key|hash|url|path|count|length|len)$/.test(field.plain))
    .sort((a, b) => contentScore(b) - contentScore(a));
  return byContent.length > 0 ? { fields: [byContent[0].name], confidence: 0.6 } : null;
}

/** Class numbers and code-like names before prose; of equals the one with more classes. */
function contentScore(facts: Facts): number {
  const codeLike = Math.max(facts.codes, facts.decimals, facts.strings - facts.prose) / facts.present;
  return codeLike + Math.min(1, Math.log10(1 + facts.distinct) / 4);
}

/** Whether a field's name says that it holds class names or numbers (it is no score then). */
export function namesLabel(facts: Facts): boolean {
  const named = (NAMES.label as readonly string[]).includes(facts.plain) || LABELLIKE.test(facts.plain);
  return named && couldBeLabel(facts);
}

/** The field beside `label` that spells the same classes out (`label_des`), if there is one with as many of them. */
function readable(label: Facts, able: readonly Facts[]): string | null {
  if (label.decimals < label.present) return null;
  const match = able.find(
    (field) =>
      field !== label &&
      field.distinct === label.distinct &&
      field.decimals === 0 &&
      READABLE.some((end) => field.plain === label.plain + end),
  );
  return match ? match.name : null;
}

function levelsOf(able: readonly Facts[]): string[] | null {
  const byName = new Map(able.map((field) => [field.plain, field.name]));
  for (const pair of LEVELS) {
    const fields = pair.map((name) => byName.get(plainName(name)));
    if (fields.every((name) => name !== undefined)) return fields;
  }
  for (const stem of [
    'level',
    'label',
    'labellevel',
    'category',
    'cat',
    'class',
    'l',
    'intent',
    'labell',
    'tag',
    'c',
  ]) {
    const fields: string[] = [];
    const from = byName.has(stem + '0') ? 0 : 1;
    for (let level = from; byName.has(stem + level); level++) fields.push(byName.get(stem + level)!);
    if (fields.length > 1) return fields;
  }
  return null;
}
