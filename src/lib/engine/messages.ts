import { failures } from '$lib/record/failure';

/** English texts of what a request of the page may be refused with. */
export const engineTexts = {
  'engine.other-origin': '{origin} is another origin: save the file and open it from here.',
  'engine.status': '{url} could not be fetched (status {status}).',
  'engine.unreachable': '{url} could not be fetched: no answer came.',
  'engine.nothing-stored': 'There is no stored dataset.',
  'engine.nothing-given': 'Nothing was given to open.',
  'engine.not-open': 'No dataset is open.',
  'engine.no-records': 'The file holds no records.',
  'engine.still-reading': 'The fields can be mapped once everything is read.',
  'engine.unfinished-export':
    'Not every record is read and measured. Let it finish, or open the data again, then export.',
  'engine.not-measured': "Column '{id}' was not measured.",
  'engine.no-histogram': "There is no histogram of '{id}' to drag on.",
  'engine.no-category': "There is no category '{by}'.",
  'engine.no-place': 'There is no record at place {place}.',
  'engine.worker-died': 'A worker stopped: {message}',
  'engine.no-vectors': 'There are no vectors yet: draw the map first.',
  'engine.no-phrase-model':
    'A phrase is compared by the model that made the vectors: choose {model} in the Clusters cell, then search again.',
  'engine.other-model':
    'The recipe asks for vectors of {model}: choose that model, or another embedding in the recipe.',
  'engine.not-started': 'The engine could not start: {message}',
} as const;

export const engineFailure = failures(engineTexts);
