import { failures } from '$lib/record/failure';

/** English texts of what may stop embedding. */
export const embeddingTexts = {
  'engine.embed-not-here': '{model} is not on this machine yet. Fetch it first, or drop its folder on the page.',
  'engine.embed-not-kept': 'Not every text has a vector of {model} kept from before. Embed them first.',
  'engine.embed-host': 'A model would be fetched from {host}, which is none of the hub’s addresses. It was not.',
  'engine.embed-status': '{file} could not be fetched (status {status}). Is the model’s name right?',
  'engine.embed-unreachable':
    '{file} could not be fetched: no answer came. Without a network, drop the model’s folder on the page.',
  'engine.embed-not-loaded': 'No model is loaded.',
  'engine.embed-died': 'The model stopped on every device. The last one said: {message}',
} as const;

export const embeddingFailure = failures(embeddingTexts);
