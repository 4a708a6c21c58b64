import { failures } from './failure';

/** English texts of what may be wrong with a mapping. */
export const mapTexts = {
  'map.one-field': 'map: {key} takes one field, not {count} ({names})',
  'map.unknown-role': 'map: there is no "{key}"; it can map {known}',
  'map.not-a-pair': 'map: "{text}" is not of the form role=field (for example prompt=instruction+input)',
  'map.not-a-name': "map: {key} must be a field's name or a list of them, not {value}",
  'map.no-field': 'map: {key} names a field "{name}" that the data does not have; its fields are {fields}',
} as const;

export const mapFailure = failures(mapTexts);
