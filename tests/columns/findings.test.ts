import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { findingColumns } from '$lib/columns/index';
import { loadColumns, measureView, measureViews, spansOf } from '$lib/columns/measure';
import type { View } from '$lib/record/types';
import { shared } from '../shared';
import { talkOf, viewOf } from './make';

beforeAll(() => loadColumns());

const LONG = '这是一段用来说明问题的文字，它有好几句话。每一句话都有句号。';

/** Records in which a detector must see its fault, and look-alikes in which it must not. */
const cases: Record<string, { yes: View[]; no: View[] }> = {
  empty_response: {
    yes: [viewOf('q', ''), viewOf('q', ' \n\t　')],
    no: [viewOf('q', '.'), viewOf('q', '0')],
  },
  placeholder: {
    yes: [
      '<noinput>',
      '<nooutput>',
      'No Output',
      'N/A',
      'n/a.',
      'null',
      'None',
      '无',
      '暂无。',
      '（略）',
      '待补充',
      '……',
      '---',
      'TODO',
      '[placeholder]',
      '......',
    ].map((text) => viewOf('写一首诗', text)),
    no: [
      '-. --- .. ... .',
      '··––··',
      'None of the above.',
      '无论如何都要努力。',
      '5',
      '★',
      'Nil desperandum',
      '略阳县位于陕西。',
      ':-)',
      'The test is over.',
    ].map((text) => viewOf('写一首诗', text)),
  },
  placeholder_prompt: {
    yes: [viewOf('Write a poem.\n<noinput>', 'x'), viewOf('写诗。\n无输入', 'x'), viewOf('N/A', 'x')],
    no: [viewOf('Write a poem.', 'x'), viewOf('Is this a word?\nnothing else', 'x'), viewOf('Sort:\n3\n2', 'x')],
  },
  merged_instruction: {
    yes: [
      viewOf('q', 'The sky is blue.\n##\n14. Instruction: Name a river.\n14. Input:\n<noinput>\n14. Output:\nNile'),
      viewOf('q', '天空是蓝色的。\n\n指令：写一首诗\n输出：……'),
      viewOf('q', '好的。\n\n### Human: 再来一个\n### Assistant: 好'),
      viewOf('q', '已经为您登记。\n\n问题：如何办理附属卡？\n回答：到网点即可。'),
    ],
    no: [
      viewOf('How many?', 'Natalia sold 48/2 = <<48/2=24>>24 clips.\n#### 24'),
      viewOf('Recipe', 'Ingredients: eggs\nInstructions:\n1. Beat the eggs.\n2. Fry.'),
      viewOf('Create a task.', 'Instruction: Name three rivers.\nOutput: Nile, Rhine, Po'),
      viewOf('Write a dialogue.', 'Here it is.\nUser: Hi\nAssistant: Hello'),
      viewOf('写一份问答', '常见的如下。\n问题：贵吗？\n回答：不贵。'),
      viewOf('Tell me a joke', 'Q: Why?\nA: Because.\nQ: Again?\nA: Yes.'),
      viewOf('List', '1. One\n2. Two\n#### 3'),
    ],
  },
  truncated: {
    yes: [
      '您的申请已经受理，我们会在三个工作日内完成审核。审核通过之后，系统会以短',
      '还款日之后有三天宽限期，宽限期内还清视同按时。超过之后会按日',
      'The card has been blocked. You can order a new one in the app, and it will arrive within five',
      'First open the settings. Then choose the account and',
      '```python\nprint(1)\n',
      '请带好身份证（原件和',
      '办理附属卡主要有以下几个步骤，',
      '1. 先登录。\n2. 选择卡片。\n3.',
      'The total of nine and four is equal to',
      'The bridge was opened to traffic in the spring of 1932. It was repaired twice, in 1956 and again in 19',
      'Although the shop had closed its doors early,',
    ].map((text) => viewOf('q', text)),
    no: [
      'Positive',
      '账单/查询',
      'Paris',
      '1. apples\n2. pears\n3. plums',
      'Dear Sir,\nThank you for your letter.\n\nKind regards,\nJohn Smith',
      'x = 3',
      'The area is 3 + 4 = 7',
      '“Be the change that you wish to see in the world.” - Mahatma Gandhi',
      'Great news! Our app is here. #finance #budget',
      '```python\nprint(1)\n```',
      'def f(x):\n    return x',
      'https://example.com/a/b',
      '一、背景\n二、方法\n三、结论',
      '感谢您的耐心。谢谢',
      '床前明月光\n疑是地上霜\n举头望明月\n低头思故乡',
      'How to Write Better Emails: A Guide for Busy People',
      '价格是 5,000 元（含税）',
      'See e.g. the work of Dr. Smith.',
      'The sum of 5, 7 and 9 is 21.',
      '“天才是百分之一的灵感。” - 托马斯 A. 爱迪生',
      'The mean of the list is 6.5.',
      'Wine has a pH of around 3.2 to 3.8.',
      '3, 6, 9, 12, 15, 18, 21, 24, 27, 30',
      'The result is 2 × 3 × 4 × 5 = 120',
      'Mean = (A + B + C) / n',
      'Start --> Collect the forms --> Sign them --> Send them --> End',
      '1. A short statement of what the shop sells to people.\n2. The values that the owners hold dear.\n3. A goal that all of us can strive for',
      '1. Read\n2. Sleep\n3. Find a friend to talk with',
      'Dear Madam,',
      'I hope to see you soon.\n\nWith warm wishes,',
      '"To be is to do." ― Immanuel Kant',
      'Our tea is here at last, and it is good. # TeaTime # Autumn',
      '标签：湖泊，候鸟，迁徙，自然保护区',
      '白菜：蔬菜，梨：水果，萝卜：蔬菜',
      '下面哪条河最长？\nA、黄河\nB、珠江\n\n答案：A. 黄河',
      'A。沸点：物理性质',
      '从表中选择最大值；',
      '第一步。先看题目要求。\n\n谢谢您的时间，\n\n此致，\n王小明团队全体成员',
    ]
      .map((text) => viewOf('q', text))
      .concat([
        viewOf('Write the first line of a poem', 'Upon the hill the evening wind came low and soft and slow,'),
        viewOf('写一首关于秋天的诗', '秋风吹过山岗，落叶铺满长街\n我在桥头等你，等一盏灯火慢慢亮起来'),
        viewOf('Complete it.\nWe walked along the ____ in the rain,', 'We walked along the shore in the rain,'),
      ]),
  },
  refusal: {
    yes: [
      "I'm sorry, but I cannot help with that request.",
      'As an AI language model, I do not have personal opinions.',
      'I am unable to provide medical advice.',
      "I can't assist with that.",
      'This task cannot be completed by a GPT model.',
      '很抱歉，我无法回答这个问题。',
      '作为一个人工智能语言模型，我没有情感。',
      '对不起，我不能为您提供该信息。',
      '抱歉，这个话题我不方便回答，请换一个问题。',
      'Sorry, this task requires a drawing, which the model cannot make.',
      'Sorry, the request involves private records. We cannot complete it with a language model.',
      'Unable to complete this task because it needs a camera.',
      'Due to the limits of the system, I cannot answer this.',
      'Painting this scene requires a brush, which is a thing a language model does not have.',
      'This kind of task is beyond the capability of the model.',
      'I cannot set up an alarm for tomorrow.',
    ].map((text) => viewOf('q', text)),
    no: [
      "Sorry, I won't be there on Friday.",
      'Unable to sleep, he went for a walk.',
      "I can't believe it is already over!",
      'This task requires patience and a sharp knife.',
      'The robot requires a battery; an AI model does not need one.',
      "I'm sorry to hear that. Let me check your order.",
      '很抱歉给您带来不便，我马上为您处理。',
      'I cannot resist the smell of fresh bread.',
      '我们不能继续浪费资源。',
      'The request could not be sent because the server was down.',
      'Me: Can you lend me a book?\nFriend: Sorry, I can’t help you.',
      '因为单列排布无法满足这个需求。',
    ].map((text) => viewOf('q', text)),
  },
  small_talk: {
    yes: [
      viewOf('你好', '您好，请问有什么可以帮您？'),
      viewOf('谢谢你！', '不客气。'),
      viewOf('Hi there!', 'Hello! How can I help?'),
      viewOf('在吗？', '在的。'),
      viewOf('你好呀，在吗', null),
      talkOf('你好', '您好', '谢谢，再见', '再见'),
      viewOf('Thank you so much', 'You are welcome.'),
    ],
    no: [
      viewOf('你好，我的卡丢了怎么办？', '请先挂失。'),
      viewOf('Hi, how do I reset my password?', 'Open settings.'),
      viewOf('你好', LONG.repeat(20)),
      viewOf('好的，那就帮我分十二期', '已办理。'),
      talkOf('你好', '您好', '怎么查账单', '在应用里查'),
    ],
  },
  echo: {
    yes: [
      viewOf('怎样查询我的信用卡账单？', '怎样查询我的信用卡账单？'),
      viewOf('Create a looping GIF of a cat running.', 'create a looping gif of a cat running'),
      talkOf('你好', '您好', '如何提升信用卡额度', '如何提升信用卡额度？'),
    ],
    no: [
      viewOf('你好', '你好'),
      viewOf('Fix the grammar.\nHe go home.', 'He goes home.'),
      viewOf('What is the capital of France?', 'The capital of France is Paris.'),
      viewOf('重复：苹果', '苹果'),
    ],
  },
  format_broken: {
    yes: [
      viewOf('请以 JSON 格式输出姓名和年龄。', '姓名：张三，年龄：20'),
      viewOf('List two cities in JSON format.', '{"cities": ["Rome", "Paris"'),
      viewOf('用表格列出两种卡的年费', '金卡 300 元，白金卡 600 元。'),
    ],
    no: [
      viewOf('请以 JSON 格式输出姓名和年龄。', '好的：\n```json\n{"name": "张三", "age": 20}\n```'),
      viewOf('List two cities in JSON format.', '["Rome", "Paris"]'),
      viewOf('Write a Python function that parses JSON.', 'def f(s): return json.loads(s)'),
      viewOf('什么是 JSON 格式？', '一种数据格式。'),
      viewOf('可以导出成表格吗？', '可以。'),
      viewOf('用表格列出两种卡的年费', '| 卡 | 年费 |\n| --- | --- |\n| 金卡 | 300 |'),
      viewOf('Put a vase on the table.', 'Done.'),
    ],
  },
  role_order: {
    yes: [
      talkOf(['assistant', 'a'], ['user', 'b'], ['assistant', 'c']),
      talkOf('a', ['user', 'b'], 'c'),
      talkOf('a', 'b', 'c'),
      talkOf('a', ['system', 's'], ['assistant', 'b']),
    ],
    no: [
      talkOf(['system', 's'], ['user', 'a'], ['assistant', 'b']),
      talkOf('a', 'b', 'c', 'd'),
      talkOf('a', ['assistant', 'call'], ['tool', 'result'], ['assistant', 'b']),
      viewOf('a', null),
    ],
  },
  language_mismatch: {
    yes: [
      viewOf('怎样查询我的信用卡账单？', 'You can look at your bill in the app, where it is shown for each month.'),
      viewOf('How can I see the bill of my card?', '您可以在手机银行里查看每个月的账单明细。'),
      viewOf(
        '在 Zara 买了 MacBook，想做 installment，可以 cancel 吗？',
        'You can cancel it within the first week, and there is no fee for it.',
      ),
    ],
    no: [
      viewOf('把“你好，世界”翻译成英文', 'Hello, world, and all the people who live in it.'),
      viewOf('请用英语写一句问候', 'I hope that you are well and that we will meet soon.'),
      viewOf('推荐三个学习网站', 'Coursera, edX, Udacity, Khan Academy, Skillshare'),
      viewOf('用 Python 打印', 'print("the quick brown fox and the lazy dog")'),
      viewOf('iPhone 怎么截图？', '同时按住侧边键和音量键。'),
      viewOf('Who is 李白?', 'Li Bai was a poet of the Tang dynasty.'),
      viewOf('请问法国首都？', 'Paris'),
      viewOf(
        '有哪些扩展块？',
        'Scratch中的扩展块有：Music Extension、Pen Extension、Video Sensing Extension、Text to Speech Extension',
      ),
    ],
  },
  missing_attachment: {
    yes: [
      viewOf('如图所示，求阴影部分的面积。', 'x'),
      viewOf('请看下面的截图，为什么扣了两次？', 'x'),
      viewOf('Describe the animal in this picture.', 'x'),
      viewOf('Please see the attached file and summarize it.', 'x'),
    ],
    no: [
      viewOf('描述图中内容 https://a.com/b.png', 'x'),
      viewOf('Describe this picture: <image>', 'x'),
      viewOf('画一张这样的图片：山和水', 'x'),
      viewOf('Humans are created in the image of God.', 'x'),
      viewOf('怎样上传附件？', 'x'),
      viewOf('我试图联系客服', 'x'),
      viewOf('Find every user-uploaded document that mentions fire.', 'x'),
      viewOf('Correct the attached document.\n<p>Helo wrld</p>', 'x'),
      // Nothing is asked about a text that is there to be classified or compared.
      viewOf('不是图片中的烙饼，味道还可以'),
      viewOf('请问这张图片是什么动漫\n这张图片出自哪部电影？'),
    ],
  },
  control_characters: {
    yes: [viewOf('a\u200bb', 'x'), viewOf('a', 'x\u0007'), viewOf('\ufeffa', 'x'), viewOf('a', 'x', 's\u202ey')],
    no: [viewOf('👨‍👩‍👧 ❤️', '🏳️‍🌈\tx\r\n'), viewOf('می‌خواهم', 'क्‍ष'), viewOf('שלום\u200f!', 'x')],
  },
  mojibake: {
    yes: [
      '锟斤拷锟斤拷',
      'cafÃ© del mar',
      'å¥½çš„ï¼Œæˆ‘çŸ¥é“',
      '浣犲ソ锛屼笘鐣屻€傛垜鐨勫崱',
      'donâ€™t',
      'a\ufffdb',
      'x\ud800y',
      '烫烫烫烫',
    ].map((text) => viewOf('q', text)),
    no: ['café déjà vu', 'São Paulo, Ångström', '锛是一种工具。', 'naïve Ä°', '— “quoted” … 5°', 'мир', '😀'].map(
      (text) => viewOf('q', text),
    ),
  },
  html: {
    yes: [
      viewOf('怎么还款？', '<p>在应用里还款。</p>'),
      viewOf('怎么还款？', '在应用里&nbsp;还款。'),
      viewOf('Tell me<br>more', 'ok'),
      viewOf('q', 'See <a href="/help">help</a>'),
    ],
    no: [
      viewOf('Write HTML for a heading.', '<h1>Title</h1>'),
      viewOf('q', 'Use `<b>` and\n```\n<div></div>\n```'),
      viewOf('q', 'a < b and b > c; List<String> x; <noinput>; AT&T'),
      viewOf('网页标题怎么写？', '<title>x</title>'),
      viewOf('q', '<a picture of a cat>'),
      viewOf('Name this bird.\n<img src="https://example.org/bird.jpg" alt="bird">', 'A heron.'),
      viewOf('Give the paragraph a grey background color.', '<p style="background: grey">Text</p>'),
    ],
  },
  secret: {
    yes: [
      viewOf('q', 'key sk-proj-Ab3dE6gH1jKlMn0pQrStUvWx'),
      viewOf('AKIAIOSFODNN7EXAMPLB', 'x'),
      viewOf('q', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'),
      viewOf('q', '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----'),
      viewOf('q', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dozjgNryP4J3jVmNHl0w5N'),
      viewOf('q', 'api_key = "f3Kd82hsLq09ZmXw71Tn5b"'),
      viewOf('q', 'password: Hunter2!x9'),
      viewOf('q', '我的密码是Abc12345，别告诉别人。'),
      viewOf('q', '密码：qwe789rty'),
      viewOf('q', '{"user": "li", "passwd": "k9Lw2mQ"}'),
      viewOf('q', 'PWD=s3cure-Door.'),
      viewOf('q', '口令 ＝ “north7star”'),
    ],
    no: [
      viewOf('q', 'sk-xxxxxxxxxxxxxxxxxxxxxxxx'),
      viewOf('q', 'api_key = "YOUR_API_KEY_GOES_HERE"'),
      viewOf('q', 'a task-oriented-internationalization-approach'),
      viewOf('q', '-----BEGIN PUBLIC KEY-----'),
      viewOf('q', 'pneumonoultramicroscopicsilicovolcanoconiosis'),
      ...[
        'password: your password',
        'Password: ********',
        'password: password123',
        'password: pa$$w0rd',
        'password: <YOUR_PASSWORD_1>',
        'password = request.form["password1"]',
        'password = sha256(salt1)',
        'password = user1.secret2',
        'password = new_value1',
        'password varchar(255), password: $DB_PW1',
        'pwd: /home/user1/data',
        'Your password: it must have 8 characters, 1 digit.',
        'password: 12345678',
        '密码为6-20位字母和数字',
        '密码是：字母加数字，共8位',
        '密码为AES256加密',
        '密码：123456',
        'Forgot password? Go to https://a.example/reset1',
        'password: https://a.example/reset1',
        'password: user1@mail.example',
      ].map((text) => viewOf('q', text)),
    ],
  },
};

describe('findings', () => {
  it('each have cases', () => {
    expect(Object.keys(cases).sort()).toEqual(findingColumns.map((column) => column.id).sort());
  });

  for (const [id, { yes, no }] of Object.entries(cases)) {
    it(`${id} is seen`, () => {
      for (const view of yes) {
        expect.soft(measureView(view, [id]), JSON.stringify([view.prompt, view.response])).toEqual([1]);
        if (id !== 'empty_response' && id !== 'role_order')
          expect.soft(spansOf(view, [id]).length, view.response!).toBeGreaterThan(0);
      }
    });
    it(`${id} is not seen in look-alikes`, () => {
      for (const view of no) {
        const [value] = measureView(view, [id]);
        expect.soft(value === 1, JSON.stringify([view.prompt, view.response, spansOf(view, [id])])).toBe(false);
      }
    });
  }

  it('have no value where a response is asked for and the layout has none', () => {
    for (const id of ['empty_response', 'placeholder', 'truncated', 'refusal', 'echo', 'language_mismatch'])
      expect(measureView(viewOf('text'), [id])).toEqual([NaN]);
  });

  it('spans are the text they point at', () => {
    const view = viewOf('😀 写信到 a@b.com', '好的😀<br>锟斤拷', '');
    for (const span of spansOf(view)) expect(view[span.field]!.slice(span.start, span.end)).toBe(span.text);
    expect(spansOf(view).map(({ field, kind, text }) => [field, kind, text])).toEqual([
      ['prompt', 'email', 'a@b.com'],
      ['response', 'html', '<br>'],
      ['response', 'mojibake', '锟斤拷'],
    ]);
  });
});

describe('facts of Stanford Alpaca', () => {
  const file = shared('data/alpaca/alpaca_data.json');
  it.skipIf(!file)('28 empty responses, 22 responses exactly <noinput>, merged instructions', () => {
    const rows: { instruction: string; input: string; output: string }[] = JSON.parse(readFileSync(file!, 'utf8'));
    const views = rows.map(({ instruction, input, output }) =>
      viewOf(input ? `${instruction}\n${input}` : instruction, output),
    );
    const [empty, placeholder, merged, refusals] = measureViews(views, [
      'empty_response',
      'placeholder',
      'merged_instruction',
      'refusal',
    ]);
    const count = (values: Float32Array) => values.reduce((n, value) => n + value, 0);
    expect(count(empty)).toBe(28);
    // What a plain search finds: answers that open with an apology for the task, and four others read by hand.
    const declined = views.flatMap(({ response }, row) => (/^Sorry, (?:the|this) task/.test(response!) ? [row] : []));
    expect(declined.length).toBe(16);
    for (const row of [...declined, 8, 5690, 7022, 50918]) expect([row, refusals[row]]).toEqual([row, 1]);
    const noInput = views.flatMap((view, row) => (view.response === '<noinput>' ? [row] : []));
    expect(noInput.length).toBe(22);
    expect(noInput.every((row) => placeholder[row] === 1)).toBe(true);
    // Every answer in which "NN. Instruction:" follows other text on a line of its own.
    const numbered = views.flatMap(({ response }, row) => {
      const at = response!.search(/\n\d+\. Instruction:/);
      return at > 0 && response!.slice(0, at).trim() ? [row] : [];
    });
    expect(numbered.length).toBeGreaterThan(30);
    expect(numbered.every((row) => merged[row] === 1)).toBe(true);
    expect(count(merged)).toBeLessThan(numbered.length * 1.15);
  });
});

it('points at the whole password and nothing else', () => {
  const texts = (text: string) => spansOf(viewOf(text), ['secret']).map((span) => span.text);
  expect(texts('password: a9B7$#fG3&Z1. 密码是"8zs#^C"。密码：Abc12345，口令: k9Lw2mQ!')).toEqual([
    'a9B7$#fG3&Z1',
    '8zs#^C',
    'Abc12345',
    'k9Lw2mQ!',
  ]);
  expect(texts('https://a.example/?password=abc9xyz&login=1')).toEqual(['abc9xyz']);
});
