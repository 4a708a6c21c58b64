import type { Random } from './random';
import type { Message } from './talk';

const said = [
  '你好',
  '您好呀',
  '在吗',
  '谢谢',
  '谢谢啦',
  '再见',
  '拜拜',
  '早上好',
  '晚上好',
  '晚安',
  '辛苦了',
  '哈哈',
  '好的谢谢',
  '嗯嗯',
  '你是谁',
  '你是机器人吗',
  '今天天气真好',
  '吃饭了吗',
  '新年快乐',
  '中秋快乐',
  'hi',
  'hello',
  'thanks',
  'thank you so much',
  'bye',
  'good morning',
  '么么哒',
  '周末愉快',
  '下午好',
  '多谢',
];
const answered = [
  '您好！请问有什么可以帮您？',
  '不客气，祝您生活愉快！',
  '我在的，请讲。',
  '感谢您的问候。',
  '再见，欢迎随时联系。',
  '谢谢，也祝您开心。',
  '您好呀，很高兴见到您。',
  '不用谢，这是我应该做的。',
];
const answeredEn = ['Hello! How can I help?', 'You are welcome!', 'Goodbye, have a nice day.', 'Good day to you too!'];

/** `count` different exchanges that say nothing about cards. */
export function chat(random: Random, count: number): Message[][] {
  const pairs = said.flatMap((user) =>
    (/^[a-z]/.test(user) ? answeredEn : answered).map((reply) => [user, reply] as const),
  );
  return random.sample(pairs, count).map(([user, reply]) => [
    { role: 'user', content: user },
    { role: 'assistant', content: reply },
  ]);
}
