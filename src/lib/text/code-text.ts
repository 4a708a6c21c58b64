import type { Text } from './text';

/** Lines of programs and queries. */
const CODE_LINES =
  /^[ \t]*(?:def \w+\s*\(|class \w+\s*[(:{]|import [\w.{*]|from [\w.]+ import |#include\s*[<"]|#!\/|public |private |static |function\s*\w*\s*\(|(?:const|let|var) \w+\s*=|if\s*\(.*\)\s*\{|for\s*\(.*;|while\s*\(|return [\w("'[{-]|print\(|console\.log|System\.out|<\?php|SELECT\b.*\bFROM\b|INSERT INTO |UPDATE \w+ SET|CREATE TABLE|\w+\s*=\s*\w+\(.*\)\s*;?$|\}\s*$)/im;

/** True where a text holds program text: a fence, or a line that no prose has. */
export function mentionsCode(text: Text): boolean {
  if (text.countOf(96) >= 3 && text.value.includes('```')) return true;
  // Every such line has a bracket, an equals sign, an angle or an SQL keyword in capitals.
  if (!(text.countOf(40) || text.countOf(61) || text.countOf(123) || text.countOf(60) || text.value.includes('SELECT')))
    return false;
  return CODE_LINES.test(text.value);
}

function lineEnd(value: string, from: number): number {
  const at = value.indexOf('\n', from);
  return at < 0 ? value.length : at;
}

/** Stretches of code in Markdown: fences and inline code, as ascending places. An open fence runs to the end. */
export function codePlaces(value: string): [number, number][] {
  if (!value.includes('`')) return [];
  const places: [number, number][] = [];
  let at = 0;
  let line = -1;
  for (;;) {
    const start = value.indexOf('`', at);
    if (start < 0) break;
    if (value.startsWith('```', start)) {
      const end = value.indexOf('```', start + 3);
      places.push([start, end < 0 ? value.length : end + 3]);
    } else {
      const end = value.indexOf('`', start + 1);
      if (end < 0) break;
      // Looked for once a line, so that no stretch is read twice.
      if (line < start) line = lineEnd(value, start);
      if (line < end) {
        at = start + 1;
        continue;
      }
      places.push([start, end + 1]);
    }
    at = places[places.length - 1][1];
  }
  return places;
}
