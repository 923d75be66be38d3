// npm run campaign -- new | copy | check | sync | schema: campaigns, from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignJsonSchema } from '../server/campaigns/campaign-schema.ts';
import { correctionsJsonSchema } from '../server/legislators/corrections-file.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { checkCampaigns } from './campaign-check.ts';
import { COPY_HELP, copyCampaign } from './campaign-copy.ts';
import { NEW_HELP, newAtTheTerminal } from './campaign-new.ts';
import { sync } from './campaign-sync.ts';
import { CHECK_FORMATS } from './check-formats.ts';
import { oneOf, readArguments, runCommand, UsageError } from './command-line.ts';
import { NEW_OPTIONS } from './new-flags.ts';

const now = () => new Date();

const HELP = `${NEW_HELP}
${COPY_HELP}
npm run campaign -- check [SLUG] [--grades] [--format json|github]
  Every fault of every campaign, or of one, as file:line:column: what is wrong and how to mend it. A fault keeps a campaign
  from running, and makes the command fail; what follows stops nothing. Warnings: places where something is still to be
  written, texts that are hard to read or too long, that nobody gets or that do not fit all who say them, days that are past,
  people who are not among the real legislators at hand, positions that differ from what was kept of the bills, flyers that
  do not fit their paper. Texts that are missing in one of its languages, with what is shown instead, and those that are
  still to be reviewed. Hints: what is better mended. Without SLUG also every fault of your corrections of legislators
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
      ...NEW_OPTIONS,
      format: { type: 'string' },
      grades: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const settings = readSettings(readEnvironment());
  const { campaigns_dir, data_dir, base_url } = settings;
  const [command, slug, ...rest] = positionals;
  if (command === 'new' && rest.length === 0) return newAtTheTerminal(slug, values, settings);
  const stray = Object.keys(NEW_OPTIONS).find((name) => Object.hasOwn(values, name));
  if (stray !== undefined) throw new UsageError(`--${stray} goes with new SLUG.`);
  if (command === 'copy' && slug !== undefined && rest.length === 1)
    return copyCampaign(slug, rest[0]!, { campaigns_dir, print: (text) => void process.stdout.write(text) });
  if (command === 'sync' && slug !== undefined && rest.length === 0) {
    return sync(slug, oneOf(['text', 'json'] as const, values.format ?? 'text', '--format'), settings);
  }
  if (command === 'check' && rest.length === 0) {
    const format = oneOf(CHECK_FORMATS, values.format ?? 'text', '--format');
    const parts = { campaigns_dir, data_dir, base_url, now };
    return checkCampaigns(parts, slug, { format, with_grades: values.grades });
  }
  if (values.format !== undefined) throw new UsageError('--format goes with check and with sync SLUG.');
  if (command === 'schema' && slug === undefined) {
    writeFileSync(join(campaigns_dir, 'campaign.schema.json'), campaignJsonSchema());
    return writeFileSync(join(campaigns_dir, 'legislators.overrides.schema.json'), correctionsJsonSchema());
  }
  const hints: Record<string, string> = {
    new: 'new takes one name: new clean-water.',
    copy: 'copy takes two names, that of a campaign and a new one: copy OLD NEW.',
    sync: 'sync takes one campaign: sync SLUG.',
  };
  throw new UsageError(hints[command ?? ''] ?? 'Say new, copy, check, sync or schema.');
}

await runCommand('campaign', main);
