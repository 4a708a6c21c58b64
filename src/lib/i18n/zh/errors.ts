import type { columnTexts } from '$lib/columns/messages';
import type { vectorTexts } from '$lib/embedding/messages';
import type { modelTexts } from '$lib/embedding/models/messages';
import type { embeddingTexts } from '$lib/engine/embedding/messages';
import type { engineTexts } from '$lib/engine/messages';
import type { runTexts } from '$lib/recipe/messages';
import type { mapTexts } from '$lib/record/messages';
import type english from '../en/errors';

export default {
  'map.one-field': '映射：{key} 只能对应一个字段，这里有 {count} 个（{names}）。',
  'map.unknown-role': '映射：没有“{key}”这个角色，可用：{known}。',
  'map.not-a-pair': '映射：“{text}”不是“角色=字段”的写法（例如 prompt=instruction+input）。',
  'map.not-a-name': '映射：{key} 应为一个字段名或字段名的列表，不能是 {value}。',
  'map.no-field': '映射：{key} 用到字段“{name}”，但数据里没有。现有字段：{fields}。',
  'engine.other-origin': '{origin} 是另一个站点，本页不会向它发送请求。请先把文件下载下来，再从这里打开。',
  'engine.status': '无法获取 {url}（状态码 {status}）。',
  'engine.unreachable': '无法获取 {url}：服务器没有应答。',
  'engine.nothing-stored': '浏览器里没有保存过数据。',
  'engine.nothing-given': '没有要打开的文件。',
  'engine.not-open': '还没有打开数据。',
  'engine.no-records': '文件中没有记录。',
  'engine.still-reading': '全部读完之后才能修改字段映射。',
  'engine.unfinished-export': '还有记录没有读完或测完。请等它完成，或重新打开数据，然后再导出。',
  'columns.unknown': '没有“{id}”这一列。',
  'columns.of-the-whole': '“{id}”这一列不是逐条测量的。',
  'engine.not-measured': '“{id}”这一列还没有测量。',
  'engine.no-histogram': '“{id}”没有可以拖动的直方图。',
  'engine.no-category': '没有“{by}”这个类别。',
  'engine.no-phrase-model': '短语须由生成这些向量的模型来比较：请先在“簇”单元里选择 {model}，再搜索。',
  'engine.no-vectors': '还没有向量：请先绘制地图。',
  'engine.other-model': '配方要用 {model} 的向量：请选择这个模型，或在配方里改用别的嵌入。',
  'engine.no-place': '没有第 {place} 条记录。',
  'engine.worker-died': '一个后台线程停止了：{message}',
  'engine.not-started': '引擎无法启动：{message}',
  'engine.embed-not-here': '本机还没有模型 {model}。请先下载，或把它的文件夹拖到页面上。',
  'engine.embed-not-kept': '并非每条文本都留有模型 {model} 的向量。请先计算。',
  'engine.embed-host': '模型要从 {host} 下载，这不是模型仓库的地址，已拒绝。',
  'engine.embed-status': '无法下载 {file}（状态码 {status}）。模型的名称是否正确？',
  'engine.embed-unreachable': '无法下载 {file}：没有应答。没有网络时，可以把模型的文件夹拖到页面上。',
  'engine.embed-not-loaded': '还没有载入模型。',
  'engine.embed-died': '模型在每种设备上都停止了。最后一次的原话是“{message}”。',
  'embedding.no-config': '{folder} 里没有 config.json。请选择模型的文件夹（内有 config.json、tokenizer.json、onnx/）。',
  'embedding.many-models': '{folder} 里有多个模型：{names}。请选择其中一个的文件夹。',
  'embedding.no-tokenizer': '{folder} 里没有 tokenizer.json，没有它就无法读取文本。',
  'embedding.no-weights':
    '{folder} 里没有 onnx/model*.onnx。请选择已导出为 ONNX 的模型，例如 Xenova 或 onnx-community 发布的。',
  'embedding.no-dtype':
    '{folder} 里没有 onnx/{file}，而之前是用 {dtype} 开始计算的。请选择带有它的文件夹，或用 {has} 重新计算。',
  'embedding.bad-json': '{folder} 中的 {file} 不是有效的 JSON，请重新下载。',
  'embedding.no-dimension': '{folder} 的 config.json 没有写明向量的长度（hidden_size）。请重新下载，或换一个模型。',
  'embedding.pooling-unknown': '{folder} 用 {pooling} 的方式取向量；这里只支持取各词元的平均或第一个词元。',
  'recipe.run.same-name': '有两项导出都要写入 {name}。请在配方里给其中一项另写一个 dir。',
  'recipe.run.not-measured': '{name} 还没有测量。',
  'recipe.run.no-phrase': '字段“{field}”里的向量无法与短语比较：这里不知道它们出自哪个模型。',
  'recipe.run.no-other': '配方要与 {name} 比较，而这个文件没有打开：请在“重复”单元里选择它，或去掉需要它的步骤。',
  'recipe.run.no-vectors': '没有模型 {model} 的向量：请先计算嵌入，或改用 tfidf。',
  'vectors.not-a-list': '第 {line} 行：“{field}”不是数字列表。请选择每条记录都是列表（如 [0.1, -0.2]）的字段。',
  'vectors.not-a-number':
    '第 {line} 行：“{field}”的第 {at} 个数不是有限的数字。请把这条记录的列表留空，或重新生成它的向量。',
  'vectors.other-length':
    '第 {line} 行：“{field}”有 {length} 个数，而前面的记录有 {dim} 个。所有向量必须出自同一个模型。',
  'vectors.none': '“{field}”里没有任何向量。',
  'vectors.no-column': '文件里没有向量列（数字列表）。现有的列：{columns}。',
  'vectors.no-keys': '文件里没有文本列“key”，无法知道向量属于哪条记录。现有的列：{columns}。',
  'error.not-opened': '无法打开 {name}。{message}',
  'error.recipe-line': '配方第 {line} 行：{message}',
  'error.unexpected': '出了意外的错误，原文是“{message}”',
  'error.browser.NotReadableError': '浏览器无法读取该文件：它可能已被修改、移动或删除。',
  'error.browser.NotFoundError': '文件已不在原处：它可能已被移动或删除。',
  'error.browser.NotAllowedError': '浏览器没有允许这个操作。请在网页设置里允许后再试。',
  'error.browser.NoModificationAllowedError': '文件正被占用，无法写入。',
  'error.browser.QuotaExceededError': '没有剩余空间可写。请腾出空间后再试。',
  'error.browser.SecurityError': '浏览器不允许本页这样做。',
  'error.browser.memory': '内存不足。请关闭其他标签页，或只打开一部分数据。',
  'error.browser.network': '服务器没有应答。它还在运行吗？',
  'error.zip-too-large': '文件太大，无法放进一个压缩包（上限 4 GB）。请逐个保存。',
  'phrase.original': '读取库的原话是“{text}”',
  'phrase.or': '{a}或{b}',
  'phrase.object': '对象',
  'phrase.array': '列表',
  'phrase.list': '列表',
  'phrase.string': '文本',
  'phrase.number': '数字',
  'phrase.integer': '整数',
  'phrase.boolean': 'true 或 false',
  'phrase.null': '空值',
  'phrase.nothing': '空的',
  'phrase.binary': '二进制',
  'phrase.unknown': '原因不明',
  'phrase.script': '脚本加载失败',
  'phrase.damaged': '其中的数据已损坏',
  'phrase.rows-missing': '{of} 行中缺少 {n} 行',
  'phrase.column-short': '{name} 列长度不足',
  'phrase.footer-batches': '文件尾列出的批次超出文件所能容纳',
  'phrase.footer-no-batch': '文件尾指向的位置不是批次',
  'phrase.footer-outside': '文件尾指向文件之外',
  'phrase.too-many-rows': '批次声称的行数过多',
  'phrase.bitmap-short': '空值位图长度不足',
  'phrase.values-short': '数值缓冲区长度不足',
  'phrase.offsets-outside': '偏移量指向数据之外',
  'phrase.view-outside': '视图指向数据之外',
  'phrase.list-short': '列表长度不足',
  'phrase.struct-short': '结构长度不足',
  'phrase.column-type': '不支持 {type} 类型的列',
  'phrase.index-outside': '索引指向字典之外',
  'phrase.union-outside': '联合类型指向子列之外',
  'phrase.gzip-invalid': '压缩数据无效（原话：{what}）',
  'phrase.gzip-header': '压缩文件头不正确',
  'phrase.gzip-truncated': '压缩数据被截断',
  'phrase.gzip-ends': '压缩数据提前结束',
  'phrase.gzip-junk': '压缩数据之后还有多余内容',
} satisfies Record<
  | keyof typeof english
  | keyof typeof engineTexts
  | keyof typeof modelTexts
  | keyof typeof vectorTexts
  | keyof typeof embeddingTexts
  | keyof typeof runTexts
  | keyof typeof mapTexts
  | keyof typeof columnTexts,
  string
>;
