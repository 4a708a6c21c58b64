/**
 * Paraphrases told from others by the cosine of their vectors: area under the ROC curve of the real models of ../shared in Node
 * against the figures of ../shared/models/README.md (within 0.01), the built-in vectors beside them; texts/s of each.
 */
import path from 'node:path';
import { findModel, openRunner } from '../../cli/transformers';
import { termRows } from '../../src/lib/embedding/features';
import { fitLsa, LSA_DEFAULTS, project } from '../../src/lib/embedding/lsa';
import { embedTexts } from '../../src/lib/embedding/runner';
import { loadSegmenter } from '../../src/lib/text/segment';
import { areaUnderCurve, pairCosines, pairsOf, PAIR_SETS, type Pairs, type PairSet } from '../embedding/pairs';
import { shared } from '../shared';

const MODELS = [
  { folder: 'all-MiniLM-L6-v2', dtype: 'fp32', wanted: { BQ: 0.641, LCQMC: 0.661, MSR: 0.734 } },
  { folder: 'all-MiniLM-L6-v2', dtype: 'q8', wanted: { BQ: 0.636, LCQMC: 0.659, MSR: 0.727 } },
  { folder: 'multilingual-e5-small-zh-en', dtype: 'q8', wanted: { BQ: 0.776, LCQMC: 0.897, MSR: 0.778 } },
] as const;
const WITHIN = 0.01;

async function main(): Promise<void> {
  const sets = new Map<PairSet, Pairs>();
  for (const set of PAIR_SETS) {
    const pairs = pairsOf(set);
    if (pairs === null) return;
    sets.set(set, pairs);
  }
  let failed = false;
  await loadSegmenter();
  for (const dim of [LSA_DEFAULTS.dim, 256])
    for (const [set, { texts, same }] of sets) {
      const began = performance.now();
      const rows = termRows(texts);
      const keys = BigUint64Array.from(texts, (_, i) => BigInt(i) * 0x9e3779b97f4a7c15n);
      const { values } = project(fitLsa(rows, keys, { ...LSA_DEFAULTS, dim }), rows);
      line(`tfidf ${dim}`, set, areaUnderCurve(pairCosines(values, dim), same), began, texts.length);
    }
  for (const { folder, dtype, wanted } of MODELS) {
    const model = shared(path.join('models', folder));
    if (model === null) continue;
    const runner = await openRunner(await findModel(model, dtype, false), { device: 'cpu', download: false });
    for (const [set, { texts, same }] of sets) {
      const began = performance.now();
      const values = await embedTexts(runner, texts);
      const area = areaUnderCurve(pairCosines(values, runner.spec.dim), same);
      const off = Math.abs(area - wanted[set]) > WITHIN;
      failed ||= off;
      line(`${folder} ${dtype}`, set, area, began, texts.length, `wanted ${wanted[set]}${off ? '  NOT REACHED' : ''}`);
    }
    await runner.dispose();
  }
  if (failed) process.exitCode = 1;
}

function line(model: string, set: string, area: number, began: number, texts: number, note = ''): void {
  const pace = texts / ((performance.now() - began) / 1000);
  console.log(
    `${model.padEnd(34)} ${set.padEnd(6)} ${area.toFixed(4)}  ${pace.toFixed(0).padStart(6)} texts/s  ${note}`,
  );
}

void main();
