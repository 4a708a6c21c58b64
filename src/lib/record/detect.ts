import { gatherFacts, type Facts } from './facts';
import { findLabel, namesLabel } from './labels';
import { emptyMapping } from './mapping';
import { NAMES, type NameKind } from './names';
import type { Batch, LayoutName, Mapping } from './types';

/**
 * Guesses how a dataset's fields are to be read, from their names and from what a sample of the rows holds. The
 * confidence is the share of sampled rows that fit, lessened where names say little.
 */
export function detectMapping(batches: readonly Batch[]): Mapping {
  const facts = gatherFacts(batches).filter((field) => field.rows > 0);
  if (facts.length === 0) return emptyMapping();
  const mapping =
    conversation(facts) ??
    preference(facts) ??
    instruction(facts) ??
    nested(facts, batches) ??
    pairs(facts) ??
    classification(facts) ??
    plain(facts);
  return finish(mapping, facts);
}

const named = (facts: readonly Facts[], kind: NameKind, fits: (field: Facts) => boolean = () => true): Facts | null => {
  for (const name of NAMES[kind]) {
    const field = facts.find((candidate) => candidate.plain === name && fits(candidate));
    if (field) return field;
  }
  return null;
};

const mostly = (count: number, field: Facts, share = 0.6) => field.present > 0 && count >= field.present * share;
const isText = (field: Facts) => mostly(field.strings, field) && !mostly(field.turns, field);
/** Text that a person wrote, not a code: fields that hold nothing at all pass (an input that is always empty). */
const isProse = (field: Facts) => isText(field) && (mostly(field.prose, field, 0.3) || field.meanChars > 20);
const share = (field: Facts) => field.present / field.rows;

function certain(layout: LayoutName, certainty: number, ...fields: (Facts | null)[]): Mapping {
  let confidence = certainty;
  for (const field of fields) if (field) confidence = Math.min(confidence, certainty * share(field));
  return emptyMapping(layout, Math.round(confidence * 100) / 100);
}

function conversation(facts: readonly Facts[]): Mapping | null {
  const able = facts.filter((field) => mostly(field.turns, field) && mostly(field.lists, field));
  const rest = able.filter((field) => !/^(prompt|chosen|rejected|completion|response)$/.test(field.plain));
  const field = named(rest, 'messages') ?? rest[0];
  if (!field || share(field) < 0.3) return null;
  const known = (NAMES.messages as readonly string[]).includes(field.plain);
  const mapping = certain(field.from * 2 > field.turns ? 'sharegpt' : 'messages', known ? 0.99 : 0.85, field);
  mapping.messages = field.name;
  // Preference data keeps the answers apart from the conversation.
  const chosen = facts.find((other) => other.plain === 'chosen');
  if (chosen && facts.some((other) => other.plain === 'rejected')) mapping.response = chosen.name;
  return mapping;
}

function preference(facts: readonly Facts[]): Mapping | null {
  const chosen = facts.find((field) => field.plain === 'chosen');
  if (!chosen || !facts.some((field) => field.plain === 'rejected')) return null;
  const others = facts.filter((field) => field !== chosen);
  const prompt = named(others, 'prompt') ?? named(others, 'instruction') ?? named(others, 'question');
  const mapping = certain('pairs', prompt ? 0.95 : 0.6, prompt, chosen);
  // Without a prompt field the conversation stands in `chosen` from its first turn on.
  if (!prompt && mostly(chosen.turns, chosen)) mapping.messages = chosen.name;
  else mapping.response = chosen.name;
  const input = prompt && prompt.plain.startsWith('instruct') ? named(others, 'input', isText) : null;
  mapping.prompt = prompt ? [prompt.name, ...(input ? [input.name] : [])] : [];
  return mapping;
}

/** Texts and their answers: Alpaca, prompt/completion, question/answer. */
function instruction(facts: readonly Facts[]): Mapping | null {
  const texts = facts.filter((field) => field.present === 0 || isText(field) || mostly(field.turns, field));
  const find = (kind: NameKind, not: (Facts | null)[] = [], fits: (field: Facts) => boolean = () => true) =>
    named(
      texts.filter((field) => !not.includes(field)),
      kind,
      fits,
    );
  const layouts: [LayoutName, NameKind, NameKind][] = [
    ['alpaca', 'instruction', 'output'],
    ['prompt-completion', 'prompt', 'completion'],
    ['question-answer', 'question', 'answer'],
  ];
  for (const [layout, asks, answers] of layouts) {
    const prompt = find(asks, [], (field) => layout === 'alpaca' || field.present > 0);
    const response = find(answers, [prompt], (field) => layout === 'alpaca' || isProse(field) || telling(field));
    if (!prompt || !response) continue;
    // A class name as the answer is a label.
    if (layout !== 'alpaca' && looksLikeClass(response)) continue;
    const exact = layout === 'alpaca' || (asks as string) === prompt.plain || layout === 'question-answer';
    const mapping = certain(layout, exact ? 0.99 : 0.9, ...[prompt, response].filter((field) => field.present > 0));
    const input = layout === 'alpaca' ? find('input', [prompt, response]) : null;
    mapping.prompt = input ? [prompt.name, input.name] : [prompt.name];
    mapping.response = response.name;
    return mapping;
  }
  return null;
}

