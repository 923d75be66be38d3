import type { CountedCampaign } from '../actions/totals.ts';
import { describeError, type Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import { lastDayOver, publishDue } from './published-tables.ts';

/** How often to see whether a day is over. */
const LOOK_EVERY_MS = 5 * 60_000;

/** A campaign whose tables are published, with the zone whose days are counted. */
export interface PublishingCampaign extends CountedCampaign {
  time_zone: string;
}

/**
 * Publishes what is due of each campaign, now and then every few minutes: once a day for each, and at the start whatever days
 * passed meanwhile. What fails is logged and tried again at the next look. `stop` waits for what is under way.
 */
export function keepPublishing({
  store,
  campaigns,
  now,
  log,
  look_every_ms = LOOK_EVERY_MS,
}: {
  store: Store;
  /** Those that everyone may see, as they are now. */
  campaigns: () => PublishingCampaign[];
  now: () => Date;
  log: Log;
  look_every_ms?: number;
}): { stop: () => Promise<void> } {
  /** By slug, the last day that was taken in. */
  const done = new Map<string, string>();
  let is_stopped = false;

  const publish = async (campaign: PublishingCampaign) => {
    const { slug, time_zone } = campaign;
    const moment = now();
    const last = lastDayOver(moment, time_zone);
    if (is_stopped || done.get(slug) === last) return;
    const slices = await publishDue({ store, campaign, time_zone, now: moment });
    for (const { name, first_day, last_day } of slices)
      log('info', 'published', { slug, table: name, first_day, last_day });
    // What is new may have been a part of much: the rest comes at the next look.
    if (slices.length === 0) done.set(slug, last);
  };
  const look = async () => {
    for (const campaign of campaigns())
      await publish(campaign).catch((error) =>
        log('error', 'publish_failed', { slug: campaign.slug, ...describeError(error) }),
      );
  };

  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, look_every_ms);
  return {
    stop: async () => {
      is_stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}
