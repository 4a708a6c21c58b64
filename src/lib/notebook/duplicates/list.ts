import type { AgainstMatch } from '$lib/engine/protocol';

/** A list of matches as CSV (RFC 4180, UTF-8 with a byte-order mark, so that spreadsheets read Chinese). */
export function listCsv(matches: readonly AgainstMatch[]): string {
  const head = ['place', 'key', 'similarity', 'text', 'other_place', 'other_file', 'other_line', 'other_text'];
  const lines = matches.map(({ place, key, value, text, other, file, line, otherText }) =>
    [place, key, Number(value.toFixed(4)), text, other, file, line, otherText].map(cell).join(','),
  );
  return `\ufeff${[head.join(','), ...lines].join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
