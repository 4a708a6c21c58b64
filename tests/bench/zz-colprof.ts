import { readFileSync } from 'node:fs';
import { cheapColumns } from '../../src/lib/columns/index';
import { loadColumns, measureViews } from '../../src/lib/columns/measure';
const zh = process.argv[2] === 'zh';
const rows = JSON.parse(
  readFileSync(
    zh ? '../shared/data/alpaca-zh/carbonz0-part-00.json' : '../shared/data/alpaca/alpaca_data.json',
    'utf8',
  ),
);
const views = rows
  .map((r: any) => {
    const prompt = r.input ? r.instruction + '\n' + r.input : r.instruction;
    return {
      prompt,
      response: r.output,
      system: '',
      turns: [
        { role: 'user', name: 'u', text: prompt },
        { role: 'assistant', name: 'a', text: r.output },
      ],
      label: null,
      source: null,
      annotator: null,
      time: null,
      id: null,
    };
  })
  .filter((v: any) => {
    const b = Buffer.byteLength(v.prompt + v.response);
    return b > 360 && b < 540;
  })
  .slice(0, 2000);
await loadColumns();
const ids = cheapColumns.map((c) => c.id);
for (let i = 0; i < 3; i++) measureViews(views, ids);
const c = process.cpuUsage();
const t = performance.now();
for (let i = 0; i < 10; i++) measureViews(views, ids);
console.log(
  zh ? 'zh' : 'en',
  'cpu',
  process.cpuUsage(c).user / views.length / 10,
  'wall',
  ((performance.now() - t) * 100) / views.length,
  'us/record',
);
if (process.argv[3]) {
  const time = (l: string[]) => {
    let best = 1e9;
    for (let k = 0; k < 7; k++) {
      const s = process.cpuUsage();
      measureViews(views, l);
      best = Math.min(best, process.cpuUsage(s).user);
    }
    return best / views.length;
  };
  const full = time(ids);
  const out = ids
    .map((id) => [id, full - time(ids.filter((x) => x !== id))] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 22);
  console.log('full', full.toFixed(1));
  for (const [i, v] of out) console.log(i.padEnd(24), v.toFixed(2));
}
