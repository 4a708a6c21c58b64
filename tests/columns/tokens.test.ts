import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { O200K_TOKEN_SPLIT_REGEX } from 'gpt-tokenizer/encodingParams/constants';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadColumns, measureView } from '$lib/columns/measure';
import { PairCounter } from '$lib/columns/byte-pairs';
import { countTokens, estimateTokens, loadTokenizer, loadTokens, loadVocabulary } from '$lib/columns/tokens';
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

  it('are as many as gpt-tokenizer and tiktoken find, whatever the text', async () => {
    const { countTokens: reference } = await import('gpt-tokenizer/encoding/o200k_base');
    const none = { disallowedSpecial: new Set<string>() };
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出'),
        maxLength: 60,
      }),
      fc.constantFrom(
        '\ud800',
        " don't",
        "I'LL",
        '\r\n\n',
        '   ',
        '12345',
        'ÄÖÜ',
        '🤖👩‍👩‍👧',
        '<|im_start|>',
        '．。、',
        'مرحبا',
        'नमस्ते',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        fc.pre(!text.includes('<|endof'));
        expect(countTokens(text)).toBe(reference(text, none));
      }),
      { numRuns: 1500, seed: 1 },
    );
    const han = '信用卡账单逾期以后应该怎么办理分期还款业务'.repeat(20);
    expect(countTokens(han)).toBe(reference(han, none));
  });

  it('take time in proportion to a text without spaces', () => {
    // One look at all pairs for every join would take a million million steps here, and no end of this test.
    const text = Array.from({ length: 400_000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20_000))).join(
      '',
    );
    expect(countTokens(text)).toBeGreaterThan(400_000);
  });

  it('are the same from memory that threads share', async () => {
    const vocabulary = await loadVocabulary(true);
    expect(vocabulary.slots.buffer).toBeInstanceOf(SharedArrayBuffer);
    const text = 'Shared 共享的内存 — memory';
    expect(new PairCounter(vocabulary, O200K_TOKEN_SPLIT_REGEX).count(text)).toBe(countTokens(text));
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
