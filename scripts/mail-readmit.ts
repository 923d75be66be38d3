// npm run mail -- readmit: takes back an address that mail came back from.
import { readmitAddress, readSetAside } from '../server/mail/set-aside-queries.ts';
import { readArguments, UsageError } from './command-line.ts';
import { withLetters } from './kept-letters.ts';

/** How an address is taken back. */
export const READMIT_HELP = `npm run mail -- readmit ADDRESS
  Sends to an address of a legislator again that was set aside since letters came back from it. Letters that wait for it go
  again, each in its turn. Look first whether the address is right.
`;

/** Takes back the address that the arguments name. */
export async function readmit(args: string[]): Promise<void> {
  const { positionals } = readArguments({ args, allowPositionals: true, options: {} });
  const [address] = positionals;
  if (!address || positionals.length > 1) throw new UsageError('Name one e-mail address.');
  await withLetters(async ({ store }) => {
    if (await store.transaction((trx) => readmitAddress(trx, address)))
      return void process.stderr.write(`Taken back: letters to ${address} go again.\n`);
    const known = await readSetAside(store.read);
    const list = known.map((one) => one.address).join(', ') || 'none';
    throw new UsageError(`'${address}' was not set aside. These are: ${list}.`);
  });
}
