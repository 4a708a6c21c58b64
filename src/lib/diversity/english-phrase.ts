import nlp from 'compromise/two';
import type { VerbPhrase } from './types';

/** A word with compromise's tags. */
export interface EnglishWord {
  text: string;
  tags: ReadonlySet<string>;
  /** A sign that parts clauses follows. */
  breaks: boolean;
}

interface Term {
  normal: string;
  text: string;
  post: string;
  tags?: Set<string>;
}

const set = (words: string) => new Set(words.split(' '));
/** Words that open instructions as verbs though compromise often takes them for nouns or adjectives. */
const imperatives = set(
  'name list rate order rank design outline group address answer caption chart classify code compose craft debate debug detail draft edit estimate explain finish format graph guess invent label map match model narrate note number object organize paraphrase pair perform phrase pick plan plot predict present price produce program prompt propose put question quote read recommend record report rephrase research respond review reverse revise reword schedule score search select sequence sketch solve sort source speculate split state structure suggest sum summarise summarize support swap tag tell test transcribe translate trim turn type underline unscramble update use verify visualize write analyze analyse calculate categorize compare complete construct contrast convert count create define delete describe determine develop discuss evaluate expand extract fill find generate give highlight identify illustrate imagine implement improve insert interpret justify make modify multiply provide reconstruct replace rewrite show simplify transform brainstorm trace greet offer add remove combine arrange assign choose check draw mention',
);
const helpers = set(
  'be is are was were am been being have has had do does did can could will would shall should may might must need want like let please help try have get going got used',
);
/** An auxiliary with not: the verb it helps comes after it. */
const negated =
  /^(?:(?:do|does|did|have|ha[sd]|is|are|was|were|ca|wo|would|could|should|must|might|need|sha|ai)n['’]?t|cannot|not)$/;
const helps = ({ text }: EnglishWord) => helpers.has(text) || negated.test(text);
/** Particles that may stand behind the object of their verb. */
const particles = set('up off out down away back');
const circumstances = set(
  'given using based for in if from with as when on at by considering assuming suppose following to after before while since because imagine under through about according regarding',
);
const subjects = set('me us you i we they he she it this that these those there');
const tasks = /^(?:you (?:are|will be|'re|have been) (?:also )?given|(?:here|below) (?:is|are)|i have|in this task)\b/i;
const skipped = set('me us you them him her it myself yourself');
const LONGEST = 20;
/** compromise's lexicon and word shapes without its rules over whole sentences: a fifth of the time, and verb and object are the same. */
const TAGGING = ['contractions', 'alias', 'machine', 'index', 'id', 'lexicon', 'preTagger', 'contractionTwo'];

interface Transforms {
  noun: { toSingular(word: string, model: unknown): string };
  verb: { toInfinitive(word: string, model: unknown, tense: string): string };
}
const transforms = () => (nlp as unknown as { methods(): { two: { transform: Transforms } } }).methods().two.transform;
const model = () => (nlp as unknown as { model(): unknown }).model();
const known = new Map<string, string>();
const KNOWN = 20_000;

/** Lemma of a noun or verb; tags say which. Kept for later, as instructions repeat their words. */
function lemma({ text, tags }: EnglishWord, verb: boolean): string {
  const tense = tags.has('PastTense')
    ? 'PastTense'
    : tags.has('Gerund')
      ? 'Gerund'
      : tags.has('Infinitive') || !tags.has('PresentTense')
        ? ''
        : 'PresentTense';
  if (verb ? tense === '' || imperatives.has(text) : !tags.has('Plural')) return text;
  const key = `${verb ? tense : 'n'} ${text}`;
  let made = known.get(key);
  if (made === undefined) {
    made =
      (verb ? transforms().verb.toInfinitive(text, model(), tense) : transforms().noun.toSingular(text, model())) ||
      text;
    if (known.size >= KNOWN) known.clear();
    known.set(key, made);
  }
  return made;
}

/** The first three sentences of an English text, as they stand. */
export function englishSentences(value: string): string[] {
  const sentences = value.match(/[^.!?\n]+(?:\.(?=\S)[^.!?\n]*)*[.!?\n]*/g) ?? [];
  return sentences
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))
    .slice(0, 3);
}

/** The first 20 words of an English sentence with part-of-speech tags by compromise. A long stretch in quotation marks is one word. */
export function englishWords(sentence: string): EnglishWord[] {
  const cut = sentence
    .replace(/["“”][^"“”]{25,}["“”]/g, 'it')
    .replace(/\bre-(?=[a-z])/gi, 're')
    .split(/\s+/)
    .slice(0, LONGEST)
    .join(' ');
  const terms = (
    nlp.tokenize(cut).compute(TAGGING as unknown as string) as unknown as { document: Term[][] }
  ).document.flat();
  return terms
    .filter(({ normal }) => normal !== '')
    .map(({ normal, post, tags }) => ({
      text: normal.replace(/['’]s$/, ''),
      tags: tags ?? new Set<string>(),
      breaks: /[,;:]/.test(post) || /["”]\s*$/.test(post),
    }));
}

const isVerb = (word: EnglishWord, opens: boolean) =>
  !helps(word) &&
  ((opens && imperatives.has(word.text)) ||
    (word.tags.has('Verb') &&
      !word.tags.has('Auxiliary') &&
      !word.tags.has('Modal') &&
      !word.tags.has('Copula') &&
      !word.tags.has('Participle') &&
      !word.tags.has('Particle') &&
      !(word.tags.has('Gerund') && !word.tags.has('PresentTense'))));
const isNoun = (word: EnglishWord) =>
  word.text !== 'following' &&
  (word.tags.has('Noun') || word.tags.has('Acronym')) &&
  !word.tags.has('Pronoun') &&
  !word.tags.has('Possessive');

/** The head of the first noun phrase from `from` on: the last of its first run of nouns. */
function objectFrom(words: readonly EnglishWord[], from: number): string {
  while (from < words.length && skipped.has(words[from].text) && !words[from].tags.has('Determiner')) from++;
  let found: EnglishWord | null = null;
  for (let i = from; i < words.length; i++) {
    const word = words[i];
    const joined = word.tags.has('Preposition') || word.tags.has('Conjunction') || word.tags.has('QuestionWord');
    if (joined && (found || word.text !== 'and')) break;
    if (isNoun(word)) found = word;
    else {
      // A verb within a noun phrase that nothing follows is its last noun: a marketing campaign, five steps, a powerful quote.
      const next = words[i + 1];
      const bare = word.tags.has('PresentTense') && !word.tags.has('Gerund') && !helps(word);
      const ends = !next || word.breaks || next.tags.has('Preposition') || next.text === 'to';
      const inside = found ? !words[i - 1].breaks : i > from && !words[i - 1].tags.has('Verb');
      if (bare && ends && inside)
        return lemma({ ...word, tags: new Set(word.text.endsWith('s') ? ['Plural'] : []) }, false);
      if (found) break;
    }
    // A verb here belongs to the noun phrase (the following, a given text) unless nothing announced one.
    if (word.tags.has('Verb') && i > from + 3) break;
    if (word.breaks && found) break;
  }
  return found ? lemma(found, false) : '';
}

/** The particle of the verb at `at` (top up): the next word or, behind the object, the last of its clause; '' where it has none. */
function particleOf(words: readonly EnglishWord[], at: number): string {
  const phrasal = (word: EnglishWord) => word.tags.has('PhrasalVerb');
  const next = words[at + 1];
  if (!next || words[at].breaks) return '';
  if (phrasal(words[at]) && phrasal(next) && next.tags.has('Particle')) return next.text;
  for (let i = at + 1; i < Math.min(words.length, at + 5); i++) {
    const { text, breaks } = words[i];
    const ends = breaks || i === words.length - 1;
    if (ends || words[i].tags.has('Preposition')) return ends && i > at + 1 && particles.has(text) ? text : '';
  }
  return '';
}

/** Verb and object of one sentence; null where it has neither an imperative nor a full verb. */
export function ofSentence(words: readonly EnglishWord[]): VerbPhrase | null {
  let opens = true;
  let skip = words.length > 0 && circumstances.has(words[0].text) && words.some(({ breaks }) => breaks);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (skip) {
      skip = !word.breaks;
      continue;
    }
    if (word.tags.has('QuestionWord')) {
      opens = false;
      continue;
    }
    const named = i > 0 && (words[i - 1].tags.has('Determiner') || words[i - 1].tags.has('Possessive'));
    if (isVerb(word, opens) && !named) {
      const with_ = word.text === 'come' && words[i + 1]?.text === 'up' && words[i + 2]?.text === 'with';
      if (with_) return { verb: 'come up with', object: objectFrom(words, i + 3), command: opens };
      const particle = particleOf(words, i);
      const verb = `${lemma(word, true)}${particle && ` ${particle}`}`;
      return { verb, object: objectFrom(words, i + (words[i + 1]?.text === particle ? 2 : 1)), command: opens };
    }
    // Polite forms and "you are to …" leave the way to the verb open.
    if (!helps(word) && !subjects.has(word.text) && !word.tags.has('Adverb') && word.text !== 'to') opens = false;
  }
  return null;
}

/**
 * Verb and direct object of an English text, as lower-case lemmas, from its first three sentences: the first imperative or, failing that, the
 * first full verb, outside clauses of circumstance (given …, using …,), and the head of the noun phrase that follows. The parts of speech
 * are compromise's, and so is what is a phrasal verb: it keeps its particle; in place of the parser of Self-Instruct (Wang et al. 2023) stands this rule. Sentences are tagged one by one, as
 * tagging is what costs.
 */
export function englishPhrase(sentences: readonly string[]): VerbPhrase & { words: EnglishWord[] } {
  let first: EnglishWord[] = [];
  let late: VerbPhrase | null = null;
  for (const sentence of sentences) {
    const words = englishWords(sentence);
    if (!first.length) first = words;
    const found = ofSentence(words);
    if (found?.command && !tasks.test(sentence)) return { ...found, words: first };
    if (found && !late && !tasks.test(sentence)) late = found;
    // A question is not followed by the instruction.
    if (/[?？]$/.test(sentence)) break;
  }
  return { ...(late ?? { verb: '', object: '', command: false }), words: first };
}
