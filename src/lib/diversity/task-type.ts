import { Text } from '$lib/text/text';
import { LETTER } from '$lib/text/unicode';
import { headOf } from './head';
import { TASK_TYPES, taskRules, type TaskType } from './task-rules';

/** Characters of the instruction that are looked at. */
const HEAD = 240;
const POLITE_EN =
  /^(?:(?:ok|okay|so|now|hey|hi|hello|dear \w+)[,!. ]+)?(?:(?:please|kindly|(?:can|could|would|will) you|i(?:'d| would) like you to|i (?:want|need) you to|help me(?: to)?|i need help(?: to)?|let's|your task is to|the task is to|try to)[,\s]+)+/;
const POLITE_ZH =
  /^(?:请问?|麻烦|帮忙|帮我|帮|[您你](?=能|可|帮|给|为|替|来|去)|能否|能不能|可以|可否|能|我想要?你|我想要?|我需要|我要|给我(?=写|做|讲|列|画|编|推)|为我|替我|，|,|\s)+/;
/** What is given or to be used, before the deed. */
const GIVEN_EN = /^(?:given|using|based on|considering|assuming|from|for|with|in|after|without)\s[^,.?:]{1,120}[,:]\s+/;
const GIVEN_ZH = /^(?:给定|根据|基于|使用|利用|对于|针对|按照|如果|考虑|鉴于|阅读)[^，。？：]{1,40}[，：]\s*/;
const CODES = new Map<string, number>(TASK_TYPES.map((type, code) => [type, code]));
const OTHER = CODES.get('other')!;
const HAN = /\p{Script=Han}/u;
/** A first sentence that only sets the scene: the next one asks. */
const SCENE_EN =
  /^(?:you (?:are|will be) given|given (?:an?|the|some|this|two)\b[^,]*\.|below (?:is|are)|here (?:is|are)|in this task|read the)/;

/** The part of a prompt that holds the instruction: its first line, and the next sentence where the first only sets the scene. */
export function instructionOf(prompt: string): string {
  const lines = prompt.trimStart().slice(0, 2 * HEAD);
  let end = lines.indexOf('\n');
  // A heading such as "Question:" is not the instruction.
  while (end >= 0 && end < 6) end = lines.indexOf('\n', end + 1);
  const first = (end < 0 ? lines : lines.slice(0, end)).slice(0, HEAD).trim().toLowerCase();
  if (!SCENE_EN.test(first)) return first;
  return first.replace(/^[^.]*\.\s*/, '') || lines.slice(0, HEAD).toLowerCase();
}

/**
 * What a prompt asks for, as a code of TASK_TYPES: the first of the rules whose pattern (by the script of the instruction) matches its
 * instruction, polite openings left out; `other` where none does.
 */
export function taskTypeOf(prompt: string): number {
  const instruction = instructionOf(prompt);
  const han = HAN.test(instruction);
  const polite = han ? POLITE_ZH : POLITE_EN;
  const asked = instruction.replace(polite, '');
  const bare = asked.replace(han ? GIVEN_ZH : GIVEN_EN, '').replace(polite, '') || instruction;
  for (const { type, en, zh } of taskRules) if ((han ? zh : en).test(bare)) return CODES.get(type)!;
  return OTHER;
}

const text = new Text();

/** What a whole prompt asks for, by the part where its instruction stands; null where that has no letter. */
export function taskTypeIn(prompt: string): TaskType | null {
  const head = headOf(prompt);
  text.reset(head);
  return text.count(LETTER) ? TASK_TYPES[taskTypeOf(head)] : null;
}
