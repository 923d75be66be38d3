import { purgeSpentIds } from '../actions/action-queries.ts';
import type { BillsKeeper } from '../bills/bills-keeper.ts';
import { keptBills } from '../bills/kept-bills.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { LiveCampaigns } from '../campaigns/live-campaigns.ts';
import { startRenewableKeeper } from '../legislators/keeper.ts';
import { keptRosters } from '../legislators/kept-rosters.ts';
import type { OpenedRosters } from '../legislators/open-rosters.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import { stateFacts } from '../legislators/states.ts';
import { describeError, type Log } from '../log.ts';
import { keepPublishing } from '../reports/keep-publishing.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/open-store.ts';
import { statesOf } from './states-of.ts';

const PURGE_EVERY_MS = 3_600_000;
/** How often to see whether the process that has the duties has put another roster on the disk. */
const LOOK_EVERY_MS = 15_000;

/** What goes on beside the pages until it is stopped. */
export interface Duties {
  /** Keeps the rosters and bills of these campaigns from now on. */
  follow: (list: readonly Campaign[]) => void;
  /** From now on this process does what one is enough for: till then another one does. */
  take: () => void;
  /** Waits for what is under way. */
  stop: () => Promise<void>;
}

/**
 * Keeps rosters and bills young, forgets spent ids, and publishes what days that are over have counted. One process on a
 * machine is enough for these, and none does them before it takes them; on several machines they are safe side by side. What
 * is on the disk every process sees.
 */
export function keepUp({
  campaigns,
  rosters,
  bills_keeper,
  openStates,
  store,
  settings,
  sample_dir,
  now,
  log,
}: {
  campaigns: LiveCampaigns;
  rosters: OpenedRosters;
  bills_keeper: BillsKeeper;
  /** Undefined where there is no key. */
  openStates: OpenStates | undefined;
  store: Store;
  settings: Settings;
  sample_dir: string;
  now: () => Date;
  log: Log;
}): Duties {
  const { data_dir } = settings;
  const keeper = startRenewableKeeper({ log });
  let are_taken = false;
  let kept = '';
  const follow = (list: readonly Campaign[]) => {
    // A draft's bills are fetched when its writer asks for that, and what is put away needs no news.
    const asking = list.filter(({ status }) => status !== 'draft' && status !== 'archived');
    const wanted = JSON.stringify([
      are_taken,
      statesOf(list),
      asking.map(({ slug, bills }) => [slug, bills]),
    ]);
    if (wanted === kept) return;
    kept = wanted;
    const states = statesOf(list);
    const pulls = settings.pulls && are_taken;
    const tasks = keptRosters({
      states,
      openStates,
      rosters,
      settings: { ...settings, pulls },
      sample_dir,
      ...(are_taken ? {} : { look_every_ms: LOOK_EVERY_MS }),
      now,
      log,
    });
    if (openStates && pulls)
      tasks.push(...keptBills({ campaigns: asking, client: openStates, bills_keeper, data_dir, now, log }));
    void keeper.renew(tasks);
  };
  follow(campaigns.all());

  /** Forms expire with their days (UTC), and every mark is looked at: so once for each. */
  let purged_day = '';
  const purge = async () => {
    const today = now().toISOString().slice(0, 'YYYY-MM-DD'.length);
    if (purged_day === today) return;
    try {
      await purgeSpentIds(store, now());
      purged_day = today;
    } catch (error) {
      log('error', 'purge_failed', describeError(error));
    }
  };
  const publishable = () =>
    campaigns
      .all()
      .filter(({ status }) => status !== 'draft')
      .map(({ slug, goal, former_slugs, state }) => {
        return { slug, goal, former_slugs, time_zone: stateFacts(state).time_zone };
      });
  let purging: NodeJS.Timeout | undefined;
  let publishing: ReturnType<typeof keepPublishing> | undefined;
  let is_stopped = false;
  return {
    follow,
    take: () => {
      if (are_taken || is_stopped) return;
      are_taken = true;
      follow(campaigns.all());
      void purge();
      purging = setInterval(purge, PURGE_EVERY_MS);
      publishing = keepPublishing({ store, campaigns: publishable, now, log });
    },
    stop: async () => {
      is_stopped = true;
      clearInterval(purging);
      await Promise.all([keeper.stop(), publishing?.stop()]);
    },
  };
}
