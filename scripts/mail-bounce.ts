// npm run mail -- bounce: what mail servers send back, handed in by our own.
import { OperationalError } from '../server/errors.ts';
import { readBounce } from '../server/mail/bounce-report.ts';
import { findLetter } from '../server/mail/letter-queries.ts';
import { noteReturned, type ReturnedOutcome } from '../server/mail/returned-mail.ts';
import { SettingsError } from '../server/settings.ts';
import { readArguments, UsageError } from './command-line.ts';
import { addresseeNames, type OpenedLetters, withLetters } from './kept-letters.ts';

/** How what came back is handed in. */
export const BOUNCE_HELP = `npm run mail -- bounce < message
  Notes an e-mail of this site that came back: for your mail server, which hands in what arrives at BOUNCE_ADDRESS. A letter that
  came back for good counts as bounced; after several in a row its legislator's address is set aside. A mail that asks to
  confirm and comes back for good ends its letter. What is no such message changes nothing, and ends with 0: your mail server is
  not to send it back once more. Where it can't be noted now, it ends with 75, so that your mail server tries again.
`;

/** The largest message that is read, in bytes. */
const LARGEST = 2_000_000;
/** 'Try again later' (EX_TEMPFAIL in sysexits.h), to mail servers. */
const TRY_AGAIN = 75;

/** Notes the message on standard input. */
export async function noteBounce(args: string[]): Promise<void> {
  const { positionals } = readArguments({ args, allowPositionals: true, options: {} });
  if (positionals.length > 0 || process.stdin.isTTY)
    throw new UsageError('Hand the message in on standard input: npm run mail -- bounce < message.eml');
  const raw = await readLimited(process.stdin);
  try {
    await withLetters(async (opened) => {
      const { said, exit_code } = await bounceIn(raw, opened);
      process.stderr.write(`${said}\n`);
      process.exitCode = exit_code;
    });
  } catch (error) {
    if (!(error instanceof OperationalError || error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = TRY_AGAIN;
  }
}

/** Notes one message; gives back what is said of it, and the code that the command ends with. Undefined is a message that is too large. */
export async function bounceIn(
  raw: Buffer | undefined,
  { store, seal, secrets, settings, now }: OpenedLetters,
): Promise<{ said: string; exit_code: number }> {
  const bounce = raw && (await readBounce(raw, { secrets }));
  if (!bounce)
    return {
      said: 'This is no report of a mail of ours that could not be delivered: nothing is noted.',
      exit_code: 0,
    };
  const letter = await findLetter(store.read, bounce.letter_id);
  const address = letter && (await addresseeNames({ settings, now })(letter))?.email;
  const done = await noteReturned({ store, seal, addressOf: () => address ?? '', now }, bounce);
  return {
    said: inWords(done, bounce.letter_id, address),
    exit_code: done.outcome === 'too_early' ? TRY_AGAIN : 0,
  };
}

function inWords(done: ReturnedOutcome, letter_id: string, address: string | undefined): string {
  switch (done.outcome) {
    case 'bounced':
      return done.is_set_aside
        ? `Letter ${letter_id} came back. Nothing is sent to ${address} any more: too many came back from there. See npm run mail -- status`
        : `Letter ${letter_id} came back: it counts as bounced.`;
    case 'unreachable_sender':
      return `The mail that asks to confirm letter ${letter_id} came back: the letter is erased.`;
    case 'too_early':
      return `Letter ${letter_id} is being sent just now: hand this in again in a while.`;
    case 'nothing':
      return `A mail of letter ${letter_id} was late or came back: nothing is to be noted of it.`;
  }
}

/** All of a stream; undefined where it is too large, and then it is read to its end all the same, so that the writer does not fail. */
export async function readLimited(
  stream: AsyncIterable<Buffer>,
  largest = LARGEST,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  }
  return size <= largest ? Buffer.concat(chunks) : undefined;
}
