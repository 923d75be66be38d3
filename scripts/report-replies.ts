// npm run report -- replies SLUG: what offices said about the bill, for organizers alone.
import { type LegislatorReplies, officeReplies } from '../server/actions/office-replies.ts';
import { OFFICE_REPLIES } from '../server/actions/office-reply.ts';
import { FEWEST_ALIKE, MOST_OTHERWISE, PROPOSAL_DAYS } from '../server/actions/proposed-position.ts';
import { calendarDay } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { stateFacts } from '../server/legislators/states.ts';
import type { Settings } from '../server/settings.ts';
import { openReadOnly } from '../server/store/open-store.ts';
import { billsAtHand } from './bills-at-hand.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { namedCampaign } from './counted-campaign.ts';
import { rosterAtHand } from './roster-at-hand.ts';

/** How the replies are asked for. */
export const REPLIES_HELP = `npm run report -- replies SLUG [--format table|json] [--sample]
  What offices said about the bill, as supporters heard it: by legislator, with the positions that the campaign has already,
  and those that it may take over once there is a public source. Nothing is set by itself.
`;

/** What a position is proposed by, in a sentence. */
const RULE = `A position is proposed where at least ${FEWEST_ALIKE} calls in the last ${PROPOSAL_DAYS} days heard the same, and no more than ${MOST_OTHERWISE * 100}% of
those days' answers were others.`;

/** A legislator's replies with the name that the roster at hand has for them, or else the id. */
type NamedReplies = LegislatorReplies & { name: string };

/** Prints what was heard of the campaign that the arguments name. */
export async function printReplies(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'table' },
      sample: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1) throw new UsageError('Name one campaign.');
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  const { campaign, settings } = await namedCampaign(positionals[0]);
  const today = calendarDay(new Date(), stateFacts(campaign.state).time_zone);
  const replies = await readNamed(settings, campaign, { today, is_sample: values.sample });
  if (format === 'table') return void process.stdout.write(inWords(campaign, replies, values.sample));
  const report = {
    campaign_slug: campaign.slug,
    is_sample: values.sample,
    today,
    proposed_by: {
      fewest_alike: FEWEST_ALIKE,
      proposal_days: PROPOSAL_DAYS,
      most_otherwise: MOST_OTHERWISE,
    },
    legislators: replies,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

async function readNamed(
  settings: Settings,
  campaign: Campaign,
  { today, is_sample }: { today: string; is_sample: boolean },
): Promise<NamedReplies[]> {
  const roster = await rosterAtHand(settings, campaign.state, { allow_sample: true, now: new Date() });
  const known = roster && (await billsAtHand(campaign, { data_dir: settings.data_dir, roster, today }));
  const { read, close } = await openReadOnly(settings.database_url);
  try {
    const replies = await officeReplies(read, campaign, { is_sample, today, known });
    return replies.map((one) => {
      const legislator = roster?.legislator(one.legislator_id);
      const name = legislator ? `${legislator.current_role.title} ${legislator.name}` : one.legislator_id;
      return { name, ...one };
    });
  } finally {
    await close();
  }
}

function inWords({ slug, asks_reply }: Campaign, replies: NamedReplies[], is_sample: boolean): string {
  const calls = replies.flatMap((one) => Object.values(one.replies)).reduce((sum, count) => sum + count, 0);
  const heard = calls === 1 ? '1 call' : `${calls} calls`;
  const head = `${slug}: what offices said about the bill, as supporters heard it in ${heard}${is_sample ? ' (samples)' : ''}
  for organizers alone: what is heard on the phone proves nothing yet${asks_reply ? '' : '; no one is asked now (asks_reply: false)'}\n`;
  if (replies.length === 0) return `${head}\nNothing was heard yet.\n`;
  return `${head}\n${table(replies)}\n${RULE}\n${proposalsIn(replies)}`;
}

function table(replies: NamedReplies[]): string {
  const rows = replies.map((one) => [
    one.name,
    ...OFFICE_REPLIES.map((reply) => String(one.replies[reply])),
    one.first_day,
    one.last_day,
    one.positions.map(({ position, session, by }) => `${position} (${session}, ${by})`).join(', ') || 'none',
  ]);
  const answers = OFFICE_REPLIES.map((reply) => reply.replaceAll('_', ' '));
  const lines = [['legislator', ...answers, 'first day', 'last day', 'position already there'], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const isNumber = (column: number) => column > 0 && column <= OFFICE_REPLIES.length;
  const pad = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  return `${lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')}\n`;
}

function proposalsIn(replies: NamedReplies[]): string {
  const proposed = replies.flatMap(({ name, proposed: one }) => (one ? [{ name, ...one }] : []));
  if (proposed.length === 0) return 'Nothing is proposed now.\n';
  const told = proposed.map(
    ({ name, position, alike, answers, yaml }) =>
      `\n# ${name}: ${position}, heard in ${alike} of ${answers} calls\n${yaml}`,
  );
  return `To paste below positions: in campaign.yaml, once you have a public source for it:\n${told.join('')}`;
}
