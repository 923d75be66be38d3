// npm run report -- freeze: a figure for the press, which does not change any more.
import { join } from 'node:path';
import { readTotals } from '../server/actions/totals.ts';
import { freezeFigure } from '../server/reports/freeze-figure.ts';
import { openLocales } from '../server/words/locale.ts';
import { baseOf, isOwnMachine } from './campaign-preview.ts';
import { readArguments, UsageError } from './command-line.ts';
import { refuseControls } from './correction-words.ts';
import { withCampaign } from './counted-campaign.ts';
import { rosterAtHand } from './roster-at-hand.ts';

/** How a figure is fixed. */
export const FREEZE_HELP = `npm run report -- freeze SLUG [--note TEXT]
  Fixes the campaign's public totals as they are now, and prints the address of their page, alone on its line. Whoever opens
  it, whenever, sees these numbers and what they count. They can't be changed or taken back, whatever becomes of the campaign.
  --note     a line of text that stands on that page: --note "For the hearing on December 8"
`;

const LOCALES = join(import.meta.dirname, '../views/locales');
/** A line, and no more. */
const LONGEST_NOTE = 200;

/** Fixes a figure of the campaign that the arguments name, and prints its address. */
export async function printFrozen(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { note: { type: 'string', default: '' } },
  });
  if (positionals.length > 1)
    throw new UsageError('Name one campaign. Put a note in quotes: --note "For the hearing on December 8"');
  const note = readNote(values.note);
  await withCampaign(positionals[0], async ({ campaign, store, settings }) => {
    const { slug, status } = campaign;
    if (status === 'draft')
      throw new UsageError(
        `${slug} is a draft, which only you can see: there is no figure to give to others yet.`,
      );
    const totals = await readTotals(store, campaign, { is_sample: false, now: new Date() });
    if (totals.completed_actions === 0)
      throw new UsageError(
        `No completed action of ${slug} is counted yet, so there is no figure to fix. (Trial actions on sample pages never count.)`,
      );
    const base = baseOf(settings);
    const figure = await freezeFigure(store, {
      campaign,
      totals,
      roster: await rosterAtHand(settings, campaign.state, {
        allow_sample: !settings.is_production,
        now: new Date(),
      }),
      locales: await openLocales(LOCALES),
      base,
      note,
      random: Math.random,
    });
    process.stdout.write(`${figure.figure_url}\n`);
    const counted = `${figure.completed_actions} completed action${figure.completed_actions === 1 ? '' : 's'}`;
    const told = [
      `Fixed: ${counted} of ${slug} as of ${figure.as_of_in_words.en}. Anyone with this address can see it. It does not change any more.`,
      ...(isOwnMachine(base)
        ? [
            `It says ${base}, which leads others to their own computer: for the press fix the figure on your server, with BASE_URL set there.`,
          ]
        : []),
    ];
    process.stderr.write(`${told.join('\n')}\n`);
  });
}

/** A note as it will stand on the page: one line. */
function readNote(typed: string): string {
  const note = typed.replaceAll(/\s+/g, ' ').trim();
  if (note.length > LONGEST_NOTE)
    throw new UsageError(`A note has ${LONGEST_NOTE} letters at most; this one has ${note.length}.`);
  refuseControls(note, '--note');
  return note;
}
