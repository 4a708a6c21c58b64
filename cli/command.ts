import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './errors';

export type Options = NonNullable<ParseArgsConfig['options']>;
export interface Given {
  values: Record<string, string | boolean | string[] | undefined>;
  positionals: string[];
}

/** One command of the program: a file each under `commands/`. */
export interface Command {
  name: string;
  /** What stands after the name in the usage line. */
  usage: string;
  /** One line for the program's help. */
  summary: string;
  /** Rows of `[option, what it does]` for the command's own help. */
  details: [string, string][];
  options: Options;
  /** Options that take every name after them up to the next option. */
  lists?: string[];
  /** Resolves with the exit status; throws UsageError or DataError. */
  run(given: Given): Promise<number>;
}

/** What holds for every command. */
export const ABOUT = [
  'FILE may be JSONL, JSON, CSV, TSV, Parquet, Arrow or Feather, any of them gzipped, - for standard input (JSONL), or',
  'several, which are read as one set.',
  'Exit status: 0 done, 1 the data or the recipe is at fault, 2 wrong usage.',
  '',
].join('\n');

/** Help text of one command. */
export function helpOf(command: Command): string {
  const rows: [string, string][] = [...command.details, ['-h, --help', 'this text']];
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    `usage: siftbook ${command.name} ${command.usage}`,
    '',
    command.summary,
    '',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`),
    '',
    ABOUT,
  ].join('\n');
}

/** Parses a command's arguments; an unknown option or a missing value is wrong usage. */
export function parseGiven(command: Command, args: string[]): Given {
  try {
    const { values, positionals } = parseArgs({
      args: spread(args, command.lists ?? []),
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Given['values'], positionals };
  } catch (error) {
    const said = (error as Error).message.split('. To specify')[0];
    throw new UsageError(`${said.replace(/\.$/, '')}. See: siftbook ${command.name} --help`);
  }
}

/** `--against A B` as `--against A --against B`. */
function spread(args: string[], lists: string[]): string[] {
  const out: string[] = [];
  let list: string | null = null;
  let begun = false;
  for (const arg of args) {
    const option = arg.startsWith('-') && arg !== '-';
    if (option) {
      list = lists.includes(arg.slice(2)) ? arg : null;
      begun = false;
    } else if (list !== null) {
      if (begun) out.push(list);
      begun = true;
    }
    out.push(arg);
  }
  return out;
}

/** The value of a string option, or undefined. */
export function text(given: Given, name: string): string | undefined {
  const value = given.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The data files named, at least one. */
export function filesOf(given: Given, command: string, from = 0): string[] {
  const files = given.positionals.slice(from);
  if (!files.length) throw new UsageError(`No file was named. See: siftbook ${command} --help`);
  if (files.filter((name) => name === '-').length > 1)
    throw new UsageError('Standard input (-) can be read only once.');
  return files;
}
