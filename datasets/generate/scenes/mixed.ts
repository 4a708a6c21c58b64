import type { Topic } from './types';

/** Chinese with English words in it, as people in offices write. */
export const mixed: Topic[] = [
  {
    label: '账单/查询',
    weight: 4,
    situations: [
      '我的 {monthEn} statement 里有一笔 {shopEn} 的 charge，{amt} 元，没有印象',
      '在 App 里点 Statements 一直 loading，换了 Wi-Fi 也一样',
      '公司 finance 要 {monthEn} 的 PDF，必须带 company stamp',
      '刚把 email 换成 Outlook，之后电子账单就 missing 了',
    ],
    asks: ['可以 resend 一份吗？', '哪里能看到 full details？', '大概多久 update？', '能不能 export 成 Excel？'],
    facts: [
      '您可以在 Statements 页面选月份，pending 和 posted 会分开显示。',
      '交易一般 {n} 个工作日内 posted，在此之前只是 authorization。',
      '我已经 resend 到您登记的 email，请同时检查 junk 文件夹。',
      '右上角的 Export 按钮可以导出最近十二个月的 Excel 表格。',
      '带 stamp 的版本请到 {city} 任意 branch 打印，不收费。',
    ],
    followUps: [['那 App 要不要 update？', '建议升级到最新版本，旧版在部分机型上会白屏。']],
  },
  {
    label: '账单/分期',
    weight: 3,
    situations: [
      '在 {shopEn} 买了 MacBook，{amt} 元，想做 installment',
      '上次的 {m} 期 plan 想 early settlement',
      '看到 App 首页 banner 说 zero interest，点进去又有 fee',
    ],
    asks: ['APR 到底是多少？', '还有 hidden cost 吗？', '可以 cancel 吗？'],
    facts: [
      '{m} 期每期费率 {rate}，换算成 APR 大约百分之 {apr}，确认页两个数都有。',
      '提前结清要一次付完剩余 principal，没到期的 fee 不再收。',
      '零利息指的是 interest，手续费仍然按期收取，请以 confirm 页面为准。',
      '当天二十二点之前可以在原页面点 Cancel，之后只能走结清流程。',
    ],
    followUps: [['会 affect 我的 credit score 吗？', '按时还就没有负面影响，报告里会显示分期余额。']],
  },
  {
    label: '积分/里程',
    weight: 2,
    situations: [
      '想把 {pts} points 换成 airline miles 飞 {cityEn}',
      'transfer 了 {n} 天，miles 还没到 frequent flyer 账户',
      '我的 passport name 和会员 name 拼写不一样',
    ],
    asks: ['ratio 是多少？', '要等多久？', '可以 refund 成 points 吗？'],
    facts: [
      '通用 ratio 是 {k} 比一，co-brand 卡是八比一，两千 miles 起兑。',
      '航空公司每周三 batch 入账，整体 {n} 个工作日左右。',
      '名字不一致会被 reject，先在航司 update profile，我再重新提交。',
      '转出之后就不能 refund 了，航班取消请走航司的 redeposit 流程。',
    ],
    followUps: [['有没有 transfer bonus？', '每年春秋各一次，比例加赠百分之十，会发 push 通知。']],
  },
  {
    label: '逾期/征信',
    weight: 2,
    situations: [
      '办 mortgage 的时候 bank 说我 {monthEn} 有 late record',
      '人在 {cityEn} overseas，晚还了 {n} 天',
      '之前的 card 早就 closed 了，credit report 里还写着 overdue',
    ],
    asks: ['能 remove 吗？', '已经 report 上去了吗？', '怎么 dispute？'],
    facts: [
      '三天 grace period 之内还清不会 report，超过就按月报送。',
      '记录从 settle 那天起保留五年，收费“洗白”的都是 scam。',
      '可以到当地查询点提交 dispute，二十天之内有书面 reply。',
      '您的账户在 {month} 已经 settled，下个 reporting cycle 就会更新。',
    ],
    followUps: [['需要 original documents 吗？', '复印件就可以，带上 ID 原件核对。']],
  },
];
