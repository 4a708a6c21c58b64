/** What an instruction asks for. */
export const TASK_TYPES = [
  'write',
  'summarise',
  'translate',
  'code',
  'compare',
  'classify',
  'calculate',
  'explain',
  'rewrite',
  'extract',
  'answer',
  'list',
  'plan',
  'roleplay',
  'other',
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** One rule. The patterns are tried on the instruction without its polite opening, in lower case; the first rule that matches decides. */
export interface TaskRule {
  type: TaskType;
  en: RegExp;
  zh: RegExp;
  example: { en: string; zh: string };
}

/** Verbs that make something: what they make decides. */
const MAKE =
  '(?:write|create|generate|give|provide|make|produce|compose|prepare|draft|develop|construct|come up with|show)(?: me| us)?';
const MAKE_ZH = '(?:写出?|创建|生成|给出|给我|提供|制作|编写|撰写|做|构建|产生|设计|制定|开发|准备|起草|拟定?|帮我做)';
/** Up to four words between the verb and the noun, none of which begins another phrase. */
const GAP = "(?: (?!about |on |for |of |that |to |with |using |explaining |describing |which |and )[\\w'’-]+){0,4}";
const GAP_ZH = '(?:(?!关于|描述|来|解释|，|。).){0,12}';

const en = (source: string) => new RegExp(source, 'u');
const zh = en;

/** In order of priority: narrow tasks before broad ones. */
export const taskRules: readonly TaskRule[] = [
  {
    type: 'roleplay',
    en: en(
      "^(?:(?:i want you to |please )?(?:act|behave|respond|answer) (?:as|like) (?:if you|an? |my |the )|pretend|role-?play|imagine (?:that )?(?:you are|you're|yourself)|you are (?:now )?(?:an? |my |the )(?!(?:given|computer programming))(?!.*\\?$)|play the role|let['’]s (?:play|chat|talk)|(?:hi|hello|hey|good (?:morning|evening)|thanks|thank you|bye)\\b)",
    ),
    zh: zh(
      '^(?:(?:你|现在|假设|假装|想象|如果)*(?:扮演|充当|假装你?是?|假设你是|想象你是)|(?:现在)?你(?:现在)?是(?:一|我的|个|名|位)(?!.*[?？]$)|我(?:想|要|希望)(?:让)?你(?:扮演|充当|担任)|作为(?:一)?(?:名|个|位).{1,12}，|角色扮演|(?:你就是|口吻|的身份)|(?:你好|您好|嗨|哈喽|早上好|晚上好|在吗|谢谢|再见|聊聊|陪我))',
    ),
    example: { en: 'Act as a travel guide and answer my questions.', zh: '请你扮演一位面试官，向我提问。' },
  },
  {
    type: 'translate',
    en: en(
      '\\btranslat(?:e|ion|ing)\\b|(?:rewrite|convert|say|render|put|change)\\b.{0,80}\\b(?:in|into|to) (?:english|spanish|french|german|chinese|mandarin|japanese|italian|russian|korean|latin|portuguese|arabic|hindi)\\b|\\b(?:french|spanish|german|chinese|japanese|english|italian) (?:word|phrase|term|equivalent) for\\b|\\b(?:what is|how (?:do|would) (?:you|i) say)\\b.{0,60}\\bin (?:french|spanish|german|chinese|japanese|english|italian|korean|latin)\\b',
    ),
    zh: zh(
      '翻译|译[成为]|译文|(?:用|的)(?:英文|英语|中文|日语|法语|德语|韩语|西班牙语)(?:怎么|如何)(?:说|讲|表达|写)|转换?[成为](?:英文|英语|中文|日语|法语|德语)',
    ),
    example: { en: 'Translate this sentence into French.', zh: '把下面的句子翻译成英文。' },
  },
  {
    type: 'summarise',
    en: en(
      `^(?:\\w+ly )?(?:summari[sz]e|sum up|condense|recap|outline the main (?:points|ideas))\\b|\\b(?:and|to|then|,) summari[sz]e\\b|\\b${MAKE}${GAP} (?:summary|synopsis|abstract|overview|recap|tl;?dr)\\b|\\bsummari[sz]e (?:the|this|it|these)\\b|^what is the (?:main idea|gist|main point)`,
    ),
    zh: zh(`总结|概括|概述|归纳|摘要|缩写成?|提炼|(?:主要内容|中心思想|大意|主旨)(?:是什么|。|$)`),
    example: { en: 'Summarize the article in two sentences.', zh: '用一句话总结下面的段落。' },
  },
  {
    type: 'compare',
    en: en(
      `^(?:compare|contrast|differentiate|distinguish)\\b|\\b(?:and|to|then) (?:compare|contrast)\\b|\\b(?:differences?|similarit(?:y|ies)|comparison|distinction) (?:and \\w+ )?between\\b|\\b${MAKE}${GAP} comparison\\b|^(?:what|how) .{0,60}\\bdiffer(?:s|ent from|ences)?\\b|^what(?:['’]s| is| are) the (?:\\w+ )?(?:differences?|similarities)\\b|\\b(?:which|what) (?:\\w+ ){0,3}(?:is|are) better\\b|\\bpros and cons of .{1,60}(?:versus|vs|compared)`,
    ),
    zh: zh(
      '比较|对比|(?:区别|不同点?|差异|差别|异同|相同点|相似之处|不同之处)(?:是|在|。|？|$|有|，|和)|(?:之间的?|有什么|有何|和|与).{0,12}(?:区别|不同|差异|差别|异同)|哪个更|相比(?:有|，|哪)',
    ),
    example: { en: 'Compare cats and dogs as pets.', zh: '比较电动车和燃油车的优缺点。' },
  },
  {
    type: 'code',
    en: en(
      `\\b(?:python|javascript|typescript|java|c\\+\\+|c#|sql|html|css|php|ruby|golang|rust|bash|shell|regex(?:es)?|regular expression|pandas|numpy|react|jquery|mysql|excel formula|json schema|xml)\\b|\\b(?:pseudo-?code|source code|(?:code|coding) (?:snippet|to|that|for|in)|snippet of code|unit tests?|stack trace|segmentation fault|null pointer|exception|compile|refactor|debug)\\b|\\b(?:the|this|following|given|some) (?:\\w+ )?code\\b|\\b${MAKE}${GAP} (?:code|functions?|programs?|scripts?|algorithms?|class|quer(?:y|ies)|app|api|web ?(?:page|site)|data structure|macro|loop)\\b|^(?:implement|design|code|program)\\b.{0,40}\\b(?:functions?|algorithms?|class|database|api|data structure|tree|linked list|stack|queue|website|web page|method)\\b`,
    ),
    zh: zh(
      `python|javascript|java\\b|c\\+\\+|c#|sql|html|css|php|golang|shell|json|正则表达式|代码|函数(?!的(?:零点|导数|值|图像|定义域|极值|极限|积分))|伪代码|编程实现|爬虫|脚本(?!剧)(?:来|以|实现|，|。|$)|${MAKE_ZH}${GAP_ZH}(?:程序|算法|网页|网站|数据库|接口|(?<!分)类)(?:来|以|，|。|$|实现)|(?:实现|调试|运行|编译|重构).{0,20}(?:程序|算法|类|方法)|(?:算法|程序)(?:来|以)(?:计算|实现|求|排序|查找|解决)`,
    ),
    example: {
      en: 'Write a Python function that reverses a string.',
      zh: '用 Python 写一个函数，判断一个数是否为质数。',
    },
  },
  {
    type: 'classify',
    en: en(
      '^(?:\\w+ly )?(?:classify|categori[sz]e|label|tag|match|decide which|indicate the type|organizing .{1,60} into|group|sort (?:.{1,40} )?into|assign|rate|score|judge|grade|rank|divide .{1,60} into)\\b|\\b(?:classify|categori[sz]e) (?:it|them|the|this|these|each|whether|if|as)\\b|\\b(?:determine|decide|identify|detect|tell|predict|check|evaluate|indicate|verify|assess|say|state|specify)(?: me)? (?:if|whether)\\b|\\bis (?:it|this|the (?:following|given|statement|sentence)) .{1,60}\\bor\\b|^(?:identify|determine|detect|analy[sz]e|predict|find|what is|what kind of|what type of|assess|evaluate).{0,30} (?:sentiment|tone|emotion|genre|category|type|mood|part of speech|topic|intent|stance|attitude)\\b|\\b(?:true or false|positive or negative|positive, negative|fact or opinion|sentiment analysis|spam or)\\b|\\boutput (?:0|1)\\b|\\brating (?:from|on|of|between)\\b|\\bon a scale (?:of|from)\\b',
    ),
    zh: zh(
      '分类|归类|归[入为]|分[成为].{1,16}(?:类|组|类别)|(?:判断|确定|检测|评估|识别|分析|预测|指出|说明|辨别|检查|查看|看看).{0,40}(?:是否|是不是|属于|还是|正负|真假|对错|情感|情绪|语气|语调|类型|类别|体裁|词性|立场|意图|主题)|情感分析|(?:属于|是)(?:哪|什么)(?:一)?(?:种|类|个类别|类型)|打(?:上)?(?:标签|分)|评分|匹配|标记[为成]?|分配.{0,20}(?:类型|类别|等级|分数|评分)|到 ?\\d+ ?的(?:等级|评分|分数)|等级评估|对或错|验证|^(?:给|为|对).{0,30}(?:打分|评级|贴标签|排名)|正面还是负面|是.{1,8}(?:句|词|类|种|体)还是|积极还是消极|(?:肯定|真|正确|积极)还是',
    ),
    example: { en: 'Classify the review as positive or negative.', zh: '判断这条评论的情感是正面还是负面。' },
  },
  {
    type: 'extract',
    en: en(
      '^(?:extract|retrieve|parse|detect|return|pick out|pull out|underline|highlight|locate|spot|circle|select|choose|identify all|find all|find (?:and \\w+ )?(?:the|all|any|every) .{1,60}\\b(?:in|from|within) (?:the|this|these|a|each)\\b|(?:identify|find|name|list|determine|count|detect|get|recognize)\\b.{1,80}\\b(?:in|from|within|of) (?:the|this|these|each)(?: \\w+){0,2} (?:following|given|below|sentences?|text|passage|paragraph|article|list|story|poem|document|email|phrase|statement|review|tweet|excerpt|dialog(?:ue)?|conversation|words?)\\b)|\\bextract (?:the|all|any|key|information|data|from)\\b|\\b(?:fill in the blanks?|keywords? (?:from|in|of))\\b|\\bnamed entit|\\bparts? of speech\\b',
    ),
    zh: zh(
      '提取|抽取|摘出|摘取|摘录|摘抄|挑出|选出|筛选出?|圈出|标出|划出|关键词(?:是|有|。|$)|实体识别|命名实体|(?:从|在).{1,30}(?:中|里)(?:找|选|识别|列|确定|指|提|辨|挑|查找|选择)|(?:找出|识别|找到|指出|确定|查找|列出|说出|辨认|标识).{0,8}(?:下列|以下|下面|给定|文本|句子|文章|段落|这段|这句|这篇|故事|诗|列表|课文|文中|句中|对话).{0,20}(?:的|中|里)',
    ),
    example: { en: 'Extract all dates from the text.', zh: '从下面的文字中提取人名和地名。' },
  },
  {
    type: 'calculate',
    en: en(
      "^(?:\\w+ly )?(?:calculate|compute|solve|estimate|count|divide (?:the |this )?(?:number|list|sum|\\d)|evaluate the (?:expression|integral|following (?:expression|equation))|add (?:up )?(?:\\d|the (?:numbers|following numbers))|subtract|multiply|divide \\d|round|simplify the (?:expression|fraction|equation)|factor(?:i[sz]e)?|integrate|estimate the (?:number|cost|total)|convert (?:the )?(?:following )?(?:\\$|£|€)?[\\d,.]+|convert .{0,30}\\b(?:measurement|temperature|binary|decimal|celsius|fahrenheit|kilometers|miles|fraction|currency|hexadecimal|roman numeral|number)|find (?:the |a )?(?:\\w+ )?(?:sum|product|mean|median|average|area|perimeter|volume|value of|square root|slope|probability|derivative|integral|greatest common|least common|gcd|lcm|percentage|length of|distance|nth|largest|smallest|maximum|minimum|next number|circumference|hypotenuse|solution))\\b|\\b(?:calculate|compute) (?:the|how|its|their|your|it)\\b|\\bhow (?:many|much)\\b.{1,100}\\b(?:if|each|per|total|left|altogether|costs?)\\b|\\d.{0,60}\\bwhat (?:is|was) (?:its|the|his|her|their) (?:\\w+ )?(?:speed|cost|price|distance|total|age|length|weight|profit|interest)\\b|\\bwhat(?:['’]s| is) (?:the )?(?:sum|product|square root|average|mean|median|area|perimeter|volume|probability|cube|derivative|remainder|percentage|value of|result of|\\$?[\\d.]+\\s*(?:%|percent|[-+*/x×÷^]))|\\d\\s*(?:[+*/×÷^=]|\\s-\\s)\\s*\\d.{0,20}(?:=|\\?|$)",
    ),
    zh: zh(
      '估算|估计|统计|计算(?!机|语言|平台)|求(?:解|出|值|和|积|导|方程|面积|体积|概率|[a-z\\d])|^求|解(?:以下|下列|下面|这个|这道)?(?:方程|不等式|应用题)|换算|四舍五入|约分|因式分解|化简|(?:将|把)[\\d.]+.{0,20}(?:转换|换算|除以|乘以|加|减)|(?:平均数?|总和|之和|乘积|中位数|面积|周长|体积|平方根|概率|百分比|最大公约数|最小公倍数|众数|标准差|斜率)(?:是多少|等于|为多少|。|？|$)|等于(?:多少|几)|化成|\\d.{0,30}(?:多少|几(?:小时|分钟|天|个|元|米|千米))|[\\d]\\s*(?:[+*/×÷^x]|-(?=\\s|.*[=＝？?]))\\s*[\\d].{0,20}(?:=|＝|等于|？|。|$)|(?:一共|共有|总共|还剩|剩下).{0,10}(?:多少|几)|(?:每|各).{1,30}多少',
    ),
    example: { en: 'Calculate the area of a circle with radius 3.', zh: '计算 25 和 37 的乘积。' },
  },
  {
    type: 'rewrite',
    en: en(
      '^(?:\\w+ly )?(?:re-?write|re-?phrase|reformulate|reframe|reconstruct|restate|shuffle|separate|cross off|emphasi[sz]e|personali[sz]e|spell(?:ing)?[- ]?check|cut|normali[sz]e|re-?order|paraphrase|re-?word|edit|proof-?read|correct|revise|improve (?:the|this) (?:\\w+ )?(?:sentence|text|paragraph|writing|essay|passage)|polish|fix|modify|change|transform|convert|replace|re-?arrange|reorder|re-?organi[sz]e|re-?structure|restate|shorten|expand|simplify|punctuate|capitali[sz]e|delete|remove|insert|add .{1,60} to|combine|merge|join|unscramble|reverse|swap|alter|adapt|make (?:the|this|it|these|a) .{0,80}(?:more|less|shorter|longer|better|concise|formal|correct|simpler)|turn (?:the|this|these|it)|arrange|format|complete|finish|continue|adjust|update|substitute|omit|put (?:the|these|this)|switch|split|reformat|reduce|alphabetize|sort|organi[sz]e(?! an?\\b)|order|take the (?:given|following)|fill)\\b|\\b(?:grammatically correct|correct (?:the|any) (?:\\w+ )?(?:grammar|spelling|errors?|mistakes?)|grammar mistakes|^(?!explain|describe|define|what).*in your own words|active voice|passive voice|past tense|present tense|future tense)\\b|^given .{1,100}, (?:re-?write|edit|change|correct|convert|replace|paraphrase|insert|add)\\b|\\b(?:and|then|to) (?:rewrite|paraphrase|rephrase|edit)\\b',
    ),
    zh: zh(
      '改写|重写|改[成为编正错]|修改|润色|修正|纠正|更正|校对|转述|转换|释义|复述|仿写|续写|扩写|扩展|缩短|简化|精简|替换|换成|重新(?:排列|组织|表述|措辞|写|排序)|排[列序成]|变成|转[成为化]|插入|删除|删去|移除|去掉|去除|添加|合并|组合成|压缩|改变|反转|颠倒|完善|延伸|减少|重组|更换|代替|分隔|拆分|填[写空充入]|补[全充]完?|完成(?:下|以|这|给|句|该|故事|对话|类比|表)|更新|调整|^改进|美化|编辑|使其|(?:使|让)(?:它|句子|其|文章|语句).{0,10}更|病句|语法(?:错误|正确)|把.{1,40}改|加上标点',
    ),
    example: { en: 'Rewrite the sentence in the passive voice.', zh: '改写下面的句子，使其更正式。' },
  },
  {
    type: 'plan',
    en: en(
      `\\b(?:${MAKE}|design|outline|suggest|devise|build|propose|formulate|draw up|describe)${GAP} (?:plans?|schedule|itinerary|timetable|roadmap|strateg(?:y|ies)|agenda|routine|curriculum|budget|checklist|timeline|workflow|proposal|campaign|experiment)\\b|^(?:plan|schedule|organi[sz]e an?|strategi[sz]e|devise|design (?:an? )?(?:\\w+ )?(?:program|course|system|process))\\b`,
    ),
    zh: zh(
      '计划(?!生育)(?:书|表)?(?:。|，|！|$|来|以)|行程|日程|时间表|路线图|方案|规划|攻略|^策划|安排(?:一|我|好|时间)|预算(?:表|。|$)|课程表|作息|待办|备忘清单|(?:制定|提出|设计|想出|创建|开发|构建|建议).{0,30}(?:策略|战略|实验|活动|流程|课程|计划)',
    ),
    example: { en: 'Make a three-day travel plan for Beijing.', zh: '制定一份两周的减肥计划。' },
  },
  {
    type: 'list',
    en: en(
      `^(?:list|name|collect|cite|enumerate|brainstorm|suggest|recommend|propose|think of|itemi[sz]e|come up with (?:\\d|two|three|four|five|six|seven|eight|nine|ten|some|several|a few|ideas|a list|possible|at least|names?|an? (?:name|title|slogan|tagline|list))|(?:what are|tell me|mention|identify|find|state|cite|show me|share|offer|research|outline|explain|describe|provide|give|write|create|generate|produce|make|compile)(?: me| us)? (?:the )?(?:at least |up to |a few |some |any |several )?(?:top )?(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|few|some|several|ideas|ways|examples|tips|synonyms|antonyms|names|titles|suggestions|multiple|various|different)\\b)|\\b${MAKE}${GAP} (?:lists?|ideas?|suggestions?|tips|examples?|recommendations?|names?|titles?|synonyms?|antonyms?|keywords|hashtags|options|advice|questions)\\b|^what are (?:some|the (?:\\w+ )?(?:\\d+|two|three|four|five|ways|benefits|advantages|types|steps|main|best|common|most|key|different|potential|causes|effects|symptoms|disadvantages|components|names|ingredients|elements))\\b|^(?:compile|assemble)\\b`,
    ),
    zh: zh(
      '^(?:请|帮我|给我)?(?:列[出举]?|举[出例]?|说出|推荐|建议|命名|起).{0,14}一(?:个|种|条|项|点|本|部|款|位|名|件|首|家|道|类|些|则|处)|^(?:请|帮我|给我)?(?:列[出举]?|举[出例]?|举例|枚举|说出|推荐|建议|想出|提出|头脑风暴|给出|提供|生成|写出|告诉我|告诉|找出|命名|想|提|介绍|给我|说|给|确定|指出|描述|解释|创建|识别|找到|起).{0,14}(?:(?:[\\d两二三四五六七八九十几多]|一些)+(?:个|种|条|项|点|本|部|款|位|名|件|首|家|道|类|句|大|些|则|处|样)|一些|几|名字|名称|列表|清单|同义词|反义词|标题|近义词|建议)|集思广益|至少(?:列|举|说)|命名|^(?:列出|列举|举例(?!说明)|推荐|说出|枚举|头脑风暴|举[一出])|哪些(?!.{0,6}(?:最|更))|有(?:什么|哪些)(?:方法|好处|建议|办法|推荐|技巧|例子|优点|缺点|建议)|(?:建议|推荐).{0,20}(?:吗|？)|(?:清单|列表|例子|示例|建议|同义词|反义词|名称)(?:。|$|！)|(?:方法|优点|缺点|好处|步骤|特点|原因|方式|因素)(?:有哪些|是哪些)',
    ),
    example: { en: 'List five healthy breakfasts.', zh: '列出五个提高效率的方法。' },
  },
  {
    type: 'explain',
    en: en(
      `^(?:\\w+ly )?(?:explain|describe|define|illustrate|elaborate|clarify|discuss|interpret|analy[sz]e|elucidate|demonstrate|outline|detail|introduce|explore|examine|evaluate|identify|justify|critique|comment on|state|specify|teach me|walk me through|tell me (?:about|how|why|what)|research|review|assess|give me information|talk about|argue|reflect|trace|report|infer|debate|prove|show (?:how|why)|provide (?:information|details|insight|context|evidence)|what does .{1,60} mean|why\\b|how (?:does|do|is|are|can|did|would|should|to|could|was|were|has|have)\\b|what (?:is|are) (?:meant|the (?:meaning|definition|concept|purpose|importance|significance|role|impact|effect|function|reason|process|relationship|implications?|cause|point|benefits?|advantages?)))\\b|\\b${MAKE}${GAP} (?:explanation|descriptions?|definition|analysis|introduction to|reasons?|justification|rationale|tutorial|guide|instructions|interpretation|information)\\b|\\b(?:and|to|,) explain\\b|\\bwhat (?:does|do) .{1,60} mean\\b|\\bwhy (?:is|are|do|does|did|should|was|were|might|would)\\b`,
    ),
    zh: zh(
      `解释|描述|说明|谈谈|聊一?聊|阐[述明释]|定义|介绍|讲解|讲[讲述]|讲一(?!个)|简述|论述|分析|讨论|评[价论估]|探讨|为什么|为何|怎么(?:样|做|办|才|能|会|回事)|如何|什么是|是什么意思|含义|意义|原理|原因是|科普|描写|识别|确定|研究|(?:作用|影响|重要性|目的|功能|关系)(?:是什么|。|？|$)|(?:告诉|说说).{0,6}(?:关于|什么是)|辩论|证明|解读|^形容|报告|指出|评述|阐发|概念`,
    ),
    example: { en: 'Explain how photosynthesis works.', zh: '解释什么是光合作用。' },
  },
  {
    type: 'write',
    en: en(
      `^(?:\\w+ly )?(?:write|compose|create|generate|draft|craft|design|invent|make|produce|construct|build|develop|tell|pen|form|formulate|prepare|imagine|give|provide|come up with|think|put together|draw|paint|use|caption|title|sing|predict|respond|reply|type|submit|post|ask|compile|devise|express|output|recreate|concoct|synthesi[sz]e|envision|advertise|render|suppose|display|present|deliver|start|begin|assemble|convey|offer|welcome|congratulate|greet|introduce|narrate|sketch|add|phrase)\\b|\\b(?:and|then|to|,) (?:write|compose|create|generate|craft|make|come up with|construct)\\b|\\b(?:i need|i want|i['’]d like) (?:an? )?(?:\\w+ ){0,2}(?:description|caption|slogan|poem|story|letter|essay|email|speech|song|article)\\b`,
    ),
    zh: zh(
      '写|创[作建造]|生成|想出|提出|建议|组成|回应|渲染|给我|撰|编[写一个]?|起草|拟|作(?:一)?(?:首|篇|诗)|设计|制作|制定|构[建造思]|产生|造句|造一?个|谱|画|绘|发明|想象|构想|给出|提供|讲(?:一)?个|说(?:一)?个|起(?:一)?个|取(?:一)?个|来(?:一)?(?:首|篇|段|个)|做(?:一)?(?:首|份|个|张)|开发|回复|输出|使用.{1,20}(?:造|组成)|想(?:一)?个|讲.{0,6}(?:故事|笑话)|准备|打造|祝|预测',
    ),
    example: { en: 'Write a poem about autumn.', zh: '写一首关于秋天的诗。' },
  },
  {
    type: 'answer',
    en: en(
      '^(?:what|who|whom|whose|when|where|which|why|how|is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|might|am)\\b|\\?\\s*$|\\?(?:\\s|$)|^(?:answer|name|tell me|find|identify|determine|select|choose|look up|search|locate|state|guess|respond|pick|figure out|give me the)\\b|\\b(?:what|who|when|where|which) (?:is|are|was|were|do|does|did|would)\\b',
    ),
    zh: zh(
      '[?？]|什么|谁|哪|何时|何地|多少|多久|多大|多高|几(?:个|岁|点|月|次)|吗|呢$|是否|能不能|会不会|有没有|怎么|回答|答案|选择|告诉我|说出|找[出到]|查[找询]',
    ),
    example: { en: 'What is the capital of France?', zh: '法国的首都是哪里？' },
  },
];
