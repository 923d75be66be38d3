// npm run scrub: what of people is kept here, and erasing it.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TIME_LIMITS } from '../server/mail/letter-states.ts';
import { planScrub, scrub } from '../server/mail/scrub.ts';
import { readArguments, runCommand, UsageError } from './command-line.ts';
import { withLetters } from './kept-letters.ts';
import { planInWords } from './scrub-words.ts';

const HELP = `npm run scrub [-- --yes] [--all]
  Says what of supporters is still kept here and why, and what of it would be erased. Erases nothing by itself.
  --yes   erases it: what has had its time, as the running app does every few minutes
  --all   everything: e-mails that still wait never go then, and nobody is told. For the day on which you stop.
  Back-ups hold no key of an e-mail: what is erased here can't be read from them either.
`;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return void process.stdout.write(HELP);
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, all: { type: 'boolean', default: false } },
  });
  if (positionals.length > 0) throw new UsageError('scrub takes no name: it looks at all that is kept.');
  await withLetters(async ({ store, seal, settings, now }) => {
    const { all, yes } = values;
    const plan = await planScrub({ read: store.read, seal }, { all, now });
    const files = await outboxFiles(join(settings.data_dir, 'outbox'), { all, now });
    process.stdout.write(planInWords(plan, files));
    const number = plan.letters.filter(({ goes }) => goes).length;
    const of = [
      `${number} e-mail${number === 1 ? '' : 's'}`,
      ...(plan.lone_keys.length > 0 ? [`${plan.lone_keys.length} keys of none`] : []),
      ...(files.going.length > 0 ? [`${files.going.length} files of the outbox`] : []),
    ].join(', ');
    if (!yes)
      return void process.stdout.write(
        `\nThis was a dry run: nothing is erased. It would be: ${of}.\nTo do it: npm run scrub -- --yes${all ? ' --all' : ''}\n`,
      );
    const erased = await scrub({ store, seal }, plan, now);
    for (const file of files.going) await rm(file, { force: true });
    const left = number - erased;
    process.stdout.write(
      `\nErased: ${of}.${left > 0 ? ` Of these, ${left} were being sent meanwhile and are left: run it again.` : ''}\n`,
    );
  });
}

/** The mails that were put into a folder in place of being sent; those that go are the old ones, or all. */
async function outboxFiles(folder: string, { all, now }: { all: boolean; now: Date }) {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  const files = names.filter((name) => /\.eml(\.part)?$/.test(name)).map((name) => join(folder, name));
  const going: string[] = [];
  for (const file of files) {
    const { mtimeMs } = await stat(file);
    if (all || now.getTime() - mtimeMs > TIME_LIMITS.keep_ms) going.push(file);
  }
  return { number: files.length, going };
}

await runCommand('scrub', main);
