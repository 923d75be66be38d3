import { excludeActions, readmitActions } from '../../server/actions/correction-queries.ts';
import { noteReply } from '../../server/actions/office-replies.ts';
import { enterOffline } from '../../server/actions/offline-queries.ts';
import { createVisitLog } from '../../server/actions/visits.ts';
import type { Store } from '../../server/store/open-store.ts';
import type { KnownCorrection } from './known-corrections.ts';
import { zoneOfSlug } from './known-days.ts';
import type { KnownEntry } from './known-entries.ts';
import type { KnownReply } from './known-replies.ts';
import type { KnownVisit } from './known-visits.ts';
import { entryOf } from './write-known.ts';

/** Visits that are written together: fewer than there are codes of their own. */
const VISITS_AT_ONCE = 50;

/** Counts visits as pages do. */
export async function countVisits(store: Store, visits: Iterable<KnownVisit>): Promise<void> {
  let at = '';
  let waiting = 0;
  const log = createVisitLog({
    store,
    now: () => new Date(at),
    log: (_level, event) => {
      throw new Error(`the log of visits says: ${event}`);
    },
    write_every_ms: 3_600_000,
  });
  for (const { visit, moment } of visits) {
    at = moment;
    log.count(visit);
    waiting += 1;
    if (waiting % VISITS_AT_ONCE === 0) await log.flush();
  }
  await log.close();
}

/** Tells what offices said, one after the other; gives back those of which something else became than should. */
export async function noteReplies(store: Store, replies: Iterable<KnownReply>): Promise<KnownReply[]> {
  const wrong: KnownReply[] = [];
  for (const one of replies) {
    const { report, reply, outcome } = one;
    const told = await noteReply(store, { ...entryOf(report), reply }, new Date(report.moment));
    if (told !== outcome) wrong.push(one);
  }
  return wrong;
}

/** Enters what was counted elsewhere. */
export async function enterAll(store: Store, entries: Iterable<KnownEntry>): Promise<void> {
  for (const { entry, entered_at } of entries)
    await enterOffline(store, entry, {
      time_zone: zoneOfSlug(entry.campaign_slug),
      now: new Date(entered_at),
    });
}

/** Corrects what was counted; an Error where there is nothing to correct. Gives back how many actions went or came. */
export async function correct(store: Store, correction: KnownCorrection): Promise<number> {
  const { id, campaign, made_at, reason } = correction;
  const corrected = { slugs: [campaign.slug, ...campaign.former_slugs], time_zone: campaign.time_zone };
  const entry = { id, campaign_slug: campaign.slug, made_at, reason };
  const groups =
    correction.kind === 'exclude'
      ? await excludeActions(store, corrected, { ...entry, criteria: correction.criteria })
      : await readmitActions(store, corrected, { ...entry, readmits: correction.readmits });
  if (typeof groups === 'string' || groups.length === 0)
    throw new Error(`the correction ${id} has nothing to correct: ${groups}`);
  return groups.reduce((sum, { count }) => sum + count, 0);
}
