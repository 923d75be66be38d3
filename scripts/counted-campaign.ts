// The campaign that a command counts for, and the database that its numbers are in.
import { recountDue } from '../server/actions/tally-check-queries.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { zoneOfDivision } from '../server/legislators/states.ts';
import { checkDataDir, readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { openStore, type Store } from '../server/store/open-store.ts';
import { UsageError } from './command-line.ts';

/** The campaign that a command names, whose files must be without a fault, and the settings; UsageError where there is none such. */
export async function findCampaign(
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

/** Runs `fn` for the campaign that a command names, on the database that the running app writes to. UsageError as above. */
export async function withCampaign<T>(
  slug: string | undefined,
  fn: (opened: { campaign: Campaign; store: Store; settings: Settings }) => Promise<T>,
): Promise<T> {
  const { campaign, settings } = await findCampaign(slug);
  checkDataDir(settings.data_dir);
  const store = await openStore(settings.database_url);
  try {
    // Where this opens a database that an older version left, nobody else has counted anew yet.
    await recountDue(store, zoneOfDivision);
    return await fn({ campaign, store, settings });
  } finally {
    await store.close();
  }
}
