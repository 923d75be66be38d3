// npm run campaign -- check | schema: campaigns, from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTHING_KNOWN } from '../server/bills/known-bills.ts';
import { campaignJsonSchema } from '../server/campaigns/campaign-schema.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { checkCampaigns } from './campaign-check.ts';
import { readArguments, runCommand, UsageError } from './command-line.ts';

const HELP = `npm run campaign -- check [SLUG]
  Every fault of every campaign, or of one, as file:line:column: what is wrong and how to mend it. A fault keeps a campaign
  from running, and makes the command fail; what follows stops nothing. Warnings: texts that nobody gets or that do not fit
  all who say them, people who are not among the real legislators at hand, positions that differ from what was kept of the
  bills. Texts that are missing in one of its languages, with what is shown instead. Without SLUG also every fault of your
  corrections of legislators (legislators.overrides.yaml), which are compared with the real ones at hand, and hints: what
  is better mended.

npm run campaign -- schema
  Writes campaigns/campaign.schema.json anew, by which editors complete and check campaign.yaml.
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const { campaigns_dir, data_dir } = readSettings(readEnvironment());
  const [command, slug, ...rest] = positionals;
  if (command === 'check' && rest.length === 0) {
    const knownBills = async () => NOTHING_KNOWN;
    return checkCampaigns({ campaigns_dir, data_dir, now: () => new Date(), knownBills }, slug);
  }
  if (command === 'schema' && slug === undefined) {
    return writeFileSync(join(campaigns_dir, 'campaign.schema.json'), campaignJsonSchema());
  }
  throw new UsageError('Say check or schema.');
}

await runCommand('campaign', main);
