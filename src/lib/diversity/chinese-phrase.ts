import type { TaggedWord } from './chinese-words';
import type { VerbPhrase } from './types';

type Found = Omit<VerbPhrase, 'command'>;

const set = (words: string) => new Set(words.split(' '));
/** Verbs that only help another one, ask politely or say that something is. */
const helpers = set(
  '请 请问 帮 帮忙 帮助 麻烦 能 能否 能够 可以 可否 会 要 想 想要 需要 应该 应 必须 让 使 使得 令 有 是 为 来 去 到 开始 尝试 试着 试 希望 得 可 在 没有 没 没什么 知道 是否 叫 作 做 当 成 称为 属于 位于 具有 拥有 含有 包含 包括 叫做 像 无法 愿意 可能 用于 拿 看看 看 请求 敢 肯 不会 听说 不到 不能 不超过 超过 少于 多于 想到 有没有 存在 出现 允许',
);
/** Verbs of a means; the deed follows them. */
const means = set(
  '使用 用 分 利用 运用 采用 借助 参考 结合 围绕 给定 给 遵循 阅读 考虑 假设 想象 观察 看到 听到 鉴于 比如说',
);
/** Verbs that carry a deed named by the next word. */
const carriers = set('进行 加以 予以 给予 作出 做出');
/** A clause that begins so is about the circumstances. */
const circumstances = set(
  '给定 根据 按照 基于 假设 如果 想象 使用 利用 通过 运用 采用 借助 对于 当 鉴于 针对 作为 由于 阅读 考虑 以下 下面 下列 这 在 依据 随着 从 若 假如 观察 现在',
);
const scenes = set('想象 假设 设想 假如');
const before = set('将 把');
const joining = set(
  '并 并且 然后 再 从而 以便 而且 来 以 给 供 让 使 使其 以免 用以 进而 同时 但 而 为 成 成为 作为 用于 使之 那么',
);
const shortTexts = set(
  '例子 类比 诗 诗歌 文章 故事 句子 信 邮件 电子邮件 短文 程序 函数 代码 段落 歌 对话 笑话 小说 论文 博客 文案 作文 查询 脚本 评论 短篇小说 段子 算法 口号 演讲 推文 广告',
);
const talked = set('我 我们 你 您 他 大家 咱们 出 一下 下 了 好 关于 有关 点 些 一点 出来');
const noHead = set('之一 方面 时候 时 下 中');

const isVerb = ({ tag }: TaggedWord) => tag === 'v' || tag === 'w';
const isNoun = ({ tag }: TaggedWord) => tag === 'n' || tag === 'w';
const modifiers = set('以下 下面 下列 给定 上述 所给 如下 的');
const isDe = ({ text }: TaggedWord) => text === '的' || text === '之';

/** The noun at the head of the phrase [from, to): the last of the first run of nouns after the last 的. */
function head(words: readonly TaggedWord[], from: number, to: number): string {
  let start = from;
  for (let i = from; i < to; i++) if (isDe(words[i]) && i + 1 < to) start = i + 1;
  for (;;) {
    let found = '';
    for (let i = start; i < to; i++) {
      const word = words[i];
      if (isNoun(word) && word.text !== '' && !noHead.has(word.text)) found = word.text;
      else if (found) {
        // A verb between two nouns names a kind: 搜索 引擎, 软件 开发 公司.
        if (word.tag === 'v' && i + 1 < to && words[i + 1].tag === 'n' && start > from) continue;
        break;
      }
    }
    // …的介绍: after 的 a verb is a noun.
    if (!found && start > from) {
      let at = start;
      while (at < to && 'mqadr'.includes(words[at].tag)) at++;
      if (at < to && isVerb(words[at])) found = words[at].text;
    }
    if (found || start === from) return found;
    to = start - 1;
    start = from;
  }
}

function objectAfter(words: readonly TaggedWord[], from: number, end: number): string {
  while (from < end && talked.has(words[from].text)) from++;
  let to = from;
  while (to < end && 'mqa'.includes(words[to].tag)) to++;
  // 一个接受数字并返回总和的函数: right after the number comes a clause that ends with 的.
  if (to > from && to < end && 'vp'.includes(words[to].tag))
    for (let i = end - 2; i > to; i--) if (isDe(words[i])) return head(words, i + 1, end) || head(words, from, end);
  to = from;
  let named = false;
  for (let counted = false; to < end; to++) {
    const word = words[to];
    if (isNoun(word) && (word.tag === 'n' || to > from)) named = true;
    if (
      named &&
      ((joining.has(word.text) && !(word.text === '为' && deFrom(words, to, end))) ||
        (word.tag === 'c' && word.text !== '可以' && to + 1 < end && isVerb(words[to + 1])))
    )
      break;
    if (counted && shortTexts.has(word.text) && to + 1 < end && (isVerb(words[to + 1]) || words[to + 1].tag === 'p'))
      return word.text;
    counted = word.tag === 'm' || word.tag === 'q' || (counted && (word.tag === 'a' || isDe(word)));
  }
  return head(words, from, to);
}

