/**
 * Words that a reviewer should see, kept mild: insults, violence, sexual and gambling terms. Made for the project, not taken
 * from a published list; replaceable with `useWordLists`.
 */
export const flaggedEn =
  `arse arsehole ass asshole bastard bastards bitch bitches bloody bollocks bullshit crap cunt damn dickhead dumbass fag faggot fuck fucked
fucker fucking goddamn idiot idiots jackass jerk jerks moron morons motherfucker nigger nude piss porn porno pornography prick pussy rape retard scum shit shitty
slut stupid suck twat wanker whore`
    .split(/\s+/)
    .filter(Boolean);

export const flaggedZh =
  `傻逼 傻瓜 傻子 白痴 笨蛋 蠢货 蠢猪 废物 混蛋 王八蛋 滚蛋 贱人 贱货 婊子 妓女 他妈的 操你妈 混账 去死 畜生 人渣 智障 弱智 脑残 神经病 变态 流氓 强奸
色情 黄色网站 裸照 裸聊 约炮 嫖娼 赌博 赌场 博彩 毒品 冰毒 海洛因 大麻 自杀 杀人 砍死 打死 恐怖袭击 炸弹`
    .split(/\s+/)
    .filter(Boolean);
