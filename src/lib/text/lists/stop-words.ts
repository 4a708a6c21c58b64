/** English function words: articles, pronouns, prepositions, conjunctions, auxiliaries and common adverbs. */
export const stopWordsEn =
  `a about above across after again against all almost along already also although always am among an and
any are around as at away back be became because become been before behind being below between both but by came can cannot could d did do
does doing don done down during each either else enough even ever every few for from further get gets getting go goes got had has have having he
her here hers herself him himself his how however i if in instead into is it its itself just least less let like ll m made make many
may me might mine more most much must my myself near neither never no nor not now of off often on once one only onto or other our ours
ourselves out over own per perhaps quite rather re really s same shall she should since so some still such t than that the their theirs
them themselves then there therefore these they this those though through thus to together too toward towards under until up upon us
ve very was we were what whatever when where whether which while who whom whose why will with within without would yet you your yours
yourself yourselves`
    .split(/\s+/)
    .filter(Boolean);

/** Chinese function words: particles, pronouns, prepositions, conjunctions, auxiliaries and common adverbs. */
export const stopWordsZh =
  `的 了 和 是 在 有 也 都 就 不 而 及 与 或 或者 但 但是 而且 并 并且 以及 因为 所以 因此 于是 如果 虽然 尽管 那么 只要
只有 不仅 不但 还是 还 又 再 更 最 很 非常 太 比较 已 已经 曾经 正在 将 将会 会 能 能够 可 可以 可能 应 应该 应当 必须 需要 要 想 得 地 着 过 被 把
让 使 使得 给 对 对于 关于 由 由于 从 自 自从 向 往 到 至 以 为 为了 按 按照 根据 通过 随着 之 其 其他 其它 其中 此 此外 这 那 这个 那个 这些 那些 这样
那样 这里 那里 这种 那种 这是 哪 哪个 哪些 哪里 什么 怎么 怎样 怎么样 如何 为什么 谁 多少 几 我 你 您 他 她 它 我们 你们 您们 他们 她们 它们 咱们 自己 大家 人们
每 每个 各 各种 某 某些 一 一个 一些 一种 一样 一般 一下 一直 两个 些 个 只 只是 就是 也是 不是 没 没有 别 不要 不会 不能 吗 呢 吧 啊 呀 哦 嗯 啦 嘛 么 所
所有 所谓 等 等等 上 下 中 里 内 外 前 后 之间 之后 之前 以上 以下 以后 以前 时 时候 当 当时 同时 然后 然而 不过 否则 无论 不管 即使 即 即可 例如 比如
如 如下 像 好像 似乎 以便 从而 甚至 尤其 特别 真 真的 来 去 来说 说 做 用 才 却 并不 仍 仍然 依然 另 另外 除了 除 则 且 若 倘若 既 既然 与其 何 何时 某个
它的 我的 你的 他的 她的 其实 几乎 总是 往往 经常 有时 有些 有的 许多 很多 多 大多 少 较 较为 越 越来越 十分 极 极其 相当 必 是否 可否 能否 之一`
    .split(/\s+/)
    .filter(Boolean);
