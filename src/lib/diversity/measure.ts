import { FLAGS, HAN, LETTER } from '$lib/text/unicode';
import { Text } from '$lib/text/text';
import { NOTHING, type InstructionCodes } from './codes';
import { headOf } from './head';
import { readAs, readSentence, type ReadAs } from './instruction';
import { PathNumbers, type Paths } from './paths';
import { taskTypeOf } from './task-type';

const head = new Text();

function openingOf(text: Text): string[] {
  const { words, codes, classes } = text;
  if (!words.count) return [];
  const han = (FLAGS[classes[words.starts[0]]] & HAN) !== 0;
  const out: string[] = [];
  for (let w = 0; w < Math.min(words.count, han ? 2 : 3); w++)
    out.push(
      String.fromCodePoint(...codes.subarray(words.starts[w], words.ends[w]))
        .toLowerCase()
        .replace(/^i$/, 'I'),
    );
  return out;
}

/** Measures one prompt after the other; the codes are those of `measureInstructions`. */
class Measurer {
  private readonly phrases = new PathNumbers();
  private readonly openings = new PathNumbers();
  private at = 0;
  private readonly out: InstructionCodes;

  constructor(rows: number) {
    const paths = (): Paths => ({ codes: new Int32Array(rows), labels: [], parents: new Int32Array(0) });
    this.out = { task: new Uint8Array(rows), sentence: new Uint8Array(rows), phrase: paths(), opening: paths() };
  }

  add(prompt: string, language: ReadAs | null): void {
    const { out } = this;
    const i = this.at++;
    const value = headOf(prompt);
    head.reset(value);
    out.opening.codes[i] = this.openings.path(openingOf(head));
    if (!head.count(LETTER)) {
      out.task[i] = out.sentence[i] = NOTHING;
      out.phrase.codes[i] = -1;
      return;
    }
    const { phrase, type } = readSentence(value, language ?? readAs(head));
    out.task[i] = taskTypeOf(value);
    out.sentence[i] = type;
    out.phrase.codes[i] = this.phrases.path([phrase.verb, phrase.object]);
  }

  finish(): InstructionCodes {
    const { out, phrases, openings } = this;
    const whole = (paths: Paths, { labels }: PathNumbers, parents: Int32Array): Paths => ({
      ...paths,
      labels,
      parents,
    });
    return {
      ...out,
      phrase: whole(out.phrase, phrases, phrases.parents()),
      opening: whole(out.opening, openings, openings.parents()),
    };
  }
}

/**
 * Codes of a batch of prompts. Language by the script of each prompt, or as `languages` says (one a prompt). About 0.1 ms a Chinese and 0.4 ms an
 * English prompt: for workers, batch by batch (see joinInstructions). `loadSegmenter` must have run, else Han words are single characters.
 */
export function measureInstructions(
  prompts: readonly string[],
  languages: readonly ReadAs[] | null = null,
): InstructionCodes {
  const measurer = new Measurer(prompts.length);
  prompts.forEach((prompt, i) => measurer.add(prompt, languages ? languages[i] : null));
  return measurer.finish();
}
