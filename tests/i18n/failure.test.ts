import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineFailure } from '$lib/engine/messages';
import { connect, serve } from '$lib/engine/rpc';
import { rejection, unreadable } from '$lib/formats/messages';
import { hasMessage, messages, type Lang } from '$lib/i18n';
import { failureText, problemText, rejectionText } from '$lib/i18n/failure';
import { phrase } from '$lib/i18n/phrase';
import { problemFailure } from '$lib/notebook/text';
import { parseRecipe } from '$lib/recipe/parse';
import { applyMap, parseMap } from '$lib/record/mapping';
import type { Mapping } from '$lib/record/types';

const lib = new URL('../../src/lib/', import.meta.url).pathname;
function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(join(lib, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(lib, folder, name), 'utf8') }));
}
const both = (key: string) =>
  (['en', 'zh'] as Lang[]).filter((lang) => !hasMessage(lang, key)).map((l) => `${l} ${key}`);
const latin = (text: string) => text.match(/[a-z]{3,}/gi) ?? [];

describe('what is thrown', () => {
  const all = ['formats', 'columns', 'health', 'engine', 'recipe', 'record'].flatMap(sources);
  it('has a text in both languages: every key', () => {
    const keys = all.flatMap(({ text }) =>
      [...text.matchAll(/'((?:formats|columns|engine|map|recipe\.run)\.[a-z0-9-]+)'/g)].map(([, key]) => key),
    );
    expect(new Set(keys).size).toBeGreaterThan(70);
    expect(keys.flatMap(both)).toEqual([]);
  });
  it('has a text in both languages: every code of a recipe’s problems', () => {
    const codes = all
      .filter(({ path }) => path.startsWith('recipe/'))
      .flatMap(({ text }) =>
        [...text.matchAll(/\bcode: '([a-z-]+)'|problem\([^']*'([a-z-]+)'/g)].map((m) => m[1] ?? m[2]),
      );
    expect(new Set(codes).size).toBeGreaterThan(25);
    expect(codes.flatMap((code) => both(`recipe.problem.${code}`))).toEqual([]);
  });
  it('has a text in both languages: every code of the YAML parser', () => {
    const types = readFileSync(new URL('../../node_modules/yaml/dist/errors.d.ts', import.meta.url), 'utf8');
    const codes = [
      ...types
        .split('\n')
        .find((line) => line.includes('ErrorCode ='))!
        .matchAll(/'([A-Z0-9_]+)'/g),
    ];
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.flatMap(([, code]) => both(`recipe.yaml.${code}`))).toEqual([]);
  });
  it('has a text in both languages: what Arrow and Parquet files may be refused for', () => {
    const reasons = all.flatMap(({ text }) =>
      [...text.matchAll(/BadBuffer\(['`]([^'`]+)['`]\)/g)].map(([, reason]) => reason),
    );
    expect(reasons.length).toBeGreaterThan(10);
    const shown = reasons.map((reason) => phrase('zh', reason.replace(/\$\{[^}]+\}/g, '7')));
    expect(shown.flatMap(latin)).toEqual([]);
  });
  it('is never a bare sentence, but for slips of the program itself', () => {
    const bare = all.flatMap(({ path, text }) =>
      [...text.matchAll(/throw new (?:Range|Type)?Error\(\s*(['`][^'`]*)/g)].map(
        ([, message]) => `${path}: ${message.slice(1, 40)}`,
      ),
    );
    expect(bare.sort()).toEqual([
      'columns/histogram.ts: ${bins} bins are more than one byte hol',
      'columns/tokens.ts: No tokenizer is loaded: call loadColumn',
      'engine/charts.ts: The charts were not prepared.',
      'engine/drag-target.ts: step ${at} compares no records',
      'engine/linked.ts: A linked view has at most 254 bins, not',
      'engine/map.ts: ${lengthOf(colour)} colours were given ',
      'engine/packing.ts: ${part} cannot be kept',
      'engine/packing.ts: a ${name} cannot be kept',
      'engine/rpc.ts: The worker knows no method ${method}.',
      'health/compact.ts: expected values from place ${length}, g',
      'recipe/category.ts: call loadCategories before ${by} is mea',
      'recipe/collect.ts: expected a batch from place ${rows}, go',
      'recipe/measured.ts: expected ${this.rows} values, got ${val',
    ]);
  });
});

describe('a failure in words', () => {
  it('is complete in Chinese, its reason too', () => {
    const first = rejection({ file: 0, line: 3, offset: 40 }, 'syntax', 'formats.line-ends-in', { field: 'a' });
    const error = unreadable('syntax', 'formats.nothing-readable', { line: 3, reason: first.reason }, 40, 3);
    error.cause = first;
    expect(failureText('zh', error)).toBe('文件中没有可读取的内容。第 3 行：“a”的值未完，该行已结束。');
    expect(failureText('en', error)).toBe(error.message);
    expect(failureText('zh', unreadable('shape', 'formats.unknown-binary', { kind: 'binary' }))).toBe(
      '无法读取此格式（二进制）。请另存为 JSONL、JSON、CSV、Parquet 或 Arrow。',
    );
    expect(
      failureText('zh', unreadable('value', 'formats.bad-parquet', { reason: '3 of its 9 rows are missing' })),
    ).toBe('无法读取该 Parquet 文件：9 行中缺少 3 行。');
  });
  it('says where in a record the fault is', () => {
    const at = { file: 0, line: 3, offset: 40 };
    const far = rejection(at, 'syntax', 'formats.bad-literal', {}, { line: 5, offset: 66 });
    expect(rejectionText('en', far)).toContain('(at line 5, byte 66)');
    expect(rejectionText('zh', far)).toMatch(/（位于第 5 行，字节 66）$/);
    const near = rejection(at, 'syntax', 'formats.bad-literal', {}, { line: 3, offset: 66 });
    expect(rejectionText('zh', near)).toMatch(/（位于字节 66）$/);
    expect(rejectionText('en', rejection(at, 'shape', 'formats.bad-literal', {}, at))).not.toContain('at byte');
  });
  it('quotes a library only where it must', () => {
    expect(failureText('zh', unreadable('value', 'formats.bad-parquet', { reason: 'EOF: no magic' }))).toBe(
      '无法读取该 Parquet 文件：读取库的原话是“EOF: no magic”。',
    );
  });
  it('knows what browsers call their errors', () => {
    const gone = Object.assign(new Error('A requested file …'), { name: 'NotFoundError' });
    expect(failureText('zh', gone)).toContain('移动或删除');
    expect(failureText('zh', new TypeError('Failed to fetch'))).toContain('服务器没有应答');
    expect(failureText('zh', new RangeError('Array buffer allocation failed'))).toContain('内存不足');
    expect(failureText('zh', new Error('odd'))).toContain('odd');
  });
  it('names field and role of a mapping', () => {
    const detected = { prompt: ['q'], label: [], scores: [], layout: 'fields' } as unknown as Mapping;
    const thrown = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        return failureText('zh', error as Error);
      }
    };
    expect(thrown(() => applyMap(detected, { response: 'x' }, ['q', 'a']))).toBe(
      '映射：response 用到字段“x”，但数据里没有。现有字段：q, a。',
    );
    expect(thrown(() => parseMap('promt=q'))).toContain('没有“promt”这个角色');
  });
  it('gives a recipe’s line, with the parser’s words translated', () => {
    const zh = (text: string) => failureText('zh', problemFailure(parseRecipe(text).problems[0]));
    expect(zh('siftbook: 1\nsteps:\n  - cut: {column: a')).toBe('配方第 3 行：缩进不对，或前面有括号没有闭合。');
    expect(zh('siftbook: 1\nsteps: 3')).toBe('配方第 2 行：这里应为列表，却是数字。');
    expect(zh('siftbook: 1\nstep: []')).toContain('是不是“steps”？');
    expect(problemText('en', parseRecipe('siftbook: 1\nsteps: 3').problems[0])).toBe('Expected array, found number.');
  });
  it('says every refusal of a record in Chinese', () => {
    for (const key of Object.keys(messages.zh).filter((key) => key.startsWith('formats.')))
      expect(rejectionText('zh', { key, reason: 'english', params: {} })).toBe(messages.zh[key]);
  });
});

it('a failure crosses from worker to page with key, values and cause', async () => {
  const { port1, port2 } = new MessageChannel();
  interface Api {
    status(): Promise<void>;
    unread(): Promise<void>;
  }
  const error = unreadable('syntax', 'formats.nothing-readable', { line: 1, reason: 'r' });
  error.cause = rejection({ file: 0, line: 1, offset: 0 }, 'syntax', 'formats.bad-escape-in', { field: 'b' });
  serve<Api>(port1, {
    status: () => Promise.reject(engineFailure('engine.status', { url: '/a.json', status: '404' })),
    unread: () => Promise.reject(error),
  });
  const { api, close } = connect<Api>(port2);
  const said = (call: Promise<void>) => call.catch((thrown: Error) => failureText('zh', thrown));
  expect(await said(api.status())).toBe('无法获取 /a.json（状态码 404）。');
  expect(await said(api.unread())).toBe('文件中没有可读取的内容。第 1 行：“b”的字符串中，反斜杠之后是未知的转义。');
  close();
  port1.close();
  port2.close();
});
