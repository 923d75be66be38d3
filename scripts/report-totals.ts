// npm run report -- SLUG: a campaign's totals, on the server.
import { join } from 'node:path';
import { countedCampaigns } from '../server/actions/tally-queries.ts';
import { type ReportTotals, readReportTotals, slugsOf } from '../server/actions/totals.ts';
import { type Dimension, REPORT_DIMENSIONS, totalsCsv } from '../server/actions/totals-csv.ts';
import { readUnknownCodes, readVisits } from '../server/actions/visit-queries.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { openReadOnly } from '../server/store/open-store.ts';
import { openLocales } from '../server/words/locale.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { comparedVariants } from './compared-variants.ts';
import { formerSlugsIn } from './former-slugs.ts';
import { rosterAtHand } from './roster-at-hand.ts';
import { totalsInWords } from './totals-in-words.ts';
import { TRIAL_TOTALS } from './trial-actions.ts';
import { unknownCodeLines } from './unknown-codes.ts';

/** How the totals are asked for. */
export const TOTALS_HELP = `npm run report -- SLUG [--format table|csv|json] [--by ${REPORT_DIMENSIONS.join('|')}] [--sample]
  Totals of a campaign: how many actions were completed, and by what. Variants are shown here and in reports alone.
  --format   table (for reading), csv or json; use 'npm run --silent report' to get these alone
  --by       one view alone
  --sample   the trial actions made on sample pages, instead of the real ones
`;

const LOCALES = join(import.meta.dirname, '../views/locales');

/** Prints the totals of the campaign that the arguments name. */
export async function printTotals(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'table' },
      by: { type: 'string' },
      sample: { type: 'boolean', default: false },
    },
  });
  const [slug] = positionals;
  if (!slug || positionals.length > 1) throw new UsageError('Name one campaign.');
  const format = oneOf(['table', 'csv', 'json'] as const, values.format, '--format');
  const by = values.by === undefined ? undefined : oneOf(REPORT_DIMENSIONS, values.by, '--by');

  const settings = readSettings(readEnvironment());
  const { campaigns, campaigns_read } = await readCampaigns(settings.campaigns_dir);
  const campaign = campaigns.find((known) => known.slug === slug);
  const folders = campaigns_read.map((known) => known.slug);
  const is_faulty = !campaign && folders.includes(slug);
  const former_slugs = is_faulty ? await formerSlugsOf(settings, slug) : (campaign?.former_slugs ?? []);
  const one = { slug, goal: campaign?.goal ?? 0, former_slugs };
  const { totals, visits, counted, others, unknown_codes } = await readFigures(
    settings,
    one,
    folders,
    values.sample,
  );
  if (format === 'table') {
    const { translate } = await openLocales(LOCALES);
    const at_hand = { allow_sample: true, now: new Date() };
    const roster = campaign && (await rosterAtHand(settings, campaign.state, at_hand));
    process.stdout.write(totalsInWords(totals, { by, campaign, roster, visits, t: translate('en') }));
  } else process.stdout.write(totalsAsData(totals, format, by));
  if (format === 'table' && (by === undefined || by === 'variant'))
    process.stdout.write(comparedVariants(totals.by_variant, campaign));
  if (format === 'table' && !values.sample && !is_faulty)
    process.stderr.write(unknownCodeLines(unknown_codes, campaign?.partners ?? []));
  if (format === 'table' && values.sample) process.stderr.write(TRIAL_TOTALS);
  if (is_faulty)
    process.stderr.write(
      `campaigns/${slug} has a fault, so its goal and its names are left out: npm run campaign -- check ${slug}\n`,
    );
  const isOfThis = (name: string) => [slug, ...former_slugs].includes(name);
  if (!counted.some(isOfThis) && others.some(isOfThis)) {
    const where = values.sample
      ? 'real actions: leave out --sample'
      : 'trial actions on sample pages: add --sample';
    process.stderr.write(`Nothing is counted here yet. There are ${where}.\n`);
    if (format === 'table' && !values.sample) process.stderr.write(TRIAL_TOTALS);
  }
}

/** The earlier names of a campaign whose files have a fault. Throws UsageError where they can't be known. */
async function formerSlugsOf({ campaigns_dir }: Settings, slug: string): Promise<string[]> {
  const former_slugs = await formerSlugsIn(join(campaigns_dir, slug));
  if (former_slugs) return former_slugs;
  throw new UsageError(
    `campaigns/${slug} has a fault, so what was counted under earlier names can't be found: npm run campaign -- check ${slug}`,
  );
}

/** The totals of a campaign that has a folder or of which anything was counted, and what else was counted. */
async function readFigures(
  settings: Settings,
  campaign: { slug: string; goal: number; former_slugs: string[] },
  folders: string[],
  is_sample: boolean,
) {
  const { read, close } = await openReadOnly(settings.database_url);
  try {
    const { slug } = campaign;
    const counted = await countedCampaigns(read, is_sample);
    if (!folders.includes(slug) && !counted.includes(slug)) {
      const known = [...new Set([...folders, ...counted])];
      throw new UsageError(`There is no campaign '${slug}'. There are: ${known.join(', ') || 'none'}.`);
    }
    const totals = await readReportTotals({ read }, campaign, { is_sample, now: new Date() });
    const unknown_codes = await readUnknownCodes(read, slugsOf(campaign));
    const visits = await readVisits(read, slugsOf(campaign), { is_sample });
    return { totals, visits, counted, others: await countedCampaigns(read, !is_sample), unknown_codes };
  } finally {
    await close();
  }
}

/** Totals as the command prints them for programs, of every view or of one. */
export function totalsAsData(
  totals: ReportTotals,
  format: 'csv' | 'json',
  by: Dimension | undefined,
): string {
  if (format === 'csv') return totalsCsv(totals, by);
  return `${JSON.stringify(by ? { [`by_${by}`]: totals[`by_${by}`] } : totals, null, 2)}\n`;
}
