#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { version } from '../package.json';
import { ABOUT, helpOf, parseGiven, type Command } from './command';
import { DataError, UsageError } from './errors';
import { watchExit } from './exit';
import { later } from './later';
import { setWorkerPath } from './pool';
import { setSetWorkerPath } from './sets';

/** Loaded when asked for: help and a wrong name answer at once. */
const commands: Record<string, () => Promise<Command>> = {
  profile: async () => (await import('./commands/profile')).profileCommand,
  columns: async () => (await import('./commands/columns')).columnsCommand,
  show: async () => (await import('./commands/show')).showCommand,
  init: async () => (await import('./commands/init')).initCommand,
  run: async () => (await import('./commands/run')).runCommand,
  duplicates: async () => (await import('./commands/duplicates')).duplicatesCommand,
  embed: async () => (await import('./commands/embed')).embedCommand,
};
const names = Object.keys(commands);
const commandOf = (name: string) => (Object.hasOwn(commands, name) ? commands[name]() : null);

async function programHelp(): Promise<string> {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const all = await Promise.all(names.map((name) => commands[name]()));
  return [
    'usage: siftbook COMMAND …',
    '',
    'Health, cuts and clean sets of instruction data. Nothing leaves this machine.',
    '',
    ...all.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    '  siftbook COMMAND --help tells what a command takes; siftbook --version tells the version.',
    '',
    ABOUT,
  ].join('\n');
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined) throw new UsageError(await programHelp());
  if (name === '--help' || name === '-h' || name === 'help') {
    const wanted = await commandOf(args[0] ?? '');
    process.stdout.write(wanted ? helpOf(wanted) : await programHelp());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = await commandOf(name);
  if (!command) {
    if (Object.hasOwn(later, name)) throw new UsageError(`siftbook ${name} (${later[name]}) comes later.`);
    throw new UsageError(`There is no command "${name}". Commands: ${names.join(', ')}. See: siftbook --help`);
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
setSetWorkerPath(fileURLToPath(new URL('set-worker.js', import.meta.url)));
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
