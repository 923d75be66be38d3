// npm run mail -- status: what waits, what went, and what did not.

import type { Campaign } from '../server/campaigns/campaign.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { sendsToNoSamples } from '../server/mail/sends-nothing.ts';
import {
  checkDataDir,
  missingForLinks,
  missingForMail,
  readEnvironment,
  readSettings,
  type Settings,
} from '../server/settings.ts';
import { openReadOnly } from '../server/store/open-store.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { readStatus } from './mail-status-read.ts';
import { statusInWords } from './mail-status-words.ts';
import { rosterAtHand } from './roster-at-hand.ts';

/** How the status is asked for. */
export const STATUS_HELP = `npm run mail -- status [--format table|json]
  The e-mails that this site sends for supporters: by campaign, how many wait (to be confirmed, for you, for their turn), how
  many went, came back or failed, and why; the mails that are to be handed to the mail server; and the addresses that nothing
  is sent to any more.
  Use 'npm run --silent mail -- status --format json' to get the data alone. No person is named in it.
`;

/** Prints where the e-mails of supporters are. */
export async function printStatus(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'table' } },
  });
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  if (positionals.length > 0) throw new UsageError('status takes no name: it tells of every campaign.');
  const settings = readSettings(readEnvironment());
  checkDataDir(settings.data_dir);
  const store = await openReadOnly(settings.database_url);
  try {
    const now = new Date();
    const mail_mode = settings.sends_mail ? 'live' : 'preview';
    const { campaigns } = await readCampaigns(settings.campaigns_dir);
    const status = await readStatus(store, { mail_mode, now });
    process.stdout.write(
      format === 'json' ? `${JSON.stringify(status, null, 2)}\n` : statusInWords(status, campaigns),
    );
    for (const warning of settings.sends_mail ? await samplesInWords(settings, campaigns, now) : [])
      process.stderr.write(`${warning}\n`);
    for (const missing of [...missingForMail(settings), ...missingForLinks(settings)])
      process.stderr.write(`${missing}\n`);
  } finally {
    await store.close();
  }
}

/** Which campaigns ask in vain to have e-mails sent: nothing goes to made-up legislators. */
async function samplesInWords(
  settings: Settings,
  campaigns: readonly Campaign[],
  now: Date,
): Promise<string[]> {
  const told: string[] = [];
  for (const { slug, state } of campaigns.filter(({ status, email }) => status === 'live' && email.send)) {
    const roster = await rosterAtHand(settings, state, { allow_sample: true, now });
    if (roster?.is_sample) told.push(`${slug}: ${sendsToNoSamples(state)}`);
  }
  return told;
}
