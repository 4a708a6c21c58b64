import { finding, matches, NOWHERE } from './finding';

const THING_EN =
  '(?:image|picture|photo|photograph|screenshot|diagram|figure|chart|graph|attachment|file|document|pdf|spreadsheet|video|audio|recording|map)s?';
const EN = new RegExp(
  [
    `(?<!-)\\b(?:attached|enclosed|uploaded) (?:\\w+ ){0,2}${THING_EN}\\b`,
    `\\b(?:the|this|that|these|following|my|given) (?:\\w+ )?${THING_EN} (?:i (?:have |just )?)?(?:below|above|attached|provided|shown|uploaded|here|i sent|sent)\\b`,
    `\\b(?:see|look at|refer to|check|view|open|read) (?:the |this |my )(?:attached |following |above )?${THING_EN}\\b`,
    `\\b(?:in|from|on) (?:the|this) (?:image|picture|photo|photograph|screenshot)\\b(?! of\\b)`,
    `\\b(?:shown|seen|depicted|visible) in (?:the|this) (?:image|picture|photo|figure|diagram|chart|graph|screenshot)\\b`,
    `\\bthis (?:image|picture|photo|screenshot)\\b`,
    `\\bi(?:[’']ve| have)? (?:attached|uploaded)\\b`,
  ].join('|'),
  'gi',
);
const ZH =
  /如(?:下|上)?图(?:所示|中|1|一|，|,|。|：|\s|$)|(?:见|看|参考|根据|查看|参见|请看|看看)(?:一下)?(?:(?:下|上|后|前)面的?|下方的?|上方的?|下|上|附|附上的|这张|这个|这幅|这里的|我发的|我的|以下)?(?:图片?|截图|照片|附件)|(?:下|上|附)图(?:中|所示|是|为|里|的|，|显示)|图(?:片|中|上|里)(?:所示|中的|里的|显示|的(?:内容|人|物|文字))|(?:这|那|该)(?:张|幅|个)(?:图片?|照片|截图|图表)|我(?:已|刚|刚刚)?(?:上传|发送|发)(?:的|了)(?:一?[张个份])?(?:图片?|照片|截图|附件|文件)|附件(?:中|里|所示|内|是|为|的)|(?:见|详见|请见|在)附件|截图(?:如下|中|里|所示)/g;
const PRESENT =
  /https?:\/\/|!\[|<!doctype|<\/\w+>|<image|<img|<video|<audio|<file|\[(?:image|图片|img)|data:image|\.(?:png|jpe?g|gif|pdf|docx?|xlsx?|mp[34]|csv)\b/i;
/** Pictures to be made or imagined, and questions about them in general. */
const IMAGINED =
  /\b(?:generate|create|draw|design|paint|sketch|imagine|make|produce|add|insert|edit|crop|resize|caption for an?|write|classes?|dataset|model|algorithm|neural|prompt)\b|生成|绘制|画一|设计|想象|制作|怎么|如何|怎样/i;

/**
 * 1 where a prompt points at a picture or a file that the record does not have. Texts without an answer (to be classified,
 * compared) may speak of pictures: nothing is asked about them.
 */
export const missingAttachment = finding({
  id: 'missing_attachment',
  severity: 2,
  fields: ['prompt'],
  needsResponse: true,
  find: (subject, _field, all) => {
    const { prompt } = subject.view;
    const value = prompt.length > 4000 ? prompt.slice(0, 4000) : prompt;
    const zh = /[图件照频]/.test(value);
    const en =
      /image|picture|photo|screenshot|diagram|figure|chart|graph|attach|upload|enclosed|document|file|pdf|video|recording/i.test(
        value,
      );
    if (!zh && !en) return NOWHERE;
    const places = [...(zh ? matches(ZH, value, all) : []), ...(en ? matches(EN, value, all) : [])];
    if (!places.length || PRESENT.test(value)) return NOWHERE;
    const { start, end } = clauseAround(value, places[0][0]);
    return IMAGINED.test(value.slice(start, end)) ? NOWHERE : places;
  },
});

function clauseAround(value: string, at: number): { start: number; end: number } {
  let start = at;
  while (start > 0 && !/[.!?。！？，\n]/.test(value[start - 1])) start--;
  let end = at;
  while (end < value.length && !/[.!?。！？，\n]/.test(value[end])) end++;
  return { start, end };
}
