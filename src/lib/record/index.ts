export * from './types';
export type { Edit, RowEdits } from './edits';
export {
  batchBuffers,
  batchBytes,
  decimal,
  fieldDataText,
  fieldOf,
  fieldText,
  isAbsent,
  isNull,
  isPresent,
  sliceBatch,
  slotIsAbsent,
  slotText,
} from './batch';
export { ByteSink, decodeUtf8 } from './bytes';
export { detectMapping } from './detect';
export { EMPTY_VIEW } from './empty-view';
export { canonicalJson, rowJson, writeEdit, writeMembers, writeRow, writeSlot } from './json';
export { compareText, writeCanonical, writeCompact } from './jsontext';
export { keyText, Occurrences, occurrences, recordHashes, type Hasher } from './key';
export { applyMap, emptyMapping, LAYOUT_NAMES, MAP_KEYS, mapText, parseMap, type MapKey } from './mapping';
export { numericField } from './numeric';
export { editsOf, labelEdits, partsOf } from './parts';
export { elements, members } from './rawjson';
export { packField, rowsToBatch } from './rows';
export { addHistory, addTurns, contentText, isTurn, partKey, roleName, roleOf, textKey } from './turns';
export { parseJson, placeOf, rawValue, structured, valueText } from './value';
export { labelName, labelOf, viewOf } from './view';
