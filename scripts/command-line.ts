// What every command has in common: reading its arguments, and telling what went wrong.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { OperationalError } from '../server/errors.ts';
import { SettingsError } from '../server/settings.ts';

/** What the person at the keyboard can mend: told in one sentence, with the way to --help. */
export class UsageError extends Error {}

/** The arguments of the command line, as Node's `parseArgs` reads them; UsageError where they are none of ours. */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  let read: ReturnType<typeof parseArgs<Config>>;
  try {
    read = parseArgs(config);
    refuseTwice(config);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // What Node says after its first sentence helps those who program.
    throw new UsageError(`${(error as Error).message.split('. ')[0]}.`);
  }
  return read;
}

/** Of an option that is given twice Node takes the last without a word: nobody knows which was meant. */
function refuseTwice(config: ParseArgsConfig): void {
  const { tokens } = parseArgs({ ...config, tokens: true });
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option' || config.options?.[token.name]?.multiple) continue;
    if (given.has(token.name)) throw new UsageError(`--${token.name} is given twice: say it once.`);
    given.add(token.name);
  }
}

/** The one of the known values that was given for an option; UsageError where it is none. */
export function oneOf<Value extends string>(known: readonly Value[], given: string, option: string): Value {
  const found = known.find((one) => one === given);
  if (!found) throw new UsageError(`${option} is one of: ${known.join(', ')}.`);
  return found;
}

/** Runs `npm run NAME`. What can be expected to fail is told on standard error, and ends with 1; all else is a bug. */
export async function runCommand(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\nHow it goes: npm run ${name} -- --help\n`);
    } else if (error instanceof OperationalError || error instanceof SettingsError) {
      process.stderr.write(`${error.message}\n`);
    } else throw error;
  }
}
