import * as numbers from './numbers';
import type { Random } from './random';
import { english } from './scenes/english';
import { answer, Slots, type DemoRecord, type Message } from './talk';

export interface Planted {
  record: DemoRecord;
  id: string;
  with?: DemoRecord;
  span?: { field: 'prompt' | 'response'; start: number; end: number; kind: string; text: string };
}
/** Spoils a record in place and says how. */
export type Fault = (record: DemoRecord, random: Random) => Omit<Planted, 'record' | 'id'> | void;

/** The faults of a set and how often each: those of the demo set unless others are given. */
export interface Wording {
  faults: { id: string; count: number; apply: Fault }[];
  personal: { id: string; count: number; apply: Fault }[];
}

const last = (record: DemoRecord): Message => record.messages[record.messages.length - 1];
const firstUser = (record: DemoRecord): Message => record.messages.find((message) => message.role === 'user')!;
/** Keeps one exchange, so that a spoiled answer is the whole response. */
const single = (record: DemoRecord): void => {
  const end = record.messages.findIndex((message) => message.role === 'assistant');
  record.messages.length = end + 1;
};
const reply =
  (texts: string[]): Fault =>
  (record, random) => {
    single(record);
    last(record).content = random.pick(texts);
  };
const latin = (record: DemoRecord): boolean => !/\p{Script=Han}/u.test(firstUser(record).content);

const refusals = [
  '抱歉，我无法回答这个问题。',
  '很抱歉，作为人工智能助手，我不能提供这方面的帮助。',
  '对不起，我没有办法处理您的请求。',
  '抱歉，这个话题我不方便回答，请换一个问题。',
  '非常抱歉，根据规定我不能提供相关信息。',
  '作为一个语言模型，我无法访问您的账户，因此不能协助。',
];
const refusalsEn = [
  'I’m sorry, but I can’t help with that.',
  'As an AI language model, I cannot assist with this request.',
  'I am unable to provide that information.',
  'Sorry, I cannot comply with this request.',
];

