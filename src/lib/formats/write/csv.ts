import { fieldOf } from '$lib/record/batch';
import { ByteSink } from '$lib/record/bytes';
import { writeCompact } from '$lib/record/jsontext';
import { rawValue } from '$lib/record/value';
import type { FieldShape } from './shapes';
import type { LayoutWriter } from './types';

/** How a CSV file is written. Defaults: comma, header, double quotes, line feeds. */
export interface CsvStyle {
  /** Empty: one field a line. */
  separator?: string;
  /** Null: fields are never quoted (a file whose quotes are part of its texts). */
  quote?: string | null;
  header?: boolean;
}

/**
 * CSV as RFC 4180 quotes it, in UTF-8 without a byte-order mark, a line feed behind each record. Lists and objects are
 * their JSON text. CSV has one way to say nothing: absent, null and empty all become an empty field. A text that begins
 * with `=`, `+`, `-` or `@` is written as it is (a spreadsheet may read a formula there): this is training data, and an
 * added quote would be learnt. Without quotes, a record that would need them is refused.
 */
export function csvWriter(fields: readonly FieldShape[], style: CsvStyle = {}): LayoutWriter {
  const { separator = ',', quote = '"', header = true } = style;
  const out = new ByteSink(1 << 16);
  const names = fields.map((field) => field.name);
  const literal = (char: string) => char.replace(/[\\^\]-]/g, '\\$&');
  // White space at either end and a byte-order mark are kept by quotes where a reader would trim them.
  const special = new RegExp(`[\\n\\r${literal(quote ?? '')}${literal(separator)}]|^[\\s\\ufeff]|\\s$`);
  const cell = (text: string) => {
    // A lone empty field must be quoted: an empty line is no record to most readers.
    if (quote === null || !(text === '' ? names.length === 1 : special.test(text))) return text;
    return quote + text.replaceAll(quote, quote + quote) + quote;
  };
  const unfit = (text: string) =>
    text === '' ? names.length === 1 : /[\n\r]/.test(text) || (separator !== '' && text.includes(separator));
  let begun = false;
  const begin = () => {
    begun = true;
    if (header && names.length > 0) out.text(names.map(cell).join(separator) + '\n');
  };
  return {
    extension: separator === '\t' ? 'tsv' : separator === '' ? 'txt' : 'csv',
    write(batch, row, edits) {
      if (!begun) begin();
      let line = '';
      for (let i = 0; i < names.length; i++) {
        const raw = rawValue(row, fieldOf(batch, names[i]), names[i], edits);
        const text = raw === null ? '' : raw.kind === 'json' ? compactText(raw.text) : raw.text;
        if (quote === null && unfit(text))
          return `${names[i]} holds ${text === '' ? 'nothing' : 'a separator or a line break'}, and this file has no quotes`;
        if (i > 0) line += separator;
        line += cell(text);
      }
      out.text(line + '\n');
      return null;
    },
    take: () => out.take(),
    finish() {
      if (!begun) begin();
      return out.take();
    },
  };
}

const encoder = new TextEncoder();
const scratch = new ByteSink();

/** A JSON value as a cell: a string as it is, anything else on one line. */
export function compactText(json: string): string {
  const first = json.charCodeAt(0);
  if (first === 0x22) return JSON.parse(json) as string;
  if (first !== 0x7b && first !== 0x5b) return json;
  scratch.length = 0;
  const bytes = encoder.encode(json);
  writeCompact(bytes, 0, bytes.length, scratch);
  return scratch.toString();
}
