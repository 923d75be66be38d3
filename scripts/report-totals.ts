// npm run report -- SLUG: a campaign's totals, on the server.
import { join } from 'node:path';
import { countedCampaigns } from '../server/actions/action-queries.ts';
import { type ReportTotals, readReportTotals, slugsOf } from '../server/actions/totals.ts';
import { type Dimension, REPORT_DIMENSIONS, totalsCsv, totalsRows } from '../server/actions/totals-csv.ts';
import { readUnknownCodes } from '../server/actions/visit-queries.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { correctRosters } from '../server/legislators/corrected-rosters.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import { readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { openReadOnly } from '../server/store/open-store.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { comparedVariants } from './compared-variants.ts';
import { formerSlugsIn } from './former-slugs.ts';
import { textTable } from './text-table.ts';
import { unknownCodeLines } from './unknown-codes.ts';

/** How the totals are asked for. */
export const TOTALS_HELP = `npm run report -- SLUG [--format table|csv|json] [--by ${REPORT_DIMENSIONS.join('|')}] [--sample]
  Totals of a campaign: how many actions were completed, and by what. Variants are shown here and in reports alone.
  --format   table (for reading), csv or json; use 'npm run --silent report' to get these alone
  --by       one view alone
  --sample   the trial actions made on sample pages, instead of the real ones
`;

const sample_dir = join(import.meta.dirname, '../sample-data');

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
  const { totals, counted, others, unknown_codes } = await readFigures(settings, one, folders, values.sample);
  const namesOf = format === 'table' ? await readNames(settings, campaign) : undefined;
  process.stdout.write(totalsText(totals, format, by, namesOf));
  if (format === 'table' && (by === undefined || by === 'variant'))
    process.stdout.write(comparedVariants(totals.by_variant, campaign));
  if (format === 'table' && !values.sample && !is_faulty)
    process.stderr.write(unknownCodeLines(unknown_codes, campaign?.partners ?? []));
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
    return { totals, counted, others: await countedCampaigns(read, !is_sample), unknown_codes };
  } finally {
    await close();
  }
}

/** What a key of a view is called, where that is known. */
type NamesOf = (dimension: Dimension, key: string) => string | undefined;

/** Names of legislators from the roster at hand, of partners from the campaign. */
async function readNames(settings: Settings, campaign: Campaign | undefined): Promise<NamesOf> {
  const states = campaign ? [campaign.state] : [];
  const rosters = await openRosters({ ...settings, sample_dir, allow_sample: true, states });
  const corrections = await readCorrections(settings.campaigns_dir);
  const corrected = correctRosters({ rosters, corrections: () => corrections, now: () => new Date() });
  const roster = campaign && corrected.get(campaign.state);
  return (dimension, key) => {
    if (dimension === 'partner') return campaign?.partners.find((partner) => partner.code === key)?.name;
    if (dimension === 'variant' && key.endsWith('@')) return `${key.slice(0, -1)} without a variant`;
    if (dimension !== 'legislator') return undefined;
    const legislator = roster?.roster.legislator(key);
    return legislator && `${legislator.current_role.title} ${legislator.name}`;
  };
}

/** Totals as the command prints them, of every view or of one; `namesOf` is asked where they are for reading. */
export function totalsText(
  totals: ReportTotals,
  format: 'table' | 'csv' | 'json',
  by: Dimension | undefined,
  namesOf: NamesOf = () => undefined,
): string {
  if (format === 'csv') return totalsCsv(totals, by);
  if (format === 'json')
    return `${JSON.stringify(by ? { [`by_${by}`]: totals[`by_${by}`] } : totals, null, 2)}\n`;
  const head = `${totals.campaign_slug}: ${totals.completed_actions} completed action${totals.completed_actions === 1 ? '' : 's'}${totals.goal ? ` of ${totals.goal} hoped for` : ''}${totals.is_sample ? ' (samples)' : ''}
  reported by supporters ${totals.self_reported}, accepted by mail servers ${totals.server_accepted}, offline ${totals.offline}
  as of ${totals.as_of}; actions are counted, not people\n${correctedInWords(totals)}\n`;
  const rows = totalsRows(totals, by).map(({ dimension, key, status_code, actions, completed_actions }) => {
    const named = namesOf(dimension, key) ?? (key || (dimension === 'partner' ? 'no partner' : 'not said'));
    return [dimension, named, status_code, String(actions), String(completed_actions)];
  });
  return head + textTable([['by', 'what', 'outcome', 'actions', 'completed'], ...rows], 3);
}

/** That numbers were changed since they were counted, where they were: nobody is to be surprised by it. */
function correctedInWords({ campaign_slug, corrections }: ReportTotals): string {
  const count = corrections.length;
  if (count === 0) return '';
  return `  corrected ${count === 1 ? 'once' : `${count} times`}: npm run report -- corrections ${campaign_slug}\n`;
}
