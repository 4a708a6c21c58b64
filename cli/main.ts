#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { version } from '../package.json';
import { helpOf, parseGiven, type Command } from './command';
import { columnsCommand } from './commands/columns';
import { initCommand } from './commands/init';
import { profileCommand } from './commands/profile';
import { runCommand } from './commands/run';
import { showCommand } from './commands/show';
import { DataError, UsageError } from './errors';
import { watchExit } from './exit';
import { later } from './later';
import { setWorkerPath } from './pool';

const commands: Command[] = [profileCommand, columnsCommand, showCommand, initCommand, runCommand];

function programHelp(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    'usage: siftbook COMMAND …',
    '',
    'Health, cuts and clean sets of instruction data. Nothing leaves this machine.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    '  siftbook COMMAND --help tells what a command takes; siftbook --version tells the version.',
    '',
    'FILE may be JSONL, JSON, CSV, TSV, Parquet, Arrow or Feather, any of them gzipped, - for standard input, or several.',
    'Exit status: 0 done, 1 the data or the recipe is at fault, 2 wrong usage.',
    '',
  ].join('\n');
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined) throw new UsageError(programHelp());
  if (name === '--help' || name === '-h' || name === 'help') {
    const wanted = commands.find((command) => command.name === args[0]);
    process.stdout.write(wanted ? helpOf(wanted) : programHelp());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    if (Object.hasOwn(later, name)) throw new UsageError(`siftbook ${name} (${later[name]}) comes later.`);
    const names = commands.map((one) => one.name).join(', ');
    throw new UsageError(`There is no command "${name}". Commands: ${names}. See: siftbook --help`);
  }
  const given = parseGiven(command, args);
  if (given.values.help === true) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  return command.run(given);
}

/** A reader that stops early (`| head`) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

watchExit();
setWorkerPath(fileURLToPath(new URL('worker.js', import.meta.url)));
main(process.argv.slice(2))
  .catch((error: unknown) => {
    if (error instanceof UsageError || error instanceof DataError) {
      process.stderr.write(`${error.message.trimEnd()}\n`);
      return error instanceof UsageError ? 2 : 1;
    }
    process.stderr.write(
      `Siftbook failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return 1;
  })
  .then((status) => {
    process.exitCode = status;
  });
