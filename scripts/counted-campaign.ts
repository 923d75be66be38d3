// The campaign that a command counts for, and the database that its numbers are in.
import { randomBytes } from 'node:crypto';
import { recountDue } from '../server/actions/tally-check-queries.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { zoneOfDivision } from '../server/legislators/states.ts';
import { checkDataDir, readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { openStore, type Store } from '../server/store/open-store.ts';
import { UsageError } from './command-line.ts';

/** What a command that counts runs on. */
export interface Opened {
  campaign: Campaign;
  store: Store;
  settings: Settings;
  now: Date;
  /** Random and short, for people copy it; a new one each time. It never begins with a dash, as an option does. */
  newId: () => string;
}

/** The campaign that a command names, whose files must be without a fault. UsageError where there is none. */
export async function namedCampaign(
  slug: string | undefined,
): Promise<{ campaign: Campaign; settings: Settings }> {
  if (!slug) throw new UsageError('Name one campaign.');
  const settings = readSettings(readEnvironment());
  const { campaigns, campaigns_read } = await readCampaigns(settings.campaigns_dir);
  const campaign = campaigns.find((known) => known.slug === slug);
  if (campaign) return { campaign, settings };
  const folders = campaigns_read.map((known) => known.slug);
  throw new UsageError(
    folders.includes(slug)
      ? `campaigns/${slug} has a fault: npm run campaign -- check ${slug}`
      : `There is no campaign '${slug}'. There are: ${folders.join(', ') || 'none'}.`,
  );
}

/**
 * Runs `fn` for one campaign, whose files must be without a fault, on the database that the running app writes to. UsageError
 * where there is no such campaign.
 */
export async function withCampaign<T>(
  slug: string | undefined,
  fn: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { campaign, settings } = await namedCampaign(slug);
  checkDataDir(settings.data_dir);
  const store = await openStore(settings.database_url);
  try {
    // Where this opens a database that an older version left, nobody else has counted anew yet.
    await recountDue(store, zoneOfDivision);
    const newId = () => randomBytes(4).toString('hex');
    return await fn({ campaign, store, settings, now: new Date(), newId });
  } finally {
    await store.close();
  }
}
