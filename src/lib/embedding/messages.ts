import { failures } from '$lib/record/failure';

/** English texts of what may be wrong with vectors that are read. */
export const vectorTexts = {
  'vectors.not-a-list':
    'Line {line}: “{field}” holds no list of numbers. Choose a field whose every value is a list such as [0.1, -0.2].',
  'vectors.not-a-number':
    'Line {line}: number {at} of “{field}” is no finite number. Leave the record’s list empty or make its vector again.',
  'vectors.other-length':
    'Line {line}: “{field}” has {length} numbers, the records before it have {dim}. All vectors must come from one model.',
  'vectors.none': 'No record has a vector in “{field}”.',
  'vectors.no-column': 'The file has no column of vectors (lists of numbers). Columns: {columns}.',
  'vectors.no-keys': 'The file has no text column “key”: its vectors cannot be told to records. Columns: {columns}.',
} as const;

export const vectorFailure = failures(vectorTexts);
