import { decimal, fieldOf, isPresent, slotText } from './batch';
import type { Batch } from './types';
import { placeOf, valueText } from './value';

/**
 * A field as numbers, one per row: JSON numbers, and texts that are a plain decimal number (CSV has no other kind).
 * NaN where there is none. `path` may reach into an object.
 */
export function numericField(batch: Batch, path: string): Float64Array {
  const out = new Float64Array(batch.rows).fill(NaN);
  const place = placeOf(batch, path);
  const field = fieldOf(batch, place.field);
  if (field === null) return out;
  for (let row = 0; row < batch.rows; row++) {
    if (!isPresent(field, row)) continue;
    if (place.path.length > 0) out[row] = decimal(valueText(batch, row, path));
    else if (field.offsets[row + 1] - field.offsets[row] < 400) out[row] = decimal(unquoted(slotText(field, row)));
  }
  return out;
}

/** A number may stand as a JSON string where a field mixes kinds. */
function unquoted(text: string | null): string | null {
  return text !== null && text.charCodeAt(0) === 0x22 ? (JSON.parse(text) as string) : text;
}
