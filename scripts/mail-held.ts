// npm run mail -- held: what waits for the organizer, and what is done with it.
import { slugsOf } from '../server/actions/totals.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { zoneOfDivision } from '../server/legislators/states.ts';
import { endConfirmed } from '../server/mail/end-letter.ts';
import { heldLetter, heldLetters, releaseLetter } from '../server/mail/held-queries.ts';
import type { Letter, LetterContent } from '../server/mail/letter.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { addresseeNames, type OpenedLetters, withLetters } from './kept-letters.ts';
import { REASON_WORDS } from './letter-words.ts';
import { stateMoment } from './state-moment.ts';
import { textTable } from './text-table.ts';

/** How held letters are asked for. */
export const HELD_HELP = `npm run mail -- held [SLUG] [--format table|json]
  The e-mails that wait for you, of one campaign or of all: their ids, to whom they go, why they wait and since when. Nobody is
  named. One that you neither release nor refuse expires in the end: after 28 days, or when it is too late for the campaign.

npm run mail -- held --show ID
  Who wrote one of them, and what. Read it and pass it to nobody: it is between this person and the legislator.

npm run mail -- held --release ID [ID…]
  Lets them go: they wait their turn like all others.

npm run mail -- held --refuse ID [ID…]
  They do not go. Each writer gets a mail that says so, with the text, to send it themselves; then all of it is erased.
`;

/** An id is 16 random bytes: it may begin with a dash, as an option does. */
const ID = /^[\w-]{22}$/;
const SAY_WHAT = 'Say what to do with the e-mail: --show, --release or --refuse.';

/** What a command line asks to be done with held letters. */
export type HeldAsked =
  | { way: 'list'; slug: string | undefined; format: 'table' | 'json' }
  | { way: 'show' | 'release' | 'refuse'; ids: string[] };

/** Reads the words after `held`; UsageError where they can't be meant. Whether a word is an id or a slug, the way tells. */
export function readHeld(args: string[]): HeldAsked {
  const names_way = args.some((one) => ['--show', '--release', '--refuse'].includes(one));
  // A slug may be as long as an id, but begins with no dash.
  const isId = (one: string) => ID.test(one) && (names_way || one.startsWith('-'));
  const { values, positionals } = readArguments({
    args: args.filter((one) => !isId(one)),
    allowPositionals: true,
    options: {
      show: { type: 'boolean', default: false },
      release: { type: 'boolean', default: false },
      refuse: { type: 'boolean', default: false },
      format: { type: 'string', default: 'table' },
    },
  });
  const ids = [...new Set(args.filter(isId))];
  const [way, ...more] = (['show', 'release', 'refuse'] as const).filter((one) => values[one]);
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  const [first] = positionals;
  if (more.length > 0) throw new UsageError('Say one of --show, --release and --refuse.');
  if (!way) {
    if (ids.length > 0) throw new UsageError(SAY_WHAT);
    if (positionals.length > 1) throw new UsageError('Name one campaign, or none.');
    return { way: 'list', slug: first, format };
  }
  if (first !== undefined)
    throw new UsageError(`'${first}' is no id of an e-mail: they stand in the list, npm run mail -- held`);
  if (ids.length === 0 || (way === 'show' && ids.length > 1))
    throw new UsageError(
      `--${way} takes ${way === 'show' ? 'the id of one e-mail' : 'ids of e-mails'}: npm run mail -- held`,
    );
  return { way, ids };
}

/** Lists held letters, shows one, or releases or refuses some. */
export async function runHeld(args: string[]): Promise<void> {
  const asked = readHeld(args);
  return withLetters(async (opened) => {
    if (asked.way === 'list') return void process.stdout.write(await list(opened, asked.slug, asked.format));
    const { way, ids } = asked;
    if (way === 'show') return void process.stdout.write(await shown(opened, ids[0]!));
    const { done, missing } = await decide(opened, ids, way);
    if (done.length > 0)
      process.stderr.write(
        way === 'release'
          ? `Released: ${done.length}. They wait their turn now.\n`
          : `Refused: ${done.length}. Their writers are told, and can send the text themselves.\n`,
      );
    if (missing.length > 0) throw new UsageError(missing.map(notHeld).join('\n'));
  });
}

