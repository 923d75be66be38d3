// npm run report -- link: lets someone see a campaign's report, without accounts.
import { randomBytes } from 'node:crypto';
import { calendarDay, dayInWords } from '../server/calendar.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { keepReportLink } from '../server/reports/report-link-queries.ts';
import { createReportTokens, REPORT_DAYS } from '../server/reports/report-token.ts';
import type { Settings } from '../server/settings.ts';
import { secretsOf } from './campaign-preview.ts';
import { readArguments, UsageError } from './command-line.ts';
import { type Opened, withCampaign } from './counted-campaign.ts';

/** Longest time that a link may be good, in days. */
const MOST_DAYS = 366;

/** How links to reports are made. */
export const LINK_HELP = `npm run report -- link SLUG [--partner CODE] [--days ${REPORT_DAYS}]
  Prints the address of a report page, alone on its line. Whoever has the address sees the report: send it only to those who
  are to see it. The organizer's link shows all; a partner's shows its own figures and the coalition's total.
`;

/** Makes a link and prints its address. */
export async function printLink(args: string[]): Promise<void> {
  const asked = readAsked(args);
  await withCampaign(asked.slug, async (opened) => {
    const { address, said } = await makeLink(asked, opened);
    process.stdout.write(`${address}\n`);
    process.stderr.write(said);
  });
}

/** The same on what is open; gives back the address, and what is said of it. UsageError where an argument does not fit. */
export async function linkIn(args: string[], opened: Opened): Promise<{ address: string; said: string }> {
  return makeLink(readAsked(args), opened);
}

function readAsked(args: string[]) {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string' }, days: { type: 'string' } },
  });
  const days = /^\d{1,3}$/.test(values.days ?? String(REPORT_DAYS)) ? Number(values.days ?? REPORT_DAYS) : 0;
  if (days < 1 || days > MOST_DAYS) throw new UsageError(`--days is a number from 1 to ${MOST_DAYS}.`);
  if (positionals.length > 1) throw new UsageError('Name one campaign.');
  // A variable that is not set would give away everyone's figures.
  if (values.partner?.trim() === '')
    throw new UsageError(
      '--partner is empty. Write the code of a partner, or leave --partner out for your own link.',
    );
  return { slug: positionals[0], partner: values.partner ?? '', days };
}

async function makeLink(
  { partner, days }: ReturnType<typeof readAsked>,
  { campaign, store, settings, now }: Opened,
): Promise<{ address: string; said: string }> {
  const known = campaign.partners.find(({ code }) => code === partner);
  if (partner !== '' && !known)
    throw new UsageError(
      `'${partner}' is no partner of this campaign. Its partners: ${campaign.partners.map(({ code }) => code).join(', ') || 'none'}.`,
    );
  const created = Math.floor(now.getTime() / 1000) * 1000;
  const expires = new Date(created + days * 86_400_000);
  const link = {
    // No hyphen at its beginning: it would be taken for an option.
    id: randomBytes(8).toString('hex').slice(0, 12),
    campaign_slug: campaign.slug,
    partner,
    expires_at: expires.toISOString(),
  };
  const token = createReportTokens({ secrets: secretsOf(settings) }).issue(link);
  await keepReportLink(store, { ...link, created_at: new Date(created).toISOString(), revoked_at: '' });
  const shown = known
    ? `the figures of ${known.name} and the coalition's total`
    : 'all figures, those of every partner included';
  const until = dayInWords(calendarDay(expires, stateFacts(campaign.state).time_zone), 'en');
  return {
    address: reportAddress(settings, campaign.slug, token),
    said: `Whoever has this address sees ${shown}, until ${until}. To end it before: npm run report -- revoke ${campaign.slug} ${link.id}\n`,
  };
}

/** The address of a report for whoever has the token. */
function reportAddress({ base_url, port }: Settings, slug: string, token: string): string {
  return `${base_url ?? `http://localhost:${port}`}/reports/${slug}?link=${token}`;
}
