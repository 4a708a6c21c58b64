/** Writes static/recipe.schema.json anew: `npx tsx scripts/schema.ts`. A test fails when it was forgotten. */
import { writeFileSync } from 'node:fs';
import { schemaText } from '../src/lib/recipe/definition';

writeFileSync(new URL('../static/recipe.schema.json', import.meta.url), schemaText());
