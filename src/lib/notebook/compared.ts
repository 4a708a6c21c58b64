import type { Mapping } from '$lib/record/types';
import { textRoles } from './spine/texts';

/** Roles that records may be compared by. */
export function comparedRoles(mapping: Mapping): string[] {
  const asked = mapping.messages !== null || mapping.prompt.length > 0;
  const texts = textRoles(mapping).filter((role) => asked || role !== 'prompt');
  return [...texts, ...(mapping.label.length > 0 ? ['label'] : [])];
}

/**
 * What records may be compared by: roles first, then the file's own fields. A field behind a role is offered only where `on`
 * names it already, so that no choice drops it unseen.
 */
export function comparedBy(mapping: Mapping, fields: readonly string[], on: readonly string[]): string[] {
  const roles = comparedRoles(mapping);
  const { prompt, response, system, messages, label } = mapping;
  const behind = new Set([...prompt, response, system, messages, ...label]);
  const offered = [...roles, ...fields.filter((name) => !behind.has(name) && !roles.includes(name))];
  return [...offered, ...on.filter((name) => !offered.includes(name))];
}
