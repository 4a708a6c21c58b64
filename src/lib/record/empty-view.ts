import type { View } from './types';

/** The view of a record with nothing in it, to start from. */
export const EMPTY_VIEW: Readonly<View> = {
  prompt: '',
  response: null,
  system: '',
  turns: [],
  label: null,
  source: null,
  annotator: null,
  time: null,
  id: null,
};
