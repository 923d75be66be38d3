// npm run campaign -- new | copy | check | preview | test-send | sync | schema: campaigns, from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignJsonSchema } from '../server/campaigns/campaign-schema.ts';
import { correctionsJsonSchema } from '../server/legislators/corrections-file.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { checkCampaigns } from './campaign-check.ts';
import { COPY_HELP, copyCampaign } from './campaign-copy.ts';
import { NEW_HELP, newAtTheTerminal } from './campaign-new.ts';
import { printPreview } from './campaign-preview.ts';
import { sync } from './campaign-sync.ts';
import { testSend } from './campaign-test-send.ts';
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

npm run campaign -- preview SLUG [--days 30] [--lang es]
  Two links by which a campaign can be seen before it is public: its page, and every text of it beside its file. They are good
  for 30 days, or for as many as --days says; nothing that is done by way of them is counted. --lang is the language of the
  pages. Use 'npm run --silent campaign' to get the links alone.

npm run campaign -- test-send SLUG --to me@example.org [--wording ally | --legislator ID | --division ID] [--lang es]
  Sends the e-mail that supporters would send to yourself, '[test]' before its subject: in the wording for allies, say, or as a
  legislator at hand gets it. What is not known stands in brackets. With MAIL_MODE=preview, as is usual, it is put into
  DATA_DIR/outbox and not sent. It never goes to anyone but the address after --to.

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
      grades: { type: 'boolean' },
      days: { type: 'string' },
      lang: { type: 'string' },
      to: { type: 'string' },
      wording: { type: 'string' },
      legislator: { type: 'string' },
      division: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const settings = readSettings(readEnvironment());
  const { campaigns_dir, data_dir, base_url } = settings;
  const [command, slug, ...rest] = positionals;
  const { days, lang, to, wording, legislator, division } = values;
  const is_one = slug !== undefined && rest.length === 0;
  checkOptions(command, values);
  if (command === 'new' && rest.length === 0) return newAtTheTerminal(slug, values, settings);
  if (command === 'copy' && slug !== undefined && rest.length === 1)
    return copyCampaign(slug, rest[0]!, { campaigns_dir, print: (text) => void process.stdout.write(text) });
  if (command === 'preview' && is_one) return printPreview(slug, { days, lang, now: now() }, settings);
  if (command === 'test-send' && is_one)
    return testSend(slug, { to, wording, legislator, division, lang, now: now() }, settings);
  if (command === 'sync' && is_one) {
    return sync(slug, oneOf(['text', 'json'] as const, values.format ?? 'text', '--format'), settings);
  }
  if (command === 'check' && rest.length === 0) {
    const format = oneOf(CHECK_FORMATS, values.format ?? 'text', '--format');
    const parts = { campaigns_dir, data_dir, base_url, now };
    return checkCampaigns(parts, slug, { format, with_grades: values.grades === true });
  }
  if (command === 'schema' && slug === undefined) {
    writeFileSync(join(campaigns_dir, 'campaign.schema.json'), campaignJsonSchema());
    return writeFileSync(join(campaigns_dir, 'legislators.overrides.schema.json'), correctionsJsonSchema());
  }
  const hints: Record<string, string> = {
    new: 'new takes one name, and options behind --: npm run campaign -- new clean-water --state fl',
    copy: 'copy takes two names, that of a campaign and a new one: copy OLD NEW.',
    preview: 'preview takes one campaign: preview SLUG.',
    'test-send': 'test-send takes one campaign: test-send SLUG --to me@example.org.',
    sync: 'sync takes one campaign: sync SLUG.',
  };
  throw new UsageError(hints[command ?? ''] ?? 'Say new, copy, check, preview, test-send, sync or schema.');
}

/** The commands that know each option. */
const OPTIONS: Record<string, string[]> = {
  ...Object.fromEntries(Object.keys(NEW_OPTIONS).map((name) => [name, ['new']])),
  format: ['check', 'sync'],
  grades: ['check'],
  days: ['preview'],
  lang: ['preview', 'test-send'],
  to: ['test-send'],
  wording: ['test-send'],
  legislator: ['test-send'],
  division: ['test-send'],
};

/** An option that a command does not know would be passed over without a word. */
function checkOptions(command: string | undefined, values: Record<string, unknown>): void {
  for (const [option, commands] of Object.entries(OPTIONS))
    if (Object.hasOwn(values, option) && !commands.includes(command ?? ''))
      throw new UsageError(`--${option} goes with ${commands.join(' and ')} SLUG.`);
}

await runCommand('campaign', main);
