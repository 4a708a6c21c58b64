import * as demo from './faults';
import type { Planted, Wording } from './faults';
import { pad } from './numbers';
import { Random } from './random';
import { bills } from './scenes/bills';
import { english } from './scenes/english';
import { mixed } from './scenes/mixed';
import { overdue } from './scenes/overdue';
import { points } from './scenes/points';
import type { Topic } from './scenes/types';
import { answer, Slots, talk, textOf, type DemoRecord, type Message, type Tongue } from './talk';
import { chat } from './small-talk';
import { jaccard, trigrams, varied } from './variety';

export interface Fault {
  place: number;
  id: string;
  with?: number;
  span?: Planted['span'];
}

const chinese = [...bills, ...points, ...overdue];
const labels = [...new Set(chinese.map((topic) => topic.label))];
const sources = ['App', '热线', '微信', '网点', 'Web'];
const annotators = ['A01', 'A02', 'A03', 'A04', 'A07', 'A08'];
const START = Date.UTC(2025, 9, 1);
const DAYS = 334;
const DRIFTING = '积分/权益活动';
const ONE_SIDED = '短信回访';

/** The bank's credit-card service: about 6,000 records in Chinese, English and both, with the demo set's planted faults or others. */
export function cardService(seed: number, wording: Wording = demo): { records: DemoRecord[]; faults: Fault[] } {
  const random = new Random(seed);
  const records: DemoRecord[] = [];
  const planted: Planted[] = [];
  const fresh = varied();

  const time = (from = 0, to = 1): string =>
    new Date(START + Math.floor((from + random.next() * (to - from)) * DAYS * 86400) * 1000).toISOString();
  const add = (messages: Message[], label: string, more: Partial<DemoRecord> = {}): DemoRecord => {
    const record = {
      id: '',
      messages,
      label,
      source: random.pick(sources),
      annotator: random.pick(annotators),
      time: time(),
      ...more,
    };
    records.push(record);
    return record;
  };
  const speak = (topic: Topic, tongue: Tongue): Message[] => fresh(() => talk(topic, tongue, random));

  for (let i = 0; i < 3750; i++) {
    const topic = random.weighted(chinese);
    add(speak(topic, 'zh'), topic.label);
  }
  for (let i = 0; i < 620; i++) {
    const topic = random.weighted(english);
    add(speak(topic, 'en'), topic.label);
  }
  for (let i = 0; i < 420; i++) {
    const topic = random.weighted(mixed);
    add(speak(topic, 'zh'), topic.label);
  }

  // One label grows from a few percent to several times that in the last quarter.
  const drifting = chinese.find((topic) => topic.label === DRIFTING)!;
  for (let i = 0; i < 230; i++) add(speak(drifting, 'zh'), DRIFTING, { time: time(0.78, 1) });
  for (const record of records) {
    if (record.label === DRIFTING && record.time >= new Date(START + 0.78 * DAYS * 864e5).toISOString())
      planted.push({ record, id: 'drift' });
  }

  // One source asks for payment nearly always.
  const payment = chinese.find((topic) => topic.label === '账单/还款')!;
  for (let i = 0; i < 260; i++) {
    const topic = random.chance(0.86) ? payment : random.weighted(chinese);
    const record = add(speak(topic, 'zh'), topic.label, { source: ONE_SIDED });
    if (topic === payment) planted.push({ record, id: 'class-majority' });
  }

  // Each fault spoils records that nothing else has spoiled.
  const free = random
    .sample(records, records.length)
    .filter((record) => record.source !== ONE_SIDED && record.label !== DRIFTING);
  for (const fault of [...wording.faults, ...wording.personal]) {
    for (let i = 0; i < fault.count; i++) {
      const record = free.pop()!;
      planted.push({ record, id: fault.id, ...fault.apply(record, random) });
    }
  }
  const chatLabels = new Map<string, string>();
  for (const messages of chat(random, 64)) {
    const said = messages[0].content;
    if (!chatLabels.has(said)) chatLabels.set(said, random.pick(labels));
    planted.push({ record: add(messages, chatLabels.get(said)!), id: 'small-talk' });
  }

  // Look-alikes that are no faults: long numbers that fail their check digits, asked-for English, asked-for JSON.
  for (let i = 0; i < 30; i++) {
    const record = free.pop()!;
    const user = record.messages.find((message) => message.role === 'user')!;
    const tail = record.messages[record.messages.length - 1];
    if (i % 3 === 0)
      user.content += `流水号 90${pad(random.between(0, 99_999_999), 8)}${pad(random.between(0, 99_999), 5)}7。`;
    else if (i % 3 === 1) {
      user.content = `请把下面这句话翻译成英文：${user.content.split(/[。？]/)[0]}。`;
      record.messages.length = record.messages.indexOf(user) + 2;
      tail.content = answer(random.pick(english), 'en', random, new Slots(random, 'en'));
      record.messages[record.messages.length - 1].content = tail.content;
    } else {
      user.content += '请用 JSON 格式回答。';
      record.messages.length = record.messages.indexOf(user) + 2;
      const reply = record.messages[record.messages.length - 1];
      reply.content = JSON.stringify({ answer: reply.content, days: random.between(1, 9) });
    }
  }

  // Asked twice: same question, labelled anew. Two annotators who see things differently, and plain conflicts.
  const other = (label: string) => random.pick(labels.filter((name) => name !== label));
  const again = (record: DemoRecord, label: string, annotator: string): DemoRecord => {
    const topic = chinese.find(({ label: name }) => name === record.label)!;
    const messages = record.messages.map((message) => ({ ...message }));
    messages.length = messages.findIndex((message) => message.role === 'assistant') + 1;
    record.messages.length = messages.length;
    do messages[messages.length - 1].content = answer(topic, 'zh', random, new Slots(random, 'zh'));
    while (textOf(messages, 'assistant') === textOf(record.messages, 'assistant'));
    return add(messages, label, { annotator, source: record.source, time: time() });
  };
  const zhOnly = free.filter((record) => !/[a-z]{4}/i.test(textOf(record.messages, 'user')));
  for (let i = 0; i < 130; i++) {
    const record = zhOnly.pop()!;
    record.annotator = 'A05';
    const disagree = i < 60;
    const twin = again(record, disagree ? other(record.label) : record.label, 'A06');
    if (disagree)
      for (const [one, two] of [
        [record, twin],
        [twin, record],
      ] as const)
        for (const id of ['disagreement', 'label-conflicts']) planted.push({ record: one, id, with: two });
  }
  for (let i = 0; i < 45; i++) {
    const record = zhOnly.pop()!;
    const twin = again(record, other(record.label), record.annotator);
    for (const [one, two] of [
      [record, twin],
      [twin, record],
    ] as const)
      planted.push({ record: one, id: 'label-conflicts', with: two });
  }

  // Copies, exact and nearly so, that came in later.
  const later = (record: DemoRecord) =>
    new Date(Date.parse(record.time) + random.between(1, 20) * 86_400_000).toISOString();
  for (let i = 0; i < 140; i++) {
    const record = zhOnly.pop()!;
    const copy = add(
      record.messages.map((message) => ({ ...message })),
      record.label,
      { source: record.source, annotator: record.annotator, time: later(record) },
    );
    planted.push({ record: copy, id: 'exact-duplicates', with: record });
  }
  const single = zhOnly.filter((record) => record.messages.filter(({ role }) => role === 'user').length === 1);
  for (let i = 0; i < 160; i++) {
    const record = single.pop()!;
    const messages = record.messages.map((message) => ({ ...message }));
    for (const message of messages) if (message.role !== 'system') message.content = nearly(message.content, random);
    const asked = trigrams(textOf(record.messages, 'user'));
    while (jaccard(asked, trigrams(textOf(messages, 'user'))) < 0.82)
      messages.forEach((message, k) => {
        if (message.role === 'user') message.content = nearly(record.messages[k].content, random);
      });
    const copy = add(messages, record.label, {
      source: record.source,
      annotator: record.annotator,
      time: later(record),
    });
    planted.push({ record: copy, id: 'near-duplicates', with: record });
  }

  records.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const place = new Map(records.map((record, i) => [record, i]));
  records.forEach((record, i) => (record.id = `CS-${pad(i, 6)}`));
  const key = planted
    .map(({ record, id, with: twin, span }) => ({
      place: place.get(record)!,
      id,
      ...(twin && { with: place.get(twin)! }),
      ...(span && { span }),
    }))
    .sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return { records, faults: key };
}

/**
 * A small change that leaves the text nearly the same: a mark, a greeting, a synonym. It never makes the text longer: a copy is the
 * poorer of the two.
 */
function nearly(text: string, random: Random): string {
  const changes: ((t: string) => string)[] = [
    (t) => t.replace(/[。！？]$/u, random.pick(['！', '～', '.'])),
    (t) => t.replace('您可以', '您能').replace('请问', '问下').replace('我的', '我那'),
    (t) => t.replace('，', ' '),
    (t) => t.replace(/^(?:你好|您好|请问|嗯|那个|好的?)，/u, ''),
  ];
  const changed = random.pick(changes)(text);
  return changed === text ? text.replace(/.$/u, random.pick(['～', '！'])) : changed;
}
