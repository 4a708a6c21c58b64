import { failures } from '$lib/record/failure';

/** English texts of what may be wrong with the columns asked for. */
export const columnTexts = {
  'columns.unknown': "There is no column '{id}'.",
  'columns.of-the-whole': "Column '{id}' is not measured record by record.",
} as const;

export const columnFailure = failures(columnTexts);
