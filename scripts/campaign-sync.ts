// npm run campaign -- sync SLUG: fetches what is known of a campaign's bills, and says what came.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BillRef } from '../server/bills/bill-record.ts';
import { createBillSync, type SyncedBill } from '../server/bills/sync-bills.ts';
import { calendarDay } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { OperationalError } from '../server/errors.ts';
import { correctRoster } from '../server/legislators/correct-roster.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import { createOpenStates } from '../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../server/legislators/request-budget.ts';
import { stateFacts } from '../server/legislators/states.ts';
import type { Settings } from '../server/settings.ts';
import { billsAtHand } from './bills-at-hand.ts';
import { UsageError } from './command-line.ts';
import { peopleText, syncRows, syncText } from './sync-report.ts';

const now = () => new Date();
/** How often to see whether the next minute has begun. */
const LOOK_EVERY_MS = 2_000;

/**
 * Fetches the bills of a campaign and their companions, with progress on standard error and the report on standard output.
 * The command ends with 1 where one of the campaign's own bills could not be fetched; what was at hand of it stays.
 * UsageError where there is no such campaign; OperationalError `no_key` where OpenStates can't be asked.
 */
export async function sync(slug: string, format: 'text' | 'json', settings: Settings): Promise<void> {
  const { campaigns, campaigns_read } = await readCampaigns(settings.campaigns_dir);
  const slugs = campaigns_read.map((one) => one.slug);
  if (!slugs.includes(slug))
    throw new UsageError(`There is no campaign '${slug}'. There are: ${slugs.join(', ') || 'none'}.`);
  const campaign = campaigns.find((one) => one.slug === slug);
  if (!campaign)
    throw new OperationalError(
      'campaign_faulty',
      `The files of ${slug} have faults, so its bills are not known. Mend them first: npm run campaign -- check ${slug}`,
    );
  const synced = await fetchAll(campaign, settings);
  const rows = syncRows(campaign, synced);
  const people = await peopleOf(campaign, settings);
  const report = { campaign_slug: slug, bills: rows, ...people };
  const text = () => `${syncText(rows)}${people ? peopleText(people) : ''}`;
  process.stdout.write(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : text());
  const failed = synced.filter(({ result, is_companion }) => result === 'failed' && !is_companion);
  // What fails for all is told once.
  for (const message of new Set(failed.map(({ error }) => error!.message)))
    process.stderr.write(`${message}\n`);
  if (failed.length > 0) process.exitCode = 1;
}

/** Who could be told by the real legislators at hand; undefined where none are, with the reason on standard error where theirs are damaged. */
async function peopleOf(campaign: Campaign, { campaigns_dir, data_dir }: Settings) {
  const { state } = campaign;
  const rosters = await openRosters({ data_dir, sample_dir: '', allow_sample: false, states: [state] });
  if (rosters.damaged.length > 0)
    for (const { message } of rosters.faults) process.stderr.write(`${message}\n`);
  const { corrections } = await readCorrections(campaigns_dir);
  const today = calendarDay(now(), stateFacts(state).time_zone);
  const place = rosters.get(state);
  if (!place) return undefined;
  const { roster } = correctRoster(place, corrections, today);
  const { positions, unmatched } = await billsAtHand(campaign, { data_dir, roster, today });
  const told = new Set(positions.map(({ person_id }) => person_id));
  return {
    legislators_with_positions: roster.legislators.filter(({ id }) => told.has(id)).length,
    unmatched,
  };
}

async function fetchAll(campaign: Campaign, settings: Settings): Promise<SyncedBill[]> {
  const { data_dir, openstates_url: url, openstates_api_key: key } = settings;
  if (!key)
    throw new OperationalError(
      'no_key',
      'Bills are fetched with a key of OpenStates, which is free: get one at https://open.pluralpolicy.com/accounts/profile/ and put OPENSTATES_API_KEY=your-key into .env; without one the positions that you write into campaign.yaml work just as well.',
    );
  const budget = createRequestBudget({
    file: join(data_dir, 'openstates-requests.json'),
    per_minute: settings.openstates_per_minute,
    per_day: settings.openstates_per_day,
    now,
  });
  const client = createOpenStates({ url, key, budget, now });
  const begun = new Set<string>();
  const syncBills = createBillSync({
    client,
    data_dir,
    now,
    onBill: ({ identifier, session }) => {
      const line = `${identifier} of ${session} is being fetched …\n`;
      // Where the minute was used up it is begun anew.
      if (!begun.has(line)) process.stderr.write(line);
      begun.add(line);
    },
  });
  const { state } = campaign;
  const refs: BillRef[] = campaign.bills.map(({ session, identifier }) => ({ state, session, identifier }));
  for (let is_told = false; ; is_told = true) {
    try {
      return await syncBills(refs);
    } catch (error) {
      if (!(error instanceof OperationalError && error.code === 'openstates_minute_spent')) throw error;
      if (!is_told)
        process.stderr.write(
          'All that may be asked of OpenStates in this minute has been asked. It goes on by itself within a minute …\n',
        );
      await pause(LOOK_EVERY_MS);
    }
  }
}