/** Names that say answer whatever they hold. */
const telling = (field: Facts) =>
  /^(completion|response|answer|answers|output|回答|答案|回复|reply|solution)$/.test(field.plain);

function looksLikeClass(field: Facts): boolean {
  if (/^(completion|response|answer|answers|回答|答案|回复|reply|solution)$/.test(field.plain)) return false;
  return field.present >= 20 && field.maxChars <= 60 && field.distinct <= field.present * 0.2;
}

/** Self-instruct seeds: `instances: [{input, output}]` beside the instruction. */
function nested(facts: readonly Facts[], batches: readonly Batch[]): Mapping | null {
  const prompt = named(facts, 'instruction', isText);
  const instances = facts.find((field) => field.plain === 'instances' && mostly(field.lists, field));
  if (!prompt || !instances || batches.length === 0) return null;
  const mapping = certain('alpaca', 0.8, prompt, instances);
  mapping.prompt = [prompt.name, `${instances.name}.0.input`];
  mapping.response = `${instances.name}.0.output`;
  return mapping;
}

const SIDES = /^(?:sentence|sent|text|question|query|string|s|q|doc|phrase)?(?:1|2|a|b)(?:string|text|sentence)?$/;
const PREMISES: readonly (readonly [string, string])[] = [
  ['premise', 'hypothesis'],
  ['query', 'title'],
  ['anchor', 'positive'],
  ['source', 'target'],
];

/** Two texts of equal standing: paraphrases, inference. */
function pairs(facts: readonly Facts[]): Mapping | null {
  const texts = facts.filter(isProse);
  let two: Facts[] = texts.filter((field) => SIDES.test(field.plain));
  let certainty = 0.95;
  if (two.length !== 2) {
    const found = PREMISES.map((names) => names.map((name) => texts.find((field) => field.plain === name)));
    two = (found.find((fields) => fields.every((field) => field !== undefined)) as Facts[] | undefined) ?? [];
  }
  const others = () => facts.filter((field) => !two.includes(field));
  if (
    two.length !== 2 &&
    texts.length === 2 &&
    headless(facts) &&
    findLabel(
      facts.filter((f) => !isProse(f)),
      false,
    )
  ) {
    two = texts;
    certainty = 0.7;
  }
  if (two.length !== 2) return null;
  const label = findLabel(others(), false);
  const mapping = certain('pairs', certainty * (label ? 1 : 0.9), ...two);
  mapping.prompt = two.map((field) => field.name);
  mapping.label = label?.fields ?? [];
  return mapping;
}

/** Names a reader makes up where a file has no header. */
const headless = (facts: readonly Facts[]) => facts.every((field) => /^(column|field|col|c)?\d*$/.test(field.plain));

function classification(facts: readonly Facts[]): Mapping | null {
  const texts = facts.filter(isProse);
  const known = named(texts, 'text');
  const text = known ?? longest(texts);
  if (!text) return null;
  const label = findLabel(
    facts.filter((field) => field !== text),
    false,
  );
  if (!label) return null;
  const mapping = certain('classification', (known ? 1 : 0.9) * label.confidence, text);
  mapping.prompt = [text.name];
  mapping.label = label.fields;
  return mapping;
}

function plain(facts: readonly Facts[]): Mapping {
  const texts = facts.filter(isText);
  const known =
    named(texts, 'text') ?? named(texts, 'prompt') ?? named(texts, 'question') ?? named(texts, 'instruction');
  const text = known ?? longest(texts);
  const mapping = certain('fields', known ? 0.5 : 0.3, text);
  if (text) mapping.prompt = [text.name];
  return mapping;
}

const longest = (fields: readonly Facts[]): Facts | null =>
  fields.reduce<Facts | null>(
    (best, field) => (best === null || field.meanChars > best.meanChars ? field : best),
    null,
  );

/** What every layout may have beside: system, history, tools, label, source, annotator, time, id, scores. */
function finish(mapping: Mapping, facts: readonly Facts[]): Mapping {
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
