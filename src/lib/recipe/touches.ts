import type { Mapping } from '$lib/record/types';

/** Fields of the file that carry a mapped part; a name that is no part is a field itself. */
export function fieldsOfPart(part: string, mapping: Mapping): string[] {
  const { messages, history, prompt, response, system } = mapping;
  const present = (...fields: (string | null)[]) => fields.filter((field) => field !== null);
  switch (part) {
    case 'prompt':
      return present(messages, history, ...prompt);
    case 'response':
      return present(messages, history, response);
    case 'system':
      return present(messages, system);
    case 'label':
      return mapping.label;
    case 'source':
    case 'annotator':
    case 'time':
    case 'id':
      return present(mapping[part]);
    default:
      return [part];
  }
}

/** May rewriting `on` (null = prompt, response and system) change one of these parts? */
export function touches(on: readonly string[] | null, parts: readonly string[], mapping: Mapping): boolean {
  const rewritten = (on ?? ['prompt', 'response', 'system']).flatMap((part) => fieldsOfPart(part, mapping));
  const read = parts.flatMap((part) => fieldsOfPart(part, mapping));
  return read.some((field) => rewritten.some((other) => overlap(field, other)));
}

/** `a` and `a.b` share what is stored under `a`. */
function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(b + '.') || b.startsWith(a + '.');
}
