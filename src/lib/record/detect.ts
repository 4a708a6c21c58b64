import { addBeside, headless } from './beside';
import { conversation, preference, scarceConversation } from './conversation';
import { gatherFacts, type Facts } from './facts';
import { certain, isProse, isText, mostly, named } from './fits';
import { findLabel } from './labels';
import { emptyMapping } from './mapping';
import type { NameKind } from './names';
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
    scarceConversation(facts) ??
    plain(facts);
  return addBeside(mapping, facts);
}

/** Texts and their answers: Alpaca, prompt/completion, question/answer. */
function instruction(facts: readonly Facts[]): Mapping | null {
  const texts = facts.filter((field) => field.present === 0 || isText(field) || mostly(field.turns, field));
  // Names that say it whatever the fields hold: an answer may be a number, a list, an object.
  return (
    asked(texts, isAnswer) ??
    asked(
      facts.filter((field) => EITHER.test(field.plain)),
      () => true,
    )
  );
}

const EITHER =
  /^(instructions?|inputs?|prompt|question|query|指令|输入|提示|问题|outputs?|completion|response|answers?|输出|回答|答案)$/;

const LAYOUTS: readonly (readonly [LayoutName, NameKind, NameKind])[] = [
  ['alpaca', 'instruction', 'output'],
  ['prompt-completion', 'prompt', 'completion'],
  ['question-answer', 'question', 'answer'],
];

function asked(fields: readonly Facts[], answers: (field: Facts, layout: LayoutName) => boolean): Mapping | null {
  for (const [layout, ask, answer] of LAYOUTS) {
    const prompt = named(fields, ask, (field) => layout === 'alpaca' || field.present > 0);
    const rest = fields.filter((field) => field !== prompt);
    const response = named(rest, answer, (field) => answers(field, layout) || (isShort(prompt) && isShort(field)));
    if (!prompt || !response) continue;
    // A class name as the answer is a label.
    if (layout !== 'alpaca' && looksLikeClass(response)) continue;
    const exact = layout !== 'prompt-completion' || prompt.plain === 'prompt';
    const mapping = certain(layout, exact ? 0.99 : 0.9, ...[prompt, response].filter((field) => field.present > 0));
    const input = layout === 'alpaca' ? named(rest, 'input', (field) => field !== response && !isListed(field)) : null;
    mapping.prompt = input ? [prompt.name, input.name] : [prompt.name];
    mapping.response = response.name;
    return mapping;
  }
  return null;
}

const isAnswer = (field: Facts, layout: LayoutName) => layout === 'alpaca' || isProse(field) || telling(field);
const isListed = (field: Facts) => field.lists + field.objects > 0 && !mostly(field.turns, field) && !isText(field);

/** `q` and `a` say what they are to each other only. */
const isShort = (field: Facts | null) => field !== null && /^[qa问答]$/.test(field.plain);

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

/** Pairs that their names give away though the texts be single words. */
const TELLING_SIDES = /^(?:(?:sentence|sent|text|question|query)[12ab]|premise|hypothesis)$/;

/** Two texts of equal standing: paraphrases, inference. */
function pairs(facts: readonly Facts[]): Mapping | null {
  const texts = facts.filter((field) => isProse(field) || (TELLING_SIDES.test(field.plain) && isText(field)));
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
      facts.filter((field) => !isProse(field)),
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

const without = (facts: readonly Facts[], field: Facts) => facts.filter((other) => other !== field);

function classification(facts: readonly Facts[]): Mapping | null {
  const texts = facts.filter(isProse);
  // Single words in a field named as texts are, beside one named as labels are.
  const words = named(facts, 'text', (field) => field.strings > 0 && !isListed(field));
  const beside = texts.length === 0 && words ? findLabel(without(facts, words), true) : null;
  const known = named(texts, 'text') ?? (beside ? words : null);
  const text = known ?? longest(texts);
  if (!text) return null;
  const label = beside ?? findLabel(without(facts, text), false);
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
