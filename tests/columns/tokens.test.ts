import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadColumns, measureView } from '$lib/columns/measure';
import { countTokens, estimateTokens, loadTokenizer, loadTokens } from '$lib/columns/tokens';
import { shared } from '../shared';
import { viewOf } from './make';

beforeAll(() => loadColumns({ tokens: true }));

describe('tokens', () => {
  it('are those of o200k_base', () => {
    // tiktoken: o200k_base.encode("Hello, world!") = [13225, 11, 2375, 0]
    expect(countTokens('Hello, world!')).toBe(4);
    expect(countTokens('')).toBe(0);
    expect(
      measureView(viewOf('Hello, world!', 'Hello, world!', 'Hello, world!'), [
        'prompt_tokens',
        'response_tokens',
        'total_tokens',
      ]),
    ).toEqual([4, 4, 12]);
    expect(measureView(viewOf('Hello, world!'), ['response_tokens'])).toEqual([NaN]);
  });

  it('never throw on special tokens, and count one as one', () => {
    expect(countTokens('<|endoftext|>')).toBe(1);
    expect(countTokens('a<|endoftext|>b')).toBe(3);
    expect(countTokens('<|im_start|>\ud800<|fim_prefix|>')).toBeGreaterThan(0);
  });

  const file = shared('data/alpaca/alpaca_data.json');
  const zh = shared('data/alpaca-zh/carbonz0-part-00.json');
  it.skipIf(!file || !zh)('are estimated within a tenth on whole sets', () => {
    for (const path of [file!, zh!]) {
      const texts = (JSON.parse(readFileSync(path, 'utf8')) as { output: string }[])
        .slice(0, 1500)
        .map((row) => row.output);
      const real = texts.reduce((n, text) => n + countTokens(text), 0);
      const guess = texts.reduce((n, text) => n + estimateTokens(text), 0);
      console.log(path.split('/').at(-1), 'estimate / tokens', (guess / real).toFixed(3));
      expect(guess / real).toBeGreaterThan(0.9);
      expect(guess / real).toBeLessThan(1.1);
    }
  });

  const model = shared('models/all-MiniLM-L6-v2/tokenizer.json');
  it.skipIf(!model)('of another tokenizer.json, and back', async () => {
    const config = shared('models/all-MiniLM-L6-v2/tokenizer_config.json');
    await loadTokenizer(
      JSON.parse(readFileSync(model!, 'utf8')),
      config ? JSON.parse(readFileSync(config, 'utf8')) : {},
    );
    // WordPiece: hello , world !
    expect(countTokens('Hello, world!')).toBe(4);
    expect(countTokens('unaffable')).toBeGreaterThan(1);
    await loadTokenizer(null);
    await loadTokens();
    expect(countTokens('<|endoftext|>')).toBe(1);
  });
});
