// npm run report -- corrections: what was entered, taken out and marked.

import { type MarkedBlock, readMarkedBlocks } from '../server/actions/mark-queries.ts';
import { readOfflineEntries } from '../server/actions/offline-queries.ts';
import { countedCampaigns, readCorrections } from '../server/actions/tally-queries.ts';
import { slugsOf } from '../server/actions/totals.ts';
import { calendarDay } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { atOneMoment } from '../server/store/one-moment.ts';
import { openReadOnly, type Store } from '../server/store/open-store.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { criteriaInWords } from './correction-words.ts';
import { namedCampaign } from './counted-campaign.ts';
import { clockInWords, hourInWords } from './state-hours.ts';
import { textTable } from './text-table.ts';
import { TRIAL_CORRECTIONS } from './trial-actions.ts';

/** How they are listed. */
export const CORRECTIONS_HELP = `npm run report -- corrections SLUG [--format table|json]
  What was entered offline, what was taken out or put back, and the marked blocks. A block is a group of neighboring internet
  addresses. One that sends more than 50 actions to a campaign on one day is marked from the next one on, under a random name
  that holds for that day: which addresses they were is not kept. It may be a flood, or a hall, a campus or a phone company.
`;

/** Prints the lists of the campaign that the arguments name. */
export async function printCorrections(args: string[]): Promise<void> {
  const options = { format: { type: 'string', default: 'table' } } as const;
  const { values, positionals } = readArguments({ args, allowPositionals: true, options });
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  if (positionals.length > 1) throw new UsageError('Name one campaign.');
  const { campaign, settings } = await namedCampaign(positionals[0]);
  const { read, close } = await openReadOnly(settings.database_url);
  try {
    const lists = await readLists(read, campaign);
    const tried = await countedCampaigns(read, true);
    process.stdout.write(
      format === 'json'
        ? `${JSON.stringify({ campaign_slug: campaign.slug, ...lists }, null, 2)}\n`
        : listsInWords(lists, campaign, new Date()),
    );
    if (format === 'table' && slugsOf(campaign).some((slug) => tried.includes(slug)))
      process.stderr.write(TRIAL_CORRECTIONS);
  } finally {
    await close();
  }
}

/** A campaign's offline entries, corrections and marked blocks, all at one moment. */
export function readLists(read: Store['read'], campaign: Campaign) {
  const slugs = slugsOf(campaign);
  return atOneMoment(read, async (trx) => ({
    offline_entries: await readOfflineEntries(trx, slugs),
    corrections: (await readCorrections(trx, slugs)).map((one) => ({
      ...one,
      criteria: JSON.parse(one.criteria),
    })),
    marked_blocks: await readMarkedBlocks(trx, slugs),
  }));
}

type Lists = Awaited<ReturnType<typeof readLists>>;

/** The lists as tables for reading; days and hours are those of the state. */
export function listsInWords(lists: Lists, campaign: Campaign, now: Date): string {
  const { time_zone } = stateFacts(campaign.state);
  const dayOf = (iso: string) => calendarDay(new Date(iso), time_zone);
  const partnerOf = (code: string) =>
    campaign.partners.find((one) => one.code === code)?.name ?? (code || 'no partner');
  const entries = lists.offline_entries.map((one) => [
    one.id,
    one.day,
    dayOf(one.entered_at),
    `${one.type}, ${one.status_code}`,
    partnerOf(one.partner),
    one.note,
    String(one.actions),
  ]);
  const corrections = lists.corrections.map((one) => [
    one.id,
    dayOf(one.made_at),
    one.kind === 'readmit'
      ? `put back what ${one.criteria.readmits} took out`
      : `taken out: ${criteriaInWords(one.criteria, campaign, now).join(', ')}`,
    one.reason,
    String(one.actions),
    String(one.completed_actions),
  ]);
  const blocks = lists.marked_blocks.map((one) => [
    one.block,
    hourInWords(one.first_hour, time_zone),
    hourInWords(one.last_hour, time_zone),
    partnersInWords(one, partnerOf),
    String(one.actions),
    String(one.excluded_actions),
  ]);
  return [
    listOf(
      'Offline entries',
      entries,
      ['id', 'day', 'entered on', 'outcome', 'partner', 'note', 'actions'],
      6,
    ),
    listOf('Corrections', corrections, ['id', 'made on', 'what', 'reason', 'actions', 'completed'], 4),
    listOf(
      `Marked blocks, hours in ${clockInWords(time_zone, now)}; the first 50 actions of a day are not marked`,
      blocks,
      ['block', 'first hour', 'last hour', 'partners', 'actions', 'taken out'],
      4,
    ),
  ].join('\n');
}

function listOf(title: string, rows: string[][], head: string[], texts: number): string {
  return `${title}\n${rows.length === 0 ? 'none\n' : textTable([head, ...rows], texts)}`;
}

function partnersInWords({ by_partner }: MarkedBlock, partnerOf: (code: string) => string): string {
  return by_partner.map(({ partner, actions }) => `${partnerOf(partner)} ${actions}`).join(', ');
}
