// npm run campaign -- check | sync | schema: what is wrong with campaigns, and what is known of their bills.
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { campaignJsonSchema } from '../server/campaigns/campaign-schema.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { formatFault } from '../server/errors.ts';
import { checkCorrections } from '../server/legislators/check-corrections.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { sync } from './campaign-sync.ts';
import { oneOf, readArguments, runCommand, UsageError } from './command-line.ts';

const HELP = `npm run campaign -- check [SLUG]
  Every fault of every campaign, or of one, as file:line:column: what is wrong and how to mend it. Texts that are missing
  in one of its languages are listed too, with what is shown instead; they are no faults. Without SLUG also every fault
  of your corrections of legislators (legislators.overrides.yaml), which are compared with the real ones at hand, and
  hints: what is better mended, and fails nothing.

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
  if (command === 'check' && rest.length === 0) return check({ campaigns_dir, data_dir }, slug);
  if (command === 'schema' && slug === undefined) {
    return writeFileSync(join(campaigns_dir, 'campaign.schema.json'), campaignJsonSchema());
  }
  throw new UsageError(
    command === 'sync' ? 'sync takes one campaign: sync SLUG.' : 'Say check, sync or schema.',
  );
}

/** Where things are kept. */
interface Folders {
  campaigns_dir: string;
  data_dir: string;
}

async function check({ campaigns_dir, data_dir }: Folders, slug: string | undefined): Promise<void> {
  const read = await readCampaigns(campaigns_dir, interfaceLanguages());
  const slugs = read.campaigns_read.map((one) => one.slug);
  if (slug !== undefined && !slugs.includes(slug)) {
    throw new UsageError(`There is no campaign '${slug}'. There are: ${slugs.join(', ') || 'none'}.`);
  }
  const checked = read.campaigns_read.filter((one) => slug === undefined || one.slug === slug);
  const corrections = slug === undefined ? await readCorrections(campaigns_dir) : undefined;
  const compared = await checkCorrections(corrections?.corrections ?? [], {
    data_dir,
    now: () => new Date(),
  });
  const faults = [
    ...checked.flatMap((one) => one.faults),
    ...(corrections?.faults ?? []),
    ...compared.faults,
  ];
  const gaps = checked.flatMap((one) => one.gaps);
  const hints = corrections?.hints ?? [];
  for (const fault of [...faults, ...gaps, ...compared.notes, ...hints])
    process.stdout.write(`${formatFault(fault)}\n`);
  for (const sentence of compared.unchecked) process.stderr.write(`${sentence}\n`);
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const found = [
    count(checked.length, 'campaign'),
    ...(corrections?.corrections.length ? [count(corrections.corrections.length, 'correction')] : []),
    faults.length === 0 ? 'no faults' : count(faults.length, 'fault'),
    // These stop nothing: another language stands in.
    ...(gaps.length === 0 ? [] : [`${count(gaps.length, 'text')} missing in a language`]),
    ...(compared.notes.length === 0 ? [] : [`${count(compared.notes.length, 'correction')} to take out`]),
    // They hold as they are.
    ...(hints.length === 0 ? [] : [count(hints.length, 'hint')]),
  ];
  process.stderr.write(`${found.join(', ')}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

/** The languages that the program itself speaks: each has a file of its strings. */
function interfaceLanguages(): string[] {
  const files = readdirSync(join(import.meta.dirname, '../views/locales'));
  return files.map((file) => basename(file, '.json')).toSorted();
}

await runCommand('campaign', main);
