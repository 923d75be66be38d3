// npm run report -- links | revoke: who may see a campaign's report, and who may no longer.
import { slugsOf } from '../server/actions/totals.ts';
import { calendarDay } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { stateFacts } from '../server/legislators/states.ts';
import {
  type KeptReportLink,
  listReportLinks,
  type RevokedLinks,
  revokeReportLinks,
} from '../server/reports/report-link-queries.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { type Opened, withCampaign } from './counted-campaign.ts';

/** How links to reports are listed and revoked. */
export const LINKS_HELP = `npm run report -- links SLUG [--format table|json]
  The links that were made, whose they are, until which day of the state they are good, and which were revoked.

npm run report -- revoke SLUG ID
npm run report -- revoke SLUG --partner CODE
npm run report -- revoke SLUG --all
  Ends a link at once, or all that a partner has, or all of the campaign. ID is the first part of the address after link=, up
  to the dot, and stands in the list of links. The address, pasted whole, does as well.
`;

/** Lists the links of a campaign. */
export async function printLinks(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'table' } },
  });
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  if (positionals.length > 1) throw new UsageError('Name one campaign.');
  await withCampaign(positionals[0], async ({ campaign, store, now }) => {
    const links = await listReportLinks(store, slugsOf(campaign));
    process.stdout.write(
      format === 'json' ? `${JSON.stringify(links, null, 2)}\n` : linksInWords(links, campaign, now),
    );
  });
}

/** Links as lines for reading; days are those of the state, as on the page of the report. */
export function linksInWords(
  links: readonly KeptReportLink[],
  { slug, state, partners }: Campaign,
  now: Date,
): string {
  if (links.length === 0) return `No link was made yet: npm run report -- link ${slug}\n`;
  const dayOf = (iso: string) => calendarDay(new Date(iso), stateFacts(state).time_zone);
  const untilOf = ({ expires_at, revoked_at }: KeptReportLink) => {
    if (revoked_at) return `revoked ${dayOf(revoked_at)}`;
    return `${expires_at <= now.toISOString() ? 'expired' : 'good until'} ${dayOf(expires_at)}`;
  };
  return links
    .map((link) => {
      const whose = (link.partner || 'organizer').padEnd(20);
      const is_known = link.partner === '' || partners.some(({ code }) => code === link.partner);
      const unknown = is_known ? '' : '  (no partner of the campaign any more: revoke it)';
      return `${link.id}  ${whose}  made ${dayOf(link.created_at)}  ${untilOf(link)}${unknown}\n`;
    })
    .join('');
}

/** Revokes links of a campaign. */
export async function revokeLink(args: string[]): Promise<void> {
  const asked = readAsked(args);
  await withCampaign(asked.slug, async (opened) => void process.stdout.write(await revoke(asked, opened)));
}

/** The same on what is open; gives back what is said of it. UsageError where an argument does not fit. */
export async function revokeIn(
  args: string[],
  opened: Pick<Opened, 'campaign' | 'store' | 'now'>,
): Promise<string> {
  return revoke(readAsked(args), opened);
}

function readAsked(args: string[]) {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string' }, all: { type: 'boolean', default: false } },
  });
  const [slug, typed, ...rest] = positionals;
  const { partner, all } = values;
  const ways = [typed !== undefined, partner !== undefined, all].filter(Boolean).length;
  if (!slug || ways !== 1 || rest.length > 0)
    throw new UsageError('revoke takes a campaign and the id of a link, or --partner CODE, or --all.');
  if (partner === '') throw new UsageError('--partner is the code of a partner.');
  // Pasted whole, an address or its token does as well.
  const id = typed && (/link=([^&]*)/.exec(typed)?.[1] ?? typed).split('.')[0]!;
  return { slug, id, partner };
}

async function revoke(
  { id, partner }: ReturnType<typeof readAsked>,
  { campaign, store, now }: Pick<Opened, 'campaign' | 'store' | 'now'>,
): Promise<string> {
  const { slug } = campaign;
  const which = { ...(id !== undefined && { id }), ...(partner !== undefined && { partner }) };
  const done = await revokeReportLinks(store, slugsOf(campaign), { which, now });
  if (done.revoked.length > 0) return revokedInWords(done, id, campaign);
  const none = id === undefined ? 'link' : `link '${id}'`;
  const whose = partner === undefined ? 'This campaign has' : `The partner '${partner}' has`;
  throw new UsageError(`${whose} no ${none} that still held. They are: npm run report -- links ${slug}`);
}

function revokedInWords(
  { revoked, holding }: RevokedLinks,
  id: string | undefined,
  { slug }: Campaign,
): string {
  const ids = revoked.map((one) => one.id);
  const said = `Revoked: ${ids.join(', ')} ${ids.length === 1 ? 'opens' : 'open'} nothing any more.\n`;
  if (id === undefined) return said;
  const { partner } = revoked[0]!;
  const more = holding.filter((one) => one.partner === partner).map((one) => one.id);
  if (more.length === 0) return said;
  const links = more.length === 1 ? '1 more link that holds' : `${more.length} more links that hold`;
  const all = partner ? ` To end all: npm run report -- revoke ${slug} --partner ${partner}` : '';
  return `${said}${partner || 'The organizer'} has ${links}: ${more.join(', ')}.${all}\n`;
}
