import { partOfSpeech } from '../text/part-of-speech';
import { stopWordsZh } from '../text/lists/stop-words';

/**
 * Words that are no stop words and yet name no topic: what instructions, requests and small talk are made of in general. A cluster is
 * named by them only where it has nothing else.
 */
const english = `given give gives giving make makes making made use uses using used include includes including included provide provides
provided providing following follow follows need needs needed want wants wanted would like create creates creating created generate
generates generating generated write writes writing written wrote come comes find finds finding found tell tells told show shows shown
know known think say says said see seen look looking ask asks asked asking put take takes taken taking keep add adds added adding ensure
consider considering contain contains containing based related regarding suggest help helps please thanks thank hello hi okay ok yes sure
sorry want trying try tried work works working good better best great nice new old big small long short different various several many
multiple certain specific particular general common main important possible available able right wrong correct next last first second
third another least every always something anything everything nothing someone anyone everyone people person thing things way ways lot kind
kinds type types sort part parts piece bit case cases example examples etc ie one two three four five six seven eight nine ten hundred
time times day days today yesterday tomorrow now later ago soon year years month months week weeks morning evening night
don doesn didn isn wasn aren weren won couldn wouldn shouldn hasn haven hadn ain ve ll im ive id cant dont
lt gt amp nbsp quot http https www com html href br noinput nooutput input output inputs outputs
instruction instructions task tasks answer answers response responses result results statement given below above top
called call calls going actually really well back got getting thing mean means meant still even much like done doing required appropriate difficult easy determine information simple poor hard high low fast slow quick quickly clear full
simply okay mr mrs ms sir madam hey`;

const chinese = `使用 利用 运用 采用 进行 提供 提出 给出 给定 所给 给予 生成 创建 编写 制作 写出 写下 写作 写成 找出 找到 列出 说出 举出 选出 输出 输入 得到 得出 获得
获取 包含 包括 包涵 含有 具有 拥有 属于 用于 用来 适合 有关 相关 相应 以下 以上 下面 下列 上述 上面 如下 接下来 完成 确定 根据 实现 做到 告诉 帮忙 帮我 请问 麻烦
谢谢 感谢 多谢 你好 您好 不好意思 打扰 请教 辛苦 顺便 想要 希望 觉得 感觉 认为 知道 记得 明白 看看 看到 看见 听说 发现 遇到 出现 变成 改用 算了 类似 需要 才能 能够 没用
没有 没什么 是不是 有没有 会不会 能不能 可不可以 怎么办 为何 多久 哪些 哪方面 哪些方面 说明 举例 举例说明 例子 示例 例句 情况 事情 事儿 东西 方面 方式 方法 时候 时间 问题 答案
回答 内容 部分 结果 原因 一起 一共 总共 一直 一定 一点 一点点 一般 一般般 一下子 一次 一会 一会儿 一边 有点 有点儿 一行 一句 一遍 一位 一分 一天 这么 那么 这家 那家 这次 上次 下次 每次
今天 昨天 明天 前天 后天 今晚 昨晚 早上 上午 中午 下午 晚上 凌晨 刚才 刚刚 现在 目前 最近 以前 以后 之前 之后 每天 每月 每年 本月 上个月 这个月 下个月 今年 去年 明年 早就 马上 立刻
好多 好几 不少 大量 不同 重要 主要 常见 具体 特定 相同 特别 通俗 通俗易懂 简单 清楚 说不清楚 直接 容易 方便 可能 真正 实在 完全 根本 本人 别人 有人 人家 出来 出去 起来 下来 下去
过来 过去 上去 进去 回来 里面 外面 上面 前面 后面 末尾 开头 导入到 请用 请写 请给 用以 明明 将近 后来 起码 全都 非常感谢 多分钟 小心 平时 先生 女士 小姐 太太 手里 手上 手头 说法 解决 处理 啥时候 什么时候 试试`;

/** Words that name no topic, lower-cased. */
const weakWords: ReadonlySet<string> = new Set(`${english} ${chinese}`.split(/\s+/));

const stops = new Set(stopWordsZh);
const says = (part: string) =>
  /^[不没]/.test(part) || weakWords.has(part) || stops.has(part) || 'drupc'.includes(partOfSpeech(part));

/** Whether a Chinese word is made of words that say nothing of a topic: 谢谢您, 不大清楚, 是从. */
function isHollow(term: string): boolean {
  if (/^[不没是]/.test(term) && 'vad'.includes(partOfSpeech(term))) return true;
  for (let at = 1; at < term.length; at++) {
    const [head, tail] = [term.slice(0, at), term.slice(at)];
    if ((weakWords.has(head) && says(tail)) || (weakWords.has(tail) && says(head))) return true;
  }
  return false;
}

const HAN_WORD = /^\p{Script=Han}+$/u;

/** Whether a term, lower-cased, names no topic. */
export const isWeak = (term: string): boolean => weakWords.has(term) || (HAN_WORD.test(term) && isHollow(term));
