import type { LayoutName, Mapping } from './types';
import type { Failure } from './failure';
import { mapFailure } from './messages';

/** Layouts that records may have. */
export const LAYOUT_NAMES: readonly LayoutName[] = [
  'alpaca',
  'sharegpt',
  'messages',
  'prompt-completion',
  'question-answer',
  'classification',
  'pairs',
  'fields',
];

/** A mapping in which nothing is mapped. */
export function emptyMapping(layout: LayoutName = 'fields', confidence = 0): Mapping {
  return {
    layout,
    confidence,
    prompt: [],
    response: null,
    system: null,
    history: null,
    messages: null,
    tools: null,
    label: [],
    source: null,
    annotator: null,
    time: null,
    id: null,
    scores: [],
  };
}

/** What may be mapped, in the order in which it is written. */
export const MAP_KEYS = [
  'prompt',
  'response',
  'system',
  'history',
  'messages',
  'tools',
  'label',
  'source',
  'annotator',
  'time',
  'id',
  'scores',
] as const;
export type MapKey = (typeof MAP_KEYS)[number];
/** Roles that take several fields; the others take one. */
type ListKey = 'prompt' | 'label' | 'scores';

const isListKey = (key: MapKey): key is ListKey => key === 'prompt' || key === 'label' || key === 'scores';
const isMapKey = (key: string): key is MapKey => (MAP_KEYS as readonly string[]).includes(key);

/**
 * A mapping as the user writes it: `prompt=instruction+input,response=output,label=category`, or an object of field
 * names (lists for prompt, label and scores; null or an empty string takes a role away).
 * @throws Error that names the unknown key and lists those there are.
 */
export function parseMap(map: string | Readonly<Record<string, unknown>>): Partial<Mapping> {
  const given = typeof map === 'string' ? parsePairs(map) : map;
  const partial: Partial<Mapping> = {};
  for (const [key, value] of Object.entries(given)) {
    const list = namesOf(key, value);
    if (!isMapKey(key)) throw mapFailure('map.unknown-role', { key, known: MAP_KEYS.join(', ') });
    if (isListKey(key)) partial[key] = list;
    else {
      if (list.length > 1) throw mapFailure('map.one-field', { key, count: list.length, names: list.join(', ') });
      partial[key] = list[0] ?? null;
    }
  }
  return partial;
}

function parsePairs(text: string): Record<string, string[]> {
  const pairs: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue;
    const equals = pair.indexOf('=');
    if (equals < 1) throw mapFailure('map.not-a-pair', { text: pair.trim() });
    pairs[pair.slice(0, equals).trim()] = pair
      .slice(equals + 1)
      .split('+')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  }
  return pairs;
}

function namesOf(key: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((name): name is string => typeof name === 'string')) return value;
  throw mapFailure('map.not-a-name', { key, value: JSON.stringify(value) });
}

/**
 * The detected mapping with the user's choices in place of what was guessed; confidence 1. Mapping prompt or response
 * takes a conversation away and the other way round; the layout follows.
 * @throws Error that names a field the data does not have and lists those it has.
 */
export function applyMap(detected: Mapping, partial: Partial<Mapping>, fields: readonly string[]): Mapping {
  const mapping: Mapping = { ...detected, ...partial, confidence: 1 };
  for (const key of MAP_KEYS) {
    const value = partial[key];
    const names = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
    for (const name of names) if (!hasField(name, fields)) throw missingField(key, name, fields);
  }
  if (partial.messages && !partial.prompt?.length) {
    mapping.prompt = [];
    mapping.response = partial.response ?? null;
    mapping.history = partial.history ?? null;
  } else if ((partial.prompt?.length || partial.response) && !partial.messages) mapping.messages = null;
  const chosen = new Set([...mapping.prompt, ...mapping.label, mapping.response, mapping.id]);
  if (!partial.scores) mapping.scores = mapping.scores.filter((name) => !chosen.has(name));
  for (const key of ['source', 'annotator', 'time', 'id', 'system', 'history'] as const)
    if (!(key in partial) && mapping[key] !== null && takenBy(mapping[key], partial)) mapping[key] = null;
  if (!('label' in partial)) mapping.label = mapping.label.filter((name) => !takenBy(name, partial));
  mapping.layout = partial.layout ?? layoutOf(mapping, detected.layout);
  return mapping;
}

function takenBy(name: string, partial: Partial<Mapping>): boolean {
  return MAP_KEYS.some((key) => {
    const value = partial[key];
    return Array.isArray(value) ? value.includes(name) : value === name;
  });
}

function hasField(name: string, fields: readonly string[]): boolean {
  return fields.some((field) => field === name || name.startsWith(field + '.'));
}

function missingField(key: string, name: string, fields: readonly string[]): Failure {
  const shown = fields.slice(0, 30).join(', ') + (fields.length > 30 ? `, … (${fields.length} in all)` : '');
  return mapFailure('map.no-field', { key, name, fields: shown });
}

/** The layout that fits what is mapped; the detected one where it still does. */
function layoutOf(mapping: Mapping, detected: LayoutName): LayoutName {
  const fits: Record<LayoutName, boolean> = {
    sharegpt: mapping.messages !== null,
    messages: mapping.messages !== null,
    alpaca: mapping.messages === null && mapping.response !== null && mapping.prompt.length > 0,
    'prompt-completion': mapping.messages === null && mapping.response !== null && mapping.prompt.length > 0,
    'question-answer': mapping.messages === null && mapping.response !== null && mapping.prompt.length > 0,
    classification: mapping.response === null && mapping.prompt.length > 0 && mapping.label.length > 0,
    pairs: mapping.messages === null && mapping.prompt.length === 2,
    fields: mapping.response === null && mapping.messages === null && mapping.label.length === 0,
  };
  if (fits[detected]) return detected;
  if (mapping.messages !== null) return 'messages';
  if (mapping.response !== null && mapping.prompt.length > 0)
    return mapping.history !== null || mapping.prompt.length > 1 ? 'alpaca' : 'prompt-completion';
  return mapping.prompt.length > 0 && mapping.label.length > 0 ? 'classification' : 'fields';
}

/** A mapping as a recipe's `source.map`: field names by role, what is not mapped left out. */
export function mapText(mapping: Mapping): Record<string, string | string[]> {
  const map: Record<string, string | string[]> = {};
  for (const key of MAP_KEYS) {
    const value = mapping[key];
    if (value === null || value.length === 0) continue;
    map[key] = Array.isArray(value) && value.length === 1 && key !== 'scores' ? value[0] : value;
  }
  return map;
}
