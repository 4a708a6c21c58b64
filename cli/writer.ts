import path from 'node:path';
import { createWriter } from '$lib/formats/write/index';
import type { FieldShape } from '$lib/formats/write/shapes';
import type { LayoutWriter } from '$lib/formats/write/types';
import { emptyMapping } from '$lib/record/mapping';
import { UsageError } from './errors';

const LAYOUT: Record<string, string> = {
  '.parquet': 'parquet',
  '.arrow': 'arrow',
  '.feather': 'arrow',
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.json': 'json',
};

/** The layout that a file's name asks for; `-` is JSONL. */
export function layoutOfName(name: string): string {
  if (name === '-') return 'jsonl';
  const extension = path.extname(name).toLowerCase();
  if (!Object.hasOwn(LAYOUT, extension))
    throw new UsageError(`-o ${name}: the name must end in ${Object.keys(LAYOUT).join(', ')}, or be - for JSONL.`);
  return LAYOUT[extension];
}

/** A writer of plain rows of these fields. */
export async function rowWriter(layout: string, fields: readonly FieldShape[]): Promise<LayoutWriter> {
  const parquet = layout === 'parquet' ? await import('parquet-wasm') : null;
  return createWriter(layout, { mapping: emptyMapping(), fields, parquet });
}