export const faults: Wording['faults'] = [
  { id: 'empty-response', count: 36, apply: reply(['', '', ' ', '\n']) },
  { id: 'placeholder', count: 36, apply: reply(['无', 'N/A', '<noinput>', '待补充', 'TODO', '暂无', '……', 'null']) },
  {
    id: 'truncated',
    count: 60,
    apply: (record, random) => {
      single(record);
      const text = last(record).content.replace(/\n/g, '');
      const whole = text.replace(/[。！？.!?].*$/su, '').length;
      const until = Math.max(whole + 8, Math.floor(text.length * (0.55 + random.next() * 0.25)));
      last(record).content = text
        .slice(0, until)
        .replace(/[\p{P}\s]+$/u, '')
        .replace(/[\p{P}\s][^\p{P}\s]{0,2}$/u, '');
    },
  },
  {
    id: 'merged-instruction',
    count: 40,
    apply: (record, random) => {
      single(record);
      last(record).content += latin(record)
        ? random.pick([
            '\n\nInstruction: Write a polite reminder to a customer.\nOutput: Dear customer, please remember the due day.',
            '\n### Instruction:\nTranslate the answer above.\n### Response:\nCertainly.',
          ])
        : random.pick([
            '\n\n指令：请把下面的句子改写得更礼貌。\n输出：请您尽快还款，谢谢配合。',
            '\n### Instruction:\n给客户写一条节日问候。\n### Response:\n祝您节日快乐。',
            '\n\n问题：如何办理附属卡？\n回答：携带双方证件到网点即可。',
          ]);
    },
  },
  {
    id: 'mojibake',
    count: 40,
    apply: (record, random) => {
      const message = last(record);
      const at = Math.floor(message.content.length * 0.3);
      const part = message.content.slice(at, at + 24);
      const bytes = new TextEncoder().encode(part);
      const broken = latin(record)
        ? part.replace(/ /g, (space) => (random.chance(0.3) ? 'â€™ ' : space)) + 'Ã©'
        : random.pick([
            () => new TextDecoder('windows-1252').decode(bytes),
            () => '锟斤拷锟斤拷锟斤拷',
            () => '\ufffd\ufffd\ufffd',
            () => new TextDecoder('gbk').decode(bytes).replaceAll('\ufffd', '?'),
          ])();
      message.content = message.content.slice(0, at) + broken + message.content.slice(at + 24);
    },
  },
  {
    id: 'html',
    count: 40,
    apply: (record, random) => {
      const message = last(record);
      message.content = random.pick([
        () => `<p>${message.content}</p>`,
        () => message.content.replace(/[。.]/u, (mark) => `${mark}<br/>`) + '&nbsp;',
        () => `<div class="reply">${message.content}</div>`,
        () => message.content.replace(/([^，。]{4})[，。]/u, '<strong>$1</strong>，') + '<a href="/help">查看</a>',
      ])();
    },
  },
  {
    id: 'control-characters',
    count: 40,
    apply: (record, random) => {
      const message = random.chance(0.5) ? last(record) : firstUser(record);
      const at = Math.floor(message.content.length / 2);
      message.content =
        message.content.slice(0, at) +
        random.pick(['\u200b', '\u0007', '\u202e', '\ufeff', '\u0000', '\u2066']) +
        message.content.slice(at);
    },
  },
  {
    id: 'language-mismatch',
    count: 50,
    apply: (record, random) => {
      single(record);
      const message = last(record);
      if (latin(record))
        message.content =
          '您好，这个问题请在手机银行的“在线客服”里提交，我们会在两个工作日之内联系您，感谢您的理解与支持。';
      else {
        const topic = random.pick(english);
        message.content = answer(topic, 'en', random, new Slots(random, 'en'));
      }
    },
  },
  {
    id: 'refusal',
    count: 44,
    apply: (record, random) => {
      single(record);
      last(record).content = random.pick(latin(record) ? refusalsEn : refusals);
    },
  },
  {
    id: 'flagged-words',
    count: 36,
    apply: (record, random) => {
      firstUser(record).content += latin(record)
        ? random.pick([' You bloody idiots.', ' What a bunch of morons, damn it.', ' Stop this crap, you bastards.'])
        : random.pick(['你们这帮废物，滚蛋！', '真是一群白痴，王八蛋。', '客服都是傻逼吗？', '去死吧，混蛋。']);
    },
  },
  {
    id: 'echo',
    count: 30,
    apply: (record) => {
      single(record);
      last(record).content = firstUser(record).content;
    },
  },
  {
    id: 'format-broken',
    count: 30,
    apply: (record, random) => {
      single(record);
      firstUser(record).content += latin(record) ? ' Answer in JSON format.' : '请用 JSON 格式回答。';
      const text = last(record).content.replace(/["\n\\]/g, ' ');
      last(record).content = random.pick([
        `{"answer": "${text}", "days": }`,
        `{"answer": "${text}"`,
        `{answer: ${text}}`,
      ]);
    },
  },
  {
    id: 'missing-attachment',
    count: 30,
    apply: (record, random) => {
      const message = firstUser(record);
      message.content = latin(record)
        ? `${random.pick(['Please see the attached screenshot. ', 'As shown in the image below, '])}${message.content}`
        : `${random.pick(['如图所示，', '请看下面的截图，', '见附件图片，'])}${message.content}`;
    },
  },
  {
    id: 'secret',
    count: 20,
    apply: (record, random) => {
      firstUser(record).content += latin(record)
        ? ` My access key is ${numbers.apiKey(random)}, in case it helps.`
        : `我们系统的接口密钥是 ${numbers.apiKey(random)} ，方便你们排查。`;
    },
  },
];

const kinds: {
  kind: string;
  count: number;
  make: (random: Random) => string;
  zh: [string, string];
  en: [string, string];
}[] = [
  {
    kind: 'phone',
    count: 50,
    make: numbers.mobile,
    zh: ['请打我的手机', '联系。'],
    en: [' Call me on +86 ', ' please.'],
  },
  {
    kind: 'id-card-cn',
    count: 40,
    make: numbers.idCard,
    zh: ['我的身份证号是', '，请核实。'],
    en: [' My Chinese ID number is ', ', please check.'],
  },
  {
    kind: 'bank-card',
    count: 40,
    make: numbers.bankCard,
    zh: ['卡号：', '，麻烦查一下。'],
    en: [' The card number is ', ', thanks.'],
  },
  { kind: 'email', count: 36, make: numbers.email, zh: ['结果发到邮箱 ', ' 就行。'], en: [' Write to ', ' please.'] },
  {
    kind: 'ip',
    count: 16,
    make: numbers.ip,
    zh: ['登录地址显示 ', ' ，不是我。'],
    en: [' The login came from ', ' and it was not me.'],
  },
  {
    kind: 'iban',
    count: 16,
    make: numbers.iban,
    zh: ['退款请转到 ', ' 这个账户。'],
    en: [' Send the refund to ', ' instead.'],
  },
  {
    kind: 'ssn-us',
    count: 16,
    make: numbers.ssn,
    zh: ['我的美国社安号是 ', ' ，开户时登记过。'],
    en: [' My social security number is ', ' for the record.'],
  },
];

/** Personal data, each with valid check digits, appended to the first question; the span is in the prompt. */
export const personal = kinds.map(({ kind, count, make, zh, en }) => ({
  id: 'personal-data',
  count,
  apply: ((record, random) => {
    const message = firstUser(record);
    const [before, after] = latin(record) ? en : zh;
    const text = make(random);
    // With "+86 " in front the whole number is the span.
    const start = message.content.length + before.length - (before.endsWith('+86 ') ? 4 : 0);
    message.content += before + text + after;
    const end = message.content.length - after.length;
    return { span: { field: 'prompt', start, end, kind, text: message.content.slice(start, end) } };
  }) satisfies Fault,
}));
