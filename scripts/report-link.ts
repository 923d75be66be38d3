// npm run report -- link | links | revoke: who may see a campaign's report, without accounts.
import { randomBytes } from 'node:crypto';
import { slugsOf } from '../server/actions/totals.ts';
import { dayInWords } from '../server/calendar.ts';
import { keepReportLink, listReportLinks, revokeReportLink } from '../server/reports/report-link-queries.ts';
import { createReportTokens, REPORT_DAYS } from '../server/reports/report-token.ts';
import type { Settings } from '../server/settings.ts';
import { secretsOf } from './campaign-preview.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { withCampaign } from './counted-campaign.ts';

/** Longest time that a link may be good, in days. */
const MOST_DAYS = 366;

/** How links to reports are made, listed and revoked. */
export const LINK_HELP = `npm run report -- link SLUG [--partner CODE] [--days ${REPORT_DAYS}]
  Prints the address of a report page, alone on its line. Whoever has the address sees the report: send it only to those who
  are to see it. The organizer's link shows all; a partner's shows its own figures and the coalition's total.

npm run report -- links SLUG [--format table|json]
  The links that were made, whose they are, until when they are good, and which were revoked.

npm run report -- revoke SLUG ID
  Ends a link at once. ID is the first part of its address after link=, up to the dot, and stands in the list of links.
`;

/** Makes a link and prints its address. */
export async function printLink(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string', default: '' }, days: { type: 'string' } },
  });
  const days = /^\d{1,3}$/.test(values.days ?? String(REPORT_DAYS)) ? Number(values.days ?? REPORT_DAYS) : 0;
  if (days < 1 || days > MOST_DAYS) throw new UsageError(`--days is a number from 1 to ${MOST_DAYS}.`);
  if (positionals.length > 1) throw new UsageError('Name one campaign.');
  await withCampaign(positionals[0], async ({ campaign, store, settings }) => {
    const { partner } = values;
    const known = campaign.partners.find(({ code }) => code === partner);
    if (partner !== '' && !known)
      throw new UsageError(
        `'${partner}' is no partner of this campaign. Its partners: ${campaign.partners.map(({ code }) => code).join(', ') || 'none'}.`,
      );
    const created = Math.floor(Date.now() / 1000) * 1000;
    const link = {
      // No hyphen at its beginning: it would be taken for an option.
      id: randomBytes(8).toString('hex').slice(0, 12),
      campaign_slug: campaign.slug,
      partner,
      expires_at: new Date(created + days * 86_400_000).toISOString(),
    };
    const token = createReportTokens({ secrets: secretsOf(settings) }).issue(link);
    await keepReportLink(store, { ...link, created_at: new Date(created).toISOString(), revoked_at: '' });
    process.stdout.write(`${reportAddress(settings, campaign.slug, token)}\n`);
    const shown = known
      ? `the figures of ${known.name} and the coalition's total`
      : 'all figures, those of every partner included';
    process.stderr.write(
      `Whoever has this address sees ${shown}, until ${dayInWords(link.expires_at.slice(0, 10), 'en')}. To end it before: npm run report -- revoke ${campaign.slug} ${link.id}\n`,
    );
  });
}

/** The address of a report for whoever has the token. */
function reportAddress({ base_url, port }: Settings, slug: string, token: string): string {
  return `${base_url ?? `http://localhost:${port}`}/reports/${slug}?link=${token}`;
}

/** Lists the links of a campaign. */
export async function printLinks(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'table' } },
  });
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  if (positionals.length > 1) throw new UsageError('Name one campaign.');
  await withCampaign(positionals[0], async ({ campaign, store }) => {
    const links = await listReportLinks(store, slugsOf(campaign));
    if (format === 'json') return void process.stdout.write(`${JSON.stringify(links, null, 2)}\n`);
    if (links.length === 0)
      return void process.stdout.write(`No link was made yet: npm run report -- link ${campaign.slug}\n`);
    const now = new Date().toISOString();
    for (const { id, partner, created_at, expires_at, revoked_at } of links) {
      const is_over = expires_at <= now;
      const until = revoked_at
        ? `revoked ${revoked_at.slice(0, 10)}`
        : `${is_over ? 'expired' : 'good until'} ${expires_at.slice(0, 10)}`;
      process.stdout.write(
        `${id}  ${(partner || 'organizer').padEnd(20)}  made ${created_at.slice(0, 10)}  ${until}\n`,
      );
    }
  });
}

/** Revokes a link of a campaign. */
export async function revokeLink(args: string[]): Promise<void> {
  const { positionals } = readArguments({ args, allowPositionals: true, options: {} });
  const [slug, typed, ...rest] = positionals;
  if (!typed || rest.length > 0) throw new UsageError('revoke takes a campaign and the id of a link.');
  // Pasted whole, an address or its token does as well.
  const id = (/link=([^&]*)/.exec(typed)?.[1] ?? typed).split('.')[0]!;
  await withCampaign(slug, async ({ campaign, store }) => {
    const is_revoked = await revokeReportLink(store, slugsOf(campaign), {
      id,
      revoked_at: new Date().toISOString(),
    });
    if (!is_revoked)
      throw new UsageError(
        `This campaign has no link '${id}' that still held. They are: npm run report -- links ${campaign.slug}`,
      );
    process.stdout.write(`Revoked: ${id} opens nothing any more.\n`);
  });
}