/** Releases or refuses letters, each by itself; those that are not held are left as they are. */
export async function decide(
  { store, now }: Pick<OpenedLetters, 'store' | 'now'>,
  ids: readonly string[],
  way: 'release' | 'refuse',
): Promise<{ done: string[]; missing: string[] }> {
  const done: string[] = [];
  for (const id of ids) {
    const is_done = await store.transaction(async (trx) => {
      if (way === 'release') return releaseLetter(trx, id);
      const letter = await heldLetter(trx, id);
      if (!letter) return false;
      return endConfirmed(trx, letter, {
        to: 'failed',
        reason: 'refused_by_organizer',
        now,
        is_told: true,
      });
    });
    if (is_done) done.push(id);
  }
  return { done, missing: ids.filter((id) => !done.includes(id)) };
}

async function list(
  opened: OpenedLetters,
  slug: string | undefined,
  format: 'table' | 'json',
): Promise<string> {
  const letters = await heldLetters(opened.store.read, await slugsNamed(opened, slug));
  const nameOf = addresseeNames(opened);
  const rows = await Promise.all(
    letters.map(async ({ sealed: _sealed, form_id: _form, sender: _sender, ...letter }) => ({
      ...letter,
      to: (await nameOf(letter))?.name ?? letter.legislator_id,
    })),
  );
  if (format === 'json') {
    const told = rows.map(({ id, campaign_slug, legislator_id, to, held, confirmed_at, deliver_by }) => ({
      ...{ id, campaign_slug, legislator_id, to, held, confirmed_at, deliver_by },
    }));
    return `${JSON.stringify(told, null, 2)}\n`;
  }
  if (rows.length === 0) return 'No e-mail waits for you.\n';
  const cells = rows.map((letter) => [
    letter.id,
    letter.campaign_slug,
    letter.to,
    reasonsOf(letter),
    momentOf(letter.confirmed_at, letter),
  ]);
  return `${textTable([['id', 'campaign', 'to', 'why', 'since'], ...cells], 5)}
To read one: npm run mail -- held --show ID. Then --release ID or --refuse ID.\n`;
}

/** Every name that the campaign has or had; undefined for all campaigns. */
async function slugsNamed({ settings }: OpenedLetters, slug: string | undefined) {
  if (slug === undefined) return undefined;
  const { campaigns, campaigns_read } = await readCampaigns(settings.campaigns_dir);
  const campaign = campaigns.find((known) => known.slug === slug);
  if (campaign) return slugsOf(campaign);
  const folders = campaigns_read.map((known) => known.slug);
  // One whose files have a fault has its letters all the same.
  if (folders.includes(slug)) return [slug];
  const none = `There is no campaign '${slug}'. There are: ${folders.join(', ') || 'none'}.`;
  throw new UsageError(ID.test(slug) ? `${none} Is it an id? ${SAY_WHAT}` : none);
}

async function shown(opened: OpenedLetters, id: string): Promise<string> {
  const letter = await heldLetter(opened.store.read, id);
  if (!letter) throw new UsageError(notHeld(id));
  const content = await opened.seal.open(id, letter.sealed);
  if (!content)
    throw new UsageError(
      `The key of ${id} is not on this machine, so nobody can read it here. Run the command where the app runs, with its DATA_DIR and SECRET_KEY.`,
    );
  const legislator = await addresseeNames(opened)(letter);
  return letterInWords(letter, content, legislator?.name ?? letter.legislator_id);
}

/** A letter for reading. What a supporter typed can't steer the terminal that it is shown on. */
export function letterInWords(letter: Letter, content: LetterContent, to: string): string {
  const { name, email, street, city, zip, subject, text } = content;
  const lines = [
    `To: ${to}, for ${letter.campaign_slug}`,
    `From: ${name} <${email}>, ${street}, ${city} ${zip}`,
    `Held: ${reasonsOf(letter)}; since ${momentOf(letter.confirmed_at, letter)}`,
    `Subject: ${subject}`,
  ];
  return `${lines.map((line) => plain(line.replace(/\s+/g, ' '))).join('\n')}\n\n${plain(text)}\n`;
}

/** Without signs that are not seen and that change what is: control characters, and those that turn the direction. */
function plain(text: string): string {
  return text.replace(/[^\P{C}\n\t\u200c\u200d]/gu, '\u{FFFD}');
}

function reasonsOf({ held }: Pick<Letter, 'held'>): string {
  return held.map((reason) => REASON_WORDS[reason]).join('; ');
}

function momentOf(iso: string, { division_id }: Pick<Letter, 'division_id'>): string {
  return stateMoment(iso, zoneOfDivision(division_id));
}

function notHeld(id: string): string {
  return `No e-mail with the id ${id} waits for you: it may have been released, refused or withdrawn, or have expired.`;
}
