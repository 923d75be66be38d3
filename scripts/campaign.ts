// npm run campaign -- check | sync | schema: campaigns, from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignJsonSchema } from '../server/campaigns/campaign-schema.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { checkCampaigns } from './campaign-check.ts';
import { sync } from './campaign-sync.ts';
import { oneOf, readArguments, runCommand, UsageError } from './command-line.ts';

const now = () => new Date();

const HELP = `npm run campaign -- check [SLUG]
  Every fault of every campaign, or of one, as file:line:column: what is wrong and how to mend it. A fault keeps a campaign
  from running, and makes the command fail; what follows stops nothing. Warnings: texts that nobody gets or that do not fit
  all who say them, people who are not among the real legislators at hand, positions that differ from what was kept of the
  bills. Texts that are missing in one of its languages, with what is shown instead. Texts that say of themselves that they
  need review. Without SLUG also every fault of your corrections of legislators (legislators.overrides.yaml), which are
  compared with the real ones at hand, hints: what is better mended, and Statehouse's own texts that need review.

npm run campaign -- sync SLUG [--format json]
  Fetches from OpenStates, with your key (OPENSTATES_API_KEY), what is known of the campaign's bills and their companions:
  where each is, who sponsors it, who voted how, and who sits on the committee that has it. A bill that can't be fetched
  stays as it was at hand. The running app takes in what is new within a minute. Says of each roll call whether it sets
  positions. --format json prints the report as JSON; use 'npm run --silent campaign' to get it alone.

npm run campaign -- schema
  Writes campaigns/campaign.schema.json anew, by which editors complete and check campaign.yaml.
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { format: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const settings = readSettings(readEnvironment());
  const { campaigns_dir, data_dir } = settings;
  const [command, slug, ...rest] = positionals;
  if (command === 'sync' && slug !== undefined && rest.length === 0) {
    return sync(slug, oneOf(['text', 'json'] as const, values.format ?? 'text', '--format'), settings);
  }
  if (values.format !== undefined) throw new UsageError('--format goes with sync SLUG.');
  if (command === 'check' && rest.length === 0) return checkCampaigns({ campaigns_dir, data_dir, now }, slug);
  if (command === 'schema' && slug === undefined) {
    return writeFileSync(join(campaigns_dir, 'campaign.schema.json'), campaignJsonSchema());
  }
  throw new UsageError(
    command === 'sync' ? 'sync takes one campaign: sync SLUG.' : 'Say check, sync or schema.',
  );
}

await runCommand('campaign', main);
