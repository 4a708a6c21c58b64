import { problemTexts } from '$lib/recipe/messages';

/** What may be wrong with a recipe (`recipe.problem.CODE`): the recipe's own English. */
export default {
  ...problemTexts,
  // What the YAML parser finds, by its codes: its own words are a parser's.
  'recipe.yaml.ALIAS_PROPS': 'An alias (*name) takes nothing beside it.',
  'recipe.yaml.BAD_ALIAS': 'An alias (*name) points at nothing. Put text with * in quotes.',
  'recipe.yaml.BAD_DIRECTIVE': 'A line that begins with % is not understood. Remove it.',
  'recipe.yaml.BAD_DQ_ESCAPE': 'An unknown escape follows the backslash. Use single quotes, or write \\.',
  'recipe.yaml.BAD_INDENT': 'The indentation does not fit, or a bracket above is not closed.',
  'recipe.yaml.BAD_PROP_ORDER': 'A tag or anchor stands in the wrong place.',
  'recipe.yaml.BAD_SCALAR_START': 'Text cannot begin with this character. Put it in quotes.',
  'recipe.yaml.BLOCK_AS_IMPLICIT_KEY': 'Two colons stand on one line. Put the text in quotes, or begin a new line.',
  'recipe.yaml.BLOCK_IN_FLOW': 'A list with dashes cannot stand inside brackets.',
  'recipe.yaml.DUPLICATE_KEY': 'The same key stands here twice.',
  'recipe.yaml.IMPOSSIBLE': 'This cannot be read.',
  'recipe.yaml.KEY_OVER_1024_CHARS': 'A key is too long. Is a quote or a bracket not closed?',
  'recipe.yaml.MISSING_CHAR': 'A quote, a bracket or a comma is missing.',
  'recipe.yaml.MULTILINE_IMPLICIT_KEY': 'A key must stand on one line and end with a colon.',
  'recipe.yaml.MULTIPLE_ANCHORS': 'One value has two anchors (&name).',
  'recipe.yaml.MULTIPLE_DOCS': 'Only one recipe may stand here: remove the line "---" and what follows.',
  'recipe.yaml.MULTIPLE_TAGS': 'One value has two tags (!name).',
  'recipe.yaml.NON_STRING_KEY': 'A key must be text.',
  'recipe.yaml.RESOURCE_EXHAUSTION': 'The text is nested too deep.',
  'recipe.yaml.TAB_AS_INDENT': 'Indent with spaces, not with tabs.',
  'recipe.yaml.TAG_RESOLVE_FAILED': 'A tag (!name) is not understood.',
  'recipe.yaml.UNEXPECTED_TOKEN': 'Something unexpected stands here.',
  'recipe.yaml.BAD_COLLECTION_TYPE': 'A list stands where keys are expected, or the other way round.',
} satisfies Record<string, string>;
