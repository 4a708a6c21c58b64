import type { Column, Profile, PublishedCut, Unit } from './types';
import type { Subject } from './subject';
import { countTokens } from './tokens';
import type { Text } from '$lib/text/text';

type Of = 'prompt' | 'response' | 'total';

/** Total is prompt + response + system; a response that the layout lacks is not measurable. */
function over(measure: (text: Text) => number): Record<Of, (subject: Subject) => number> {
  return {
    prompt: (s) => measure(s.prompt),
    response: (s) => (s.response ? measure(s.response) : NaN),
    total: (s) => measure(s.prompt) + (s.response ? measure(s.response) : 0) + (s.view.system ? measure(s.system) : 0),
  };
}

/** Data-Juicer's lower bound of 10 destroys labels and short service questions: it is offered for the whole of a chat record only. */
function atLeastTen(of: Of): (profile: Profile) => PublishedCut | null {
  return (profile) =>
    of === 'total' && profile.kind === 'chat'
      ? { min: 10, source: 'Data-Juicer (text_length_filter, words_num_filter)' }
      : null;
}

function family(
  unit: Unit,
  name: string,
  source: string,
  measures: Record<Of, (subject: Subject) => number>,
): Column[] {
  return (['prompt', 'response', 'total'] as const).map((of) => ({
    id: `${of}_${name}`,
    unit,
    group: 'length',
    cost: unit === 'tokens' ? 'tokens' : 'cheap',
    source,
    published: atLeastTen(of),
    bad: 'both',
    measure: measures[of],
  }));
}

/** `prompt_chars`, `response_chars`, `total_chars`: Unicode code points. */
export const chars = family(
  'characters',
  'chars',
  'Data-Juicer text_length_filter',
  over((t) => t.length),
);
/** `prompt_words` …: jieba's words in Han runs, runs of letters and digits elsewhere. */
export const words = family(
  'words',
  'words',
  'Data-Juicer words_num_filter',
  over((t) => t.words.count),
);
/** Counted once a record: the total asks for them again. */
const promptTokens = (s: Subject) => countTokens(s.prompt.value);
const responseTokens = (s: Subject) => (s.response ? countTokens(s.response.value) : NaN);
const systemTokens = (s: Subject) => countTokens(s.system.value);

/** `prompt_tokens` …: tokens of o200k_base, or of the tokenizer that was loaded. */
export const tokens = family('tokens', 'tokens', 'OpenAI o200k_base', {
  prompt: (s) => s.note(promptTokens),
  response: (s) => s.note(responseTokens),
  total: (s) => s.note(promptTokens) + (s.response ? s.note(responseTokens) : 0) + s.note(systemTokens),
});
