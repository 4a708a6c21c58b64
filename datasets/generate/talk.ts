import type { Random } from './random';
import { asides, closings, greetings, openers, slots, systemPrompts } from './scenes/phrases';
import type { Topic } from './scenes/types';

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}
export interface DemoRecord {
  id: string;
  messages: Message[];
  label: string;
  source: string;
  annotator: string;
  time: string;
}
export type Tongue = 'zh' | 'en';

const digits = '一二三四五六七八九十';

/** Replaces `{slot}` by a value; within one record a slot keeps its value, so that question and answer agree. */
export class Slots {
  private readonly chosen = new Map<string, string>();

  constructor(
    private readonly random: Random,
    private readonly tongue: Tongue,
  ) {}

  fill(text: string): string {
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const known = this.chosen.get(name);
      if (known !== undefined) return known;
      const value = this.draw(name);
      this.chosen.set(name, value);
      return value;
    });
  }

  private draw(name: string): string {
    const { random } = this;
    if (slots[name]) return random.pick(slots[name]);
    const number = (low: number, high: number) => String(random.between(low, high));
    switch (name) {
      case 'amt':
        return this.money(random.between(1200, 48000));
      case 'amt2':
        return this.money(random.between(130, 1180));
      case 'fee':
        return number(12, 980);
      case 'small':
        return `${random.between(10, 60)}.${random.between(10, 99)}`;
      case 'pts':
        return number(8200, 96000);
      case 'pts2':
        return number(120, 4800);
      case 'n':
        return this.tongue === 'zh' ? digits[random.between(1, 8)] : number(2, 9);
      case 'k':
        return number(3, 18);
      case 'k2':
        return number(2, 5);
      case 'day':
        return number(3, 28);
      case 'h':
        return this.tongue === 'zh' ? digits[random.between(0, 4)] : number(1, 5);
      default:
        throw new Error(`no values for the slot {${name}}`);
    }
  }

  private money(amount: number): string {
    const cents = this.random.chance(0.4) ? `.${this.random.between(10, 99)}` : '';
    return this.tongue === 'en' && amount > 999
      ? `${Math.floor(amount / 1000)},${String(amount % 1000).padStart(3, '0')}${cents}`
      : `${amount}${cents}`;
  }
}

const maybe = (random: Random, share: number, text: () => string) => (random.chance(share) ? text() : '');
const join = (parts: string[], tongue: Tongue) => parts.filter(Boolean).join(tongue === 'zh' ? '' : ' ');

/** A question: opener, situation, an aside or two, the ask. */
export function question(topic: Topic, tongue: Tongue, random: Random, fill: Slots): string {
  const comma = tongue === 'zh' ? (random.chance(0.7) ? '，' : '。') : '. ';
  const situation = random.pick(topic.situations) + comma;
  const words = [
    maybe(random, 0.45, () => random.pick(openers[tongue])) + situation.trimEnd(),
    maybe(random, 0.6, () => random.pick(asides[tongue])),
    random.pick(topic.asks),
    maybe(random, 0.2, () => random.pick(asides[tongue])),
  ];
  return fill.fill(join(words, tongue));
}

/** An answer: a greeting, three or four facts in changing order, a closing; now and then as a numbered list. */
export function answer(topic: Topic, tongue: Tongue, random: Random, fill: Slots): string {
  const facts = random.sample(topic.facts, random.between(2, 4));
  const greeting = random.pick(greetings[tongue]);
  const closing = maybe(random, 0.7, () => random.pick(closings[tongue]));
  if (random.chance(0.15)) {
    const list = facts.map((fact, i) => `${i + 1}. ${fact}`).join('\n');
    return fill.fill(`${greeting.trimEnd()}\n${list}${closing ? `\n${closing}` : ''}`.trim());
  }
  return fill.fill(join([greeting.trimEnd(), ...facts, closing], tongue)).trim();
}

/** One conversation on a topic, of one or two exchanges. */
export function talk(topic: Topic, tongue: Tongue, random: Random): Message[] {
  const fill = new Slots(random, tongue);
  const messages: Message[] = [];
  if (random.chance(0.3)) messages.push({ role: 'system', content: systemPrompts[tongue] });
  messages.push({ role: 'user', content: question(topic, tongue, random, fill) });
  messages.push({ role: 'assistant', content: answer(topic, tongue, random, fill) });
  if (random.chance(0.2)) {
    const [more, reply] = random.pick(topic.followUps);
    messages.push({ role: 'user', content: fill.fill(more) });
    messages.push({ role: 'assistant', content: fill.fill(reply) });
  }
  return messages;
}

export const textOf = (messages: Message[], role: Message['role']): string =>
  messages
    .filter((message) => message.role === role)
    .map((message) => message.content)
    .join('\n');