function deFrom(words: readonly TaggedWord[], from: number, to: number): boolean {
  for (let i = from; i + 1 < to; i++) if (isDe(words[i])) return true;
  return false;
}

function verbFrom(words: readonly TaggedWord[], from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (isVerb(words[i]) && !helpers.has(words[i].text) && !(i + 1 < to && isDe(words[i + 1])) && !isDe(words[i - 1]))
      return true;
  return false;
}

/** The verb of the clause [from, to) and its object; null where it has none. */
function ofClause(words: readonly TaggedWord[], from: number, to: number): Found | null {
  let acted = -1;
  let phrase = -1;
  let fallback: Found | null = null;
  for (let i = from; i < to; i++) {
    const word = words[i];
    const next = i + 1 < to ? words[i + 1] : null;
    if (word.text === '给' && next?.text === '我' && i + 2 < to && !isVerb(words[i + 2]))
      return { verb: '给', object: objectAfter(words, i + 2, to) };
    if (word.text === '想' && next?.tag === 'm') return { verb: '想', object: objectAfter(words, i + 1, to) };
    if (before.has(word.text)) acted = i + 1;
    if (word.tag === 'p' && !means.has(word.text)) phrase = i + 1;
    if (carriers.has(word.text)) {
      let at = i + 1;
      while (at < to && !isNoun(words[at]) && words[at].tag !== 'v') at++;
      if (at >= to) return null;
      const object = phrase >= 0 && phrase < i ? head(words, phrase, i) : '';
      return { verb: words[at].text, object: object || objectAfter(words, at + 1, to) };
    }
    if (!isVerb(word) || helpers.has(word.text)) continue;
    // 选择的书: the verb belongs to a noun; …的 比较: it is one.
    if (next && isDe(next)) continue;
    if (i > from && (isDe(words[i - 1]) || (phrase >= 0 && modifiers.has(words[i - 1].text)))) continue;
    // 什么是机器学习: no deed is asked for.
    if (words[from].text === '什么' && words[from + 1]?.text === '是') return null;
    // Inside a phrase with its preposition the verb is only the deed when something precedes it there.
    if (phrase === i) continue;
    if (phrase >= 0 && word.tag === 'w' && next?.tag === 'n' && verbFrom(words, i + 1, to)) continue;
    // 为送餐服务生成…: of two verbs after a preposition the second is the deed.
    if (phrase >= 0 && i > phrase && next?.tag === 'v' && !helpers.has(next.text) && i + 2 < to && !isDe(words[i + 2]))
      continue;
    const own = { verb: word.text, object: objectAfter(words, i + 1, to) };
    if (means.has(word.text)) {
      fallback ??= own;
      phrase = i + 1;
      continue;
    }
    if (acted >= 0 && acted < i) own.object = head(words, acted, i) || own.object;
    else if (!own.object && phrase >= 0 && phrase < i) own.object = head(words, phrase, i);
    return own;
  }
  return fallback;
}

const polite = set(
  '请 请你 请您 请帮我 麻烦 帮 帮我 你 您 你能 能 能否 能不能 可以 可否 我要 我想 我要你 需要 给我 请问',
);

/** Nobody stands before the verb but who is asked: 请写…, 将…翻译, 你能写…吗. */
function commands(words: readonly TaggedWord[], from: number, to: number, verb: string): boolean {
  for (let i = from; i < to; i++) {
    const { text, tag } = words[i];
    if (text.startsWith(verb)) return true;
    if (before.has(text) || carriers.has(text) || tag === 'p' || means.has(text)) return true;
    if (tag === 'r' ? !polite.has(text) && text !== '我' : tag === 'n') return false;
    if (text === '如何' || text === '为何') return false;
  }
  return false;
}

/**
 * Verb and object of a Chinese text, from its first three sentences: the first verb that is no helper, in a clause that does not only
 * tell the circumstances (给定…，根据…，), and the head of the noun phrase after it, or of the one that 将, 把 or 对…进行 puts before it.
 */
export function chinesePhrase(words: readonly TaggedWord[]): VerbPhrase {
  let late: VerbPhrase | null = null;
  let sentences = 0;
  for (let from = 0; from < words.length && sentences < 3;) {
    let to = from;
    while (to < words.length && words[to].tag !== ',' && words[to].tag !== '.') to++;
    if (to - from <= 2 && scenes.has(words[from]?.text)) {
      // 想象一下，你…。 The whole sentence is a scene; the next one asks.
      while (to < words.length && words[to].tag !== '.') to++;
      from = to + 1;
      continue;
    }
    const found = to > from ? ofClause(words, from, to) : null;
    if (found) {
      const phrase = { ...found, command: commands(words, from, to, found.verb) };
      const first = words[from].text === '请' && from + 1 < to ? words[from + 1].text : words[from].text;
      if (!circumstances.has(first) || (words[to]?.tag !== ',' && !means.has(found.verb))) return phrase;
      late ??= phrase;
    }
    if (words[to]?.tag === '.') {
      if (late && !means.has(late.verb)) return late;
      sentences++;
    }
    from = to + 1;
  }
  return late ?? { verb: '', object: '', command: false };
}
