/** Whether WebGPU may be used for a model: the same texts on both devices, right first, then fast. */
import type { Dtype } from '$lib/embedding/models';

/** What both devices embed: Chinese and English, short and long, as instruction data has them. */
export const PROBE_TEXTS: readonly string[] = [
  '信用卡丢了怎么办？',
  '请把下面这段话翻译成英文，并保持原来的语气：我们会在三个工作日内把款项退回到您的账户，请您耐心等待。',
  '帮我写一个 Python 函数，读取一个 CSV 文件，按日期排序后返回最近三十天的记录，并且说明每一步在做什么。',
  '北京今天的天气适合去爬山吗',
  'How do I activate my new card?',
  'Summarise the following paragraph in two sentences: the committee met on Tuesday to discuss the budget, agreed on most of the items, and postponed the question of staff until the figures of the last quarter are known.',
  'Write a SQL query that returns the ten customers with the highest total of orders in the last year.',
  'translate to Chinese: thank you for your patience',
];

/**
 * Cosine that every probe text must reach between the devices. Full and half precision differ in rounding only (measured at least
 * 0.999999 at fp32). Integer weights are multiplied with activations that each device rounds in its own way, and 1e-3 is what
 * a vector moves by its batch alone: 0.99 lets that pass and still is far above what a wrong kernel gives.
 */
export function tolerance(dtype: Dtype): number {
  return dtype === 'fp32' || dtype === 'fp16' ? 0.999 : 0.99;
}

/** Least cosine of the rows of two tables of vectors; 0 where a row is no vector (zeros, NaN). */
export function leastCosine(a: Float32Array, b: Float32Array, dim: number): number {
  let least = 1;
  for (let at = 0; at < a.length; at += dim) {
    let dot = 0;
    let left = 0;
    let right = 0;
    for (let d = at; d < at + dim; d++) {
      dot += a[d] * b[d];
      left += a[d] * a[d];
      right += b[d] * b[d];
    }
    const cosine = dot / Math.sqrt(left * right);
    least = Math.min(least, Number.isFinite(cosine) ? cosine : 0);
  }
  return least;
}
