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

/** Revokes a link of a campaign; false where it has none by that id that still held. */
export async function revokeReportLink(
  store: Store,
  slugs: readonly string[],
  { id, revoked_at }: { id: string; revoked_at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await store.transaction((trx) =>
    trx
      .updateTable('report_links')
      .set({ revoked_at })
      .where('id', '=', id)
      .where('campaign_slug', 'in', slugs)
      .where('revoked_at', '=', '')
      .executeTakeFirst(),
  );
  return Number(numUpdatedRows) === 1;
}
