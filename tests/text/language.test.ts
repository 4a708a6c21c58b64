import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { detectLanguage, LANGUAGES, loadLanguages } from '$lib/text/language';
import { loadSegmenter } from '$lib/text/segment';
import { Text } from '$lib/text/text';
import { shared } from '../shared';

beforeAll(async () => {
  await loadLanguages();
  await loadSegmenter();
});

const languageOf = (value: string) => {
  const found = detectLanguage(new Text(value));
  return found ? LANGUAGES[found.code] : null;
};

describe('languages', () => {
  it('are told by script, by words, by n-grams', () => {
    expect(languageOf('怎样查询我的信用卡账单？')).toBe('zh');
    expect(languageOf('用 Python 写一个 quick sort 函数')).toBe('zh');
    expect(languageOf('これは日本語の文章です。')).toBe('ja');
    expect(languageOf('이것은 한국어 문장입니다.')).toBe('ko');
    expect(languageOf('Это предложение написано по-русски.')).toBe('ru');
    expect(languageOf('هذه جملة مكتوبة باللغة العربية.')).toBe('ar');
    expect(languageOf('What is the capital of France?')).toBe('en');
    expect(languageOf('¿Cuál es la capital de Francia y dónde está?')).toBe('es');
    expect(languageOf('No me gusta ir a la playa cuando hace calor')).toBe('es');
    expect(languageOf('Was ist die Hauptstadt von Frankreich und wo liegt sie?')).toBe('de');
    expect(languageOf('Quelle est la capitale de la France et où se trouve-t-elle ?')).toBe('fr');
    expect(languageOf('Paris')).toBe('en');
    expect(languageOf('123 !!!')).toBeNull();
    expect(languageOf('')).toBeNull();
  });

  it('are not guessed from names, formulas and code', () => {
    expect(languageOf('1. Soccer\n2. Badminton\n3. Kabaddi\n4. Squash')).toBe('en');
    expect(languageOf('Nigeria, Kenya, Ghana, Benin, and Togo.')).toBe('en');
    expect(languageOf('dy/dx = 4x^3 + 2x, x > 0')).toBe('en');
    expect(languageOf('let list = [4, 8, 15, 16, 23, 42];')).toBe('en');
    expect(languageOf('T-R-E-M-O-L-O')).toBe('en');
    expect(languageOf('Generate a random motto.')).toBe('en');
    expect(languageOf('现任总监是 Jonathan Whitfield Montgomery，常驻 San Francisco。')).toBe('zh');
    expect(languageOf('https://www.example.org/com/para')).toBe('en');
    // Accented names without a sentence round them: nobody can tell.
    expect(languageOf('Żółć Łódź')).not.toBe('en');
  });

  it('are Chinese where Chinese quotes Japanese, or ends on a face', () => {
    expect(languageOf('谁知道日语フルモード是什么意思')).toBe('zh');
    expect(languageOf('日本语ない是什么意思')).toBe('zh');
    expect(languageOf('たんぽぽ翻译成中文什么意思')).toBe('zh');
    expect(languageOf('请把几乎去掉，我整部电影就没看到过我女神ヽ(ー_ー)ノ')).toBe('zh');
    expect(languageOf('我也是贵州的 加油_(:зゝ∠)_')).toBe('zh');
    expect(languageOf('好(?▽?)好ヾ ^_^?好ヾ ^_^?好ヾ ^_^?')).toBe('zh');
    expect(languageOf('東京都の人口は何人ですか？')).toBe('ja');
    expect(languageOf('洋食・カフェ ステーキ・オムライス')).toBe('ja');
    expect(languageOf('中国語の「什么」は何と言う意味ですか。教えてください。')).toBe('ja');
    expect(languageOf('ありがとう')).toBe('ja');
  });

  it('are told by function words where a text is short', () => {
    expect(languageOf('Je ne sais pas où est la gare')).toBe('fr');
    expect(languageOf('Me gusta mucho leer por la noche')).toBe('es');
    expect(languageOf('Das Haus ist klein')).toBe('de');
    expect(languageOf('Il mio cane è nero')).toBe('it');
    expect(languageOf('Jag har en bok')).toBe('sv');
  });

  const sets: [path: string, language: string, floor: number][] = [
    ['data/alpaca/alpaca_data.json', 'en', 0.99],
    ['data/alpaca-zh/carbonz0-part-00.json', 'zh', 0.99],
  ];
  for (const [path, language, floor] of sets) {
    const file = shared(path);
    it.skipIf(!file)(`instructions of ${path} are ${language}`, () => {
      const rows: { instruction: string }[] = JSON.parse(readFileSync(file!, 'utf8'));
      let right = 0;
      let all = 0;
      for (const { instruction } of rows.slice(0, 5000)) {
        const found = languageOf(instruction);
        if (!found) continue;
        all++;
        if (found === language) right++;
      }
      console.log(path, (right / all).toFixed(4));
      expect(right / all).toBeGreaterThanOrEqual(floor);
    });
  }
});
