// npm run campaign -- check | sync | schema: campaigns, from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignJsonSchema } from '../server/campaigns/campaign-schema.ts';
import { correctionsJsonSchema } from '../server/legislators/corrections-file.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { checkCampaigns } from './campaign-check.ts';
import { sync } from './campaign-sync.ts';
import { CHECK_FORMATS } from './check-formats.ts';
import { oneOf, readArguments, runCommand, UsageError } from './command-line.ts';

const now = () => new Date();

const HELP = `npm run campaign -- check [SLUG] [--grades] [--format json|github]
  Every fault of every campaign, or of one, as file:line:column: what is wrong and how to mend it. A fault keeps a campaign
  from running, and makes the command fail; what follows stops nothing. Warnings: texts that are hard to read or too long,
  that nobody gets or that do not fit all who say them, days that are past, people who are not among the real legislators at
  hand, positions that differ from what was kept of the bills. Texts that are missing in one of its languages, with what is
  shown instead. Hints: what is better mended. Without SLUG also every fault of your corrections of legislators
  (legislators.overrides.yaml), which are compared with the real ones at hand. --grades also tells how hard each text is to
  read. --format json prints a list of {kind, file, line, column, message}; --format github prints what GitHub Actions shows
  beside the lines. Use 'npm run --silent campaign' to get them alone.

npm run campaign -- sync SLUG [--format json]
  Fetches from OpenStates, with your key (OPENSTATES_API_KEY), what is known of the campaign's bills and their companions:
  where each is, who sponsors it, who voted how, and who sits on the committee that has it. A bill that can't be fetched
  stays as it was at hand. The running app takes in what is new within a minute. Says of each roll call whether it sets
  positions. --format json prints the report as JSON; use 'npm run --silent campaign' to get it alone.

npm run campaign -- schema
  Writes campaigns/campaign.schema.json and legislators.overrides.schema.json anew, by which editors complete, explain and
  check campaign.yaml and the corrections.
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      grades: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const settings = readSettings(readEnvironment());
  const { campaigns_dir, data_dir } = settings;
  const [command, slug, ...rest] = positionals;
  if (command === 'sync' && slug !== undefined && rest.length === 0) {
    return sync(slug, oneOf(['text', 'json'] as const, values.format ?? 'text', '--format'), settings);
  }
  if (command === 'check' && rest.length === 0) {
    const format = oneOf(CHECK_FORMATS, values.format ?? 'text', '--format');
    return checkCampaigns({ campaigns_dir, data_dir, now }, slug, { format, with_grades: values.grades });
  }
  if (values.format !== undefined) throw new UsageError('--format goes with check and with sync SLUG.');
  if (command === 'schema' && slug === undefined) {
    writeFileSync(join(campaigns_dir, 'campaign.schema.json'), campaignJsonSchema());
    return writeFileSync(join(campaigns_dir, 'legislators.overrides.schema.json'), correctionsJsonSchema());
  }
  throw new UsageError(
    command === 'sync' ? 'sync takes one campaign: sync SLUG.' : 'Say check, sync or schema.',
  );
}

await runCommand('campaign', main);
