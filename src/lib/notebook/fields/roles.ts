import { MAP_KEYS, type MapKey } from '$lib/record/mapping';
import type { Mapping } from '$lib/record/types';

/** What a field is mapped to; null: it travels along untouched. */
export function roleOf(mapping: Mapping, field: string): MapKey | null {
  for (const role of MAP_KEYS) {
    const value = mapping[role];
    if (Array.isArray(value) ? value.includes(field) : value === field) return role;
  }
  return null;
}

/** Maps a field to a role (or to none). A role of one field leaves the field it had. */
export function withRole(mapping: Mapping, field: string, role: MapKey | null): Mapping {
  const next: Mapping = {
    ...mapping,
    prompt: [...mapping.prompt],
    label: [...mapping.label],
    scores: [...mapping.scores],
  };
  for (const name of MAP_KEYS) {
    const value = next[name];
    if (Array.isArray(value)) (next[name] as string[]) = value.filter((other) => other !== field);
    else if (value === field) (next[name] as string | null) = null;
  }
  if (role) {
    const value = next[role];
    if (Array.isArray(value)) value.push(field);
    else (next[role] as string | null) = field;
  }
  if (role === 'messages') next.prompt = [];
  else if (role === 'prompt' || role === 'response') next.messages = null;
  return { ...next, confidence: 1 };
}
