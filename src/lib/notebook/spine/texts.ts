import type { Mapping } from '$lib/record/types';

/** Roles a text step may be limited to in this data. */
export function textRoles(mapping: Mapping): string[] {
  const roles = ['prompt'];
  if (mapping.response || mapping.messages) roles.push('response');
  if (mapping.system || mapping.messages) roles.push('system');
  return roles;
}

/** `on` for the chosen roles: absent when all are chosen. */
export function onOf(chosen: string[], roles: readonly string[]): { on?: string[] } {
  return chosen.length === 0 || roles.every((role) => chosen.includes(role)) ? {} : { on: chosen };
}
