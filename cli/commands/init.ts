import type { Command } from '../command';
import { UsageError } from '../errors';

export const initCommand: Command = {
  name: 'init',
  usage: 'FILE… [-o recipe.yaml]',
  summary: 'Writes a recipe with the detected mapping and suggested cuts, each with its reason as a comment.',
  details: [],
  options: {},
  run: () => Promise.reject(new UsageError('soon')),
};
