import { putAlpaca } from './alpaca';
import { arrowWriter } from './arrow';
import { csvWriter, type CsvStyle } from './csv';
import { arrayWriter, linesWriter } from './lines';
import { putMessages } from './messages';
import { parquetWriter } from './parquet';
import { putShareGpt } from './sharegpt';
import type { LayoutWriter, WriterOptions } from './types';
import { writeFailure } from '../messages';

export type { LayoutWriter, WriterOptions } from './types';
export type { ParquetWriterModule } from './parquet';
export { mergeShapes, shapesOf, type FieldShape, type ShapeType } from './shapes';

/** Every layout that can be written, by the name a recipe gives it. One line each. */
const writers: Record<string, (options: WriterOptions) => LayoutWriter> = {
  same: (options) => sameWriter(options),
  jsonl: () => linesWriter(),
  json: () => arrayWriter(),
  csv: ({ fields }) => csvWriter(fields),
  parquet: (options) => parquetWriter(options),
  arrow: (options) => arrowWriter(options),
  messages: ({ mapping }) => linesWriter(putMessages(mapping)),
  alpaca: ({ mapping }) => linesWriter(putAlpaca(mapping)),
  sharegpt: ({ mapping }) => linesWriter(putShareGpt(mapping)),
};

export const layouts: readonly string[] = Object.keys(writers);

/**
 * A writer of that layout.
 * @throws Error where there is no such layout (it lists those there are) or Parquet's writer was not handed in.
 */
export function createWriter(layout: string, options: WriterOptions): LayoutWriter {
  if (!Object.hasOwn(writers, layout)) throw writeFailure('formats.no-layout', { layout, known: layouts.join(', ') });
  return writers[layout](options);
}

/** The input's own format, always in UTF-8 and never compressed; a JSON object of lists becomes a list of objects. */
function sameWriter(options: WriterOptions): LayoutWriter {
  const { format } = options;
  switch (format?.name) {
    case 'json':
      return arrayWriter();
    case 'csv':
      return csvWriter(options.fields, csvStyle(format.detail));
    case 'parquet':
      return parquetWriter(options);
    case 'arrow':
      return arrowWriter(options);
    default:
      return linesWriter();
  }
}

/** The style of a table as its reader found it. */
function csvStyle(detail: Record<string, string | boolean>): CsvStyle {
  const style: CsvStyle = {};
  const { separator, quote, header } = detail;
  if (typeof separator === 'string')
    style.separator = separator === 'tab' ? '\t' : separator === 'none' ? '' : separator;
  if (typeof quote === 'string') style.quote = quote === 'none' ? null : quote;
  if (typeof header === 'boolean') style.header = header;
  return style;
}
