import type { Facts } from './facts';
import { certain, isText, mostly, named } from './fits';
import { NAMES } from './names';
import type { Mapping } from './types';

const isKnown = (field: Facts) => (NAMES.messages as readonly string[]).includes(field.plain);

/** A field of lists of turns, ShareGPT or messages; null where there is none. */
export function conversation(facts: readonly Facts[]): Mapping | null {
  const least = (field: Facts) => (isKnown(field) ? 0.3 : 0.6);
  const able = facts.filter(
    (field) => mostly(field.turns, field, least(field)) && mostly(field.lists, field, least(field)),
  );
  const rest = able.filter((field) => !/^(prompt|chosen|rejected|completion|response)$/.test(field.plain));
  const field = named(rest, 'messages') ?? rest[0];
  if (!field || field.present < field.rows * 0.3) return null;
  const layout = field.from * 2 > field.turns ? 'sharegpt' : 'messages';
  const mapping = certain(layout, isKnown(field) ? 0.99 : 0.85, { rows: field.rows, present: field.turns });
  mapping.messages = field.name;
  // Preference data keeps the answers apart from the conversation.
  const chosen = facts.find((other) => other.plain === 'chosen');
  if (chosen && facts.some((other) => other.plain === 'rejected')) mapping.response = chosen.name;
  return mapping;
}

/** A field named as conversations are, though few rows or none hold one: better than no mapping, worse than any other. */
export function scarceConversation(facts: readonly Facts[]): Mapping | null {
  const field = named(facts, 'messages', (candidate) => candidate.turns > 0 || candidate.present === 0);
  if (!field || named(facts, 'text', isText) !== null) return null;
  const spelled = field.turns > 0 ? field.from * 2 > field.turns : field.plain.startsWith('conversation');
  const mapping = certain(spelled ? 'sharegpt' : 'messages', field.turns > 0 ? 0.8 : 0.5, {
    rows: field.rows,
    present: field.turns,
  });
  mapping.messages = field.name;
  return mapping;
}

/** A prompt with a chosen and a rejected answer; null where the fields are not there. */
export function preference(facts: readonly Facts[]): Mapping | null {
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
