import type { Store } from '../store/open-store.ts';
import type { ReportLink } from './report-token.ts';

/** A link as it is kept. */
export interface KeptReportLink extends ReportLink {
  created_at: string;
  /** ISO date and time in UTC; '' while it holds. */
  revoked_at: string;
}

/** Writes a new link down: without that it opens nothing. */
export async function keepReportLink(store: Store, link: KeptReportLink): Promise<void> {
  await store.transaction((trx) =>
    trx
      .insertInto('report_links')
      .values({ ...link })
      .execute(),
  );
}

/** The links of a campaign under every slug that it has or had, newest first. */
export async function listReportLinks(
  { read }: Pick<Store, 'read'>,
  slugs: readonly string[],
): Promise<KeptReportLink[]> {
  return read
    .selectFrom('report_links')
    .where('campaign_slug', 'in', slugs)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .selectAll()
    .execute();
}

/** Whether a link was written down and has not been revoked since. */
export async function isReportLinkKept(
  { read }: Pick<Store, 'read'>,
  { id, campaign_slug, partner }: ReportLink,
): Promise<boolean> {
  const row = await read
    .selectFrom('report_links')
    .where('id', '=', id)
    .where('campaign_slug', '=', campaign_slug)
    .where('partner', '=', partner)
    .select('revoked_at')
    .executeTakeFirst();
  return row?.revoked_at === '';
}

/** What was revoked, and what holds after that. */
export interface RevokedLinks {
  /** Newest first; empty where nothing that fits still held. */
  revoked: KeptReportLink[];
  /** All other links of the campaign that are neither revoked nor over, newest first. */
  holding: KeptReportLink[];
}

/**
 * Revokes links of a campaign: the one of an id, all of a partner, or all. One that is over already can be revoked by its id
 * alone.
 */
export async function revokeReportLinks(
  store: Pick<Store, 'transaction'>,
  slugs: readonly string[],
  { which, now }: { which: { id?: string; partner?: string }; now: Date },
): Promise<RevokedLinks> {
  return store.transaction(async (trx) => {
    const unrevoked = (await listReportLinks({ read: trx }, slugs)).filter(({ revoked_at }) => !revoked_at);
    const isHolding = ({ expires_at }: KeptReportLink) => expires_at > now.toISOString();
    const isMeant = (link: KeptReportLink) =>
      which.id === undefined
        ? isHolding(link) && (which.partner === undefined || link.partner === which.partner)
        : link.id === which.id;
    const revoked = unrevoked.filter(isMeant);
    for (const { id } of revoked)
      await trx
        .updateTable('report_links')
        .set({ revoked_at: now.toISOString() })
        .where('id', '=', id)
        .execute();
    return { revoked, holding: unrevoked.filter((link) => !isMeant(link) && isHolding(link)) };
  });
}
