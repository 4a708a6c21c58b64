import { htmlRemains, htmlWanted } from '$lib/text/html-remains';
import { finding, NOWHERE } from './finding';

/** 1 where tags or entities are left in a text, outside code and where the prompt is not about markup. */
export const html = finding({
  id: 'html',
  severity: 2,
  group: 'characters',
  fields: ['prompt', 'response'],
  find: (subject, field, all) => {
    const text = subject[field]!;
    const tags = text.countOf(60) > 0 && text.countOf(62) > 0;
    const entities = text.countOf(38) > 0 && text.countOf(59) > 0;
    if (!tags && !entities) return NOWHERE;
    const places = htmlRemains(text.value, field);
    if (!places.length || htmlWanted(subject.view, field)) return NOWHERE;
    return all ? places : places.slice(0, 1);
  },
});
