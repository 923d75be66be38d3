// The legislator whom a command names.
import { join } from 'node:path';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { correctRosters } from '../server/legislators/corrected-rosters.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import type { Legislator } from '../server/legislators/legislator.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import { stateFacts } from '../server/legislators/states.ts';
import type { Settings } from '../server/settings.ts';
import { UsageError } from './command-line.ts';

const sample_dir = join(import.meta.dirname, '../sample-data');
/** Every id begins so. */
const PERSON = 'ocd-person/';
/** More would be no help. */
const MOST_NAMED = 8;

/**
 * The legislator of the campaign's state who has an id that begins so (with 'ocd-person/' or without), or a name with all of
 * these words. UsageError where that is nobody, or more than one.
 */
export async function namedLegislator(
  given: string,
  campaign: Pick<Campaign, 'state'>,
  settings: Pick<Settings, 'data_dir' | 'campaigns_dir'>,
  now: () => Date,
): Promise<Legislator> {
  const rosters = await openRosters({
    ...settings,
    sample_dir,
    allow_sample: true,
    states: [campaign.state],
  });
  const [damaged] = rosters.faults;
  if (damaged) throw damaged;
  const corrections = await readCorrections(settings.campaigns_dir);
  const roster = correctRosters({ rosters, corrections: () => corrections, now }).get(campaign.state)?.roster;
  if (!roster || roster.is_sample)
    throw new UsageError(
      `The legislators of ${stateFacts(campaign.state).name} are not at hand, so nobody can be named${roster ? ': those here are made up' : ''}. Run: npm run legislators -- pull ${campaign.state}\nThe sum can be entered without --legislator, too.`,
    );
  const found = fitting(given, roster.legislators);
  const [first] = found;
  if (first && found.length === 1) return first;
  const lines = found
    .slice(0, MOST_NAMED)
    .map((one) => `\n  ${one.id}  ${one.current_role.title} ${one.name}`);
  throw new UsageError(
    first
      ? `--legislator '${given}' fits ${found.length} legislators. Write more of the id:${lines.join('')}`
      : `No legislator of ${stateFacts(campaign.state).name} has the id or the name '${given}'. Write the name as it stands on the pages, or the id as totals.json has it.`,
  );
}

function fitting(given: string, legislators: readonly Legislator[]): Legislator[] {
  const typed = given.trim().toLowerCase();
  if (typed === '') return [];
  const whole = legislators.filter(({ id }) => id === typed || id === `${PERSON}${typed}`);
  if (whole.length > 0) return whole;
  const words = plain(typed).split(/\s+/);
  return legislators.filter(({ id, name, current_role }) => {
    const called = plain(`${current_role.title} ${name}`).split(/\s+/);
    return (
      id.startsWith(typed) ||
      id.startsWith(`${PERSON}${typed}`) ||
      words.every((word) => called.includes(word))
    );
  });
}

/** Without accents and points: people type names as their keyboard has them. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\p{M}.,]/gu, '')
    .toLowerCase();
}
