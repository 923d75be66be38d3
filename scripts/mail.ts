// npm run mail: the e-mails that this site sends for supporters.
import { runCommand, UsageError } from './command-line.ts';
import { BOUNCE_HELP, noteBounce } from './mail-bounce.ts';
import { HELD_HELP, runHeld } from './mail-held.ts';
import { READMIT_HELP, readmit } from './mail-readmit.ts';
import { printStatus, STATUS_HELP } from './mail-status.ts';

/** One thing that the command does, by the word that asks for it. */
interface Part {
  help: string;
  /** Takes what stands after the word. */
  run: (args: string[]) => Promise<void>;
}

const PARTS: Record<string, Part> = {
  status: { help: STATUS_HELP, run: printStatus },
  held: { help: HELD_HELP, run: runHeld },
  bounce: { help: BOUNCE_HELP, run: noteBounce },
  readmit: { help: READMIT_HELP, run: readmit },
};

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help'))
    return void process.stdout.write(
      Object.values(PARTS)
        .map(({ help }) => help)
        .join('\n'),
    );
  const [word = '', ...rest] = args;
  const part = Object.hasOwn(PARTS, word) ? PARTS[word] : undefined;
  if (!part) throw new UsageError(`Say what: ${Object.keys(PARTS).join(', ')}.`);
  return part.run(rest);
}

await runCommand('mail', main);
