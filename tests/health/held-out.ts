/** Faults worded apart from the detectors and from the demo set's, to see what the detectors are worth on words they do not know. */
import type { Fault, Wording } from '../../datasets/generate/faults';
import * as numbers from '../../datasets/generate/numbers';
import type { Random } from '../../datasets/generate/random';
import type { DemoRecord, Message } from '../../datasets/generate/talk';

const asked = (record: DemoRecord): Message => record.messages.find(({ role }) => role === 'user')!;
const answered = (record: DemoRecord): Message => {
  record.messages.length = record.messages.findIndex(({ role }) => role === 'assistant') + 1;
  return record.messages[record.messages.length - 1];
};
const english = (record: DemoRecord): boolean => !/\p{Script=Han}/u.test(asked(record).content);
/** The answer becomes one of these, by the record's language. */
const says =
  (zh: string[], en: string[]): Fault =>
  (record, random) => {
    answered(record).content = random.pick(english(record) ? en : zh);
  };
/** The question gets one of these in front or behind. */
const asks =
  (zh: ((text: string) => string)[], en: ((text: string) => string)[]): Fault =>
  (record, random) => {
    const message = asked(record);
    message.content = random.pick(english(record) ? en : zh)(message.content);
  };

const faults: Wording['faults'] = [
  { id: 'empty-response', count: 12, apply: says(['', '\t', '　'], ['', '  \n ']) },
  {
    id: 'placeholder',
    count: 20,
    apply: says(
      ['[待填写]', '（无）', '这里填写回答', '???', '暂无答案', 'NULL', '-'],
      ['n/a', 'TBD', '<no output>', 'None', '[insert answer here]', '...'],
    ),
  },
  {
    id: 'truncated',
    count: 40,
    apply: (record, random) => {
      const message = answered(record);
      const end = message.content.trimEnd().replace(/[\p{P}\s]+$/u, '').length;
      // Anywhere in the last quarter, as a limit on tokens would, but not at the end of a sentence.
      let at = Math.floor(end * (0.75 + random.next() * 0.2));
      while (at > 10 && /[\p{P}\s]/u.test(message.content[at - 1])) at--;
      message.content = message.content.slice(0, at);
    },
  },
  {
    id: 'merged-instruction',
    count: 20,
    apply: (record, random) => {
      answered(record).content += english(record)
        ? random.pick([
            '\n\n### User:\nWhat are your hours?\n### Assistant:\nNine to five.',
            '\n\n2. Instruction: Name a city.',
          ])
        : random.pick([
            '\n\n### 用户：\n网点几点开门？\n### 助手：\n九点。',
            '\n\n用户：分期手续费怎么算？\n助手：按期数计算。',
            '\n\n新任务：把上面的话翻译成英文。',
          ]);
    },
  },
  {
    id: 'mojibake',
    count: 20,
    apply: (record, random) => {
      const message = answered(record);
      if (english(record)) message.content = message.content.replace(/ /, ' donâ€™t ') + ' cafÃ© â€“ fin';
      else
        message.content = random.pick([
          (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text)),
          (text: string) => new TextDecoder('gb18030').decode(new TextEncoder().encode(text)),
          (text: string) => `${text.slice(0, 9)}�${text.slice(10)}`,
        ])(message.content);
    },
  },
  {
    id: 'html',
    count: 20,
    apply: (record, random) => {
      const message = answered(record);
      message.content = random.pick([
        (text: string) => `<span style="color:red">${text}</span>`,
        (text: string) => `<ul><li>${text}</li></ul>`,
        (text: string) => `${text}&nbsp;&gt;&gt;`,
        (text: string) => `<font size="2">${text}</font><br>`,
      ])(message.content);
    },
  },
  {
    id: 'control-characters',
    count: 20,
    apply: (record, random) => {
      const message = answered(record);
      message.content = `${message.content.slice(0, 5)}${random.pick(['\u200e', '\u0008', '\u200d', '\u2060', '\u001b'])}${message.content.slice(5)}`;
    },
  },
  {
    id: 'language-mismatch',
    count: 20,
    apply: says(
      [
        'Please open the app, go to the card page and follow the steps that are shown there. It takes about two minutes.',
        'We have passed your question on to the team, and they will write to you within three days.',
      ],
      [
        '请打开手机银行，在卡片页面按照提示操作，大约两分钟就可以完成。',
        '您的问题已经转给相关同事，三天之内会给您答复。',
      ],
    ),
  },
  {
    id: 'refusal',
    count: 30,
    apply: says(
      [
        '这个我帮不了您。',
        '不好意思，我只是一个聊天机器人，处理不了这件事。',
        '此问题超出了我的能力范围，请谅解。',
        '我没有权限查看您的信息，恕难从命。',
        '抱歉，我暂时还不能完成这个任务。',
        '对不起，这类内容我不能讨论。',
      ],
      [
        'I’m afraid that is something I can’t do for you.',
        'My apologies, but this request goes against my guidelines.',
        'As a chatbot, I don’t have access to your account.',
        'I won’t be able to assist with that.',
        'That is outside of what I can help with.',
      ],
    ),
  },
  {
    id: 'echo',
    count: 15,
    apply: (record, random) => {
      const text = asked(record).content;
      answered(record).content = random.pick([text, `${text}。`, ` ${text.replace(/[？?]/g, '')}`]);
    },
  },
  {
    id: 'format-broken',
    count: 15,
    apply: (record, random) => {
      asked(record).content += english(record) ? ' Reply with a JSON object only.' : '结果以JSON返回。';
      const message = answered(record);
      message.content = random.pick([(text: string) => text, (text: string) => `{'answer': '${text}',}`])(
        message.content,
      );
    },
  },
  {
    id: 'missing-attachment',
    count: 20,
    apply: asks(
      [
        (t) => `${t}截图我发你了，看这张图。`,
        (t) => `根据附件里的账单，${t}`,
        (t) => `下图是我的消费记录，${t}`,
        (t) => `${t}（见图）`,
      ],
      [
        (t) => `${t} I have attached a photo of the letter.`,
        (t) => `Look at this screenshot. ${t}`,
        (t) => `${t} The details are in the attached PDF.`,
      ],
    ),
  },
];

const kinds: [
  kind: string,
  count: number,
  make: (random: Random) => string,
  zh: [string, string],
  en: [string, string],
][] = [
  ['phone', 15, numbers.mobile, ['有事打', '，谢谢'], [' My mobile: ', '.']],
  ['id-card-cn', 12, numbers.idCard, ['（证件', '）'], [' ID card ', '.']],
  ['bank-card', 12, numbers.bankCard, ['就是尾号这张', '的卡'], [' It is card ', '.']],
  ['email', 12, numbers.email, ['抄送', '即可'], [' cc ', ' too.']],
  ['ip', 8, numbers.ip, ['来自', '的访问'], [' from host ', ', I think.']],
];

export const heldOut: Wording = {
  faults,
  personal: kinds.map(([kind, count, make, zh, en]) => ({
    id: 'personal-data',
    count,
    apply: (record, random) => {
      const message = asked(record);
      const [before, after] = english(record) ? en : zh;
      const text = make(random);
      const start = message.content.length + before.length;
      message.content += before + text + after;
      return { span: { field: 'prompt', start, end: start + text.length, kind, text } };
    },
  })),
};
