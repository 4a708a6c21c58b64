import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadColumns, measureView } from '$lib/columns/measure';
import { viewOf } from './make';

interface Row {
  text: string;
  values: Record<string, number>;
}
/** Made by tests/fixtures/columns/reference.py from the definitions of Data-Juicer, datatrove, NeMo Curator and lexicalrichness. */
const rows: Row[] = JSON.parse(readFileSync(new URL('../fixtures/columns/reference.json', import.meta.url), 'utf8'));

beforeAll(() => loadColumns());

describe('columns against their sources written again in Python', () => {
  for (const { text, values } of rows)
    it(JSON.stringify(text.slice(0, 40)), () => {
      const ids = Object.keys(values);
      const measured = measureView(viewOf('', text), ids);
      ids.forEach((id, i) => expect.soft(measured[i], id).toBeCloseTo(values[id], 10));
    });
});
