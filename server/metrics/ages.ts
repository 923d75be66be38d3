import { Gauge } from 'prom-client';
import type { Campaign } from '../campaigns/campaign.ts';
import type { LiveCampaigns } from '../campaigns/live-campaigns.ts';
import type { Rosters } from '../legislators/roster.ts';
import type { Metrics } from './metrics.ts';

/** What is at hand, as it is whenever somebody asks. */
export interface AtHand {
  campaigns: LiveCampaigns;
  rosters: Rosters;
  /** When each bill of a campaign that is at hand was fetched, as ISO moments. */
  billsFetched: (campaign: Campaign) => string[];
  now: () => Date;
}

/** Gauges of how old rosters and bills are, and how many campaigns there are. With several processes the oldest tells. */
export function measureAges(metrics: Metrics, { campaigns, rosters, billsFetched, now }: AtHand): void {
  const gauge = (name: string, help: string, label: string, read: () => [string, number | undefined][]) =>
    new Gauge({
      name: `statehouse_${name}`,
      help,
      labelNames: [label],
      aggregator: 'max',
      registers: [metrics.registry],
      collect() {
        this.reset();
        for (const [value, number] of read()) if (number !== undefined) this.set({ [label]: value }, number);
      },
    });
  const age = (moment: string | undefined) =>
    moment === undefined ? undefined : Math.max(0, (now().getTime() - Date.parse(moment)) / 1000);
  /** Those that ask for legislators and bills: what is put away asks for nobody's. */
  const asking = () => campaigns.all().filter(({ status }) => status !== 'draft' && status !== 'archived');
  const states = () => [...new Set(asking().map(({ state }) => state))];

  gauge('roster_at_hand', '1 where the legislators of a state are at hand, else 0.', 'state', () =>
    states().map((state) => [state, rosters.get(state) ? 1 : 0]),
  );
  gauge('roster_age_seconds', 'Seconds since the day as of which a roster is true.', 'state', () =>
    states().map((state) => [state, age(rosters.get(state)?.roster.as_of)]),
  );
  gauge(
    'roster_pull_age_seconds',
    'Seconds since a roster was last fetched or found unchanged.',
    'state',
    () => states().map((state) => [state, age(rosters.get(state)?.roster.checked_at)]),
  );
  gauge('bill_age_seconds', "Seconds since the oldest of a campaign's bills was fetched.", 'campaign', () =>
    asking().map((campaign) => [campaign.slug, age(billsFetched(campaign).toSorted()[0])]),
  );
  gauge(
    'campaigns',
    'Campaigns by status; broken: their files have faults, drafts left out.',
    'status',
    () => {
      const counts = new Map<string, number>([
        ['broken', campaigns.broken().filter(({ is_draft }) => !is_draft).length],
      ]);
      for (const { status } of campaigns.all()) counts.set(status, (counts.get(status) ?? 0) + 1);
      return [...counts];
    },
  );
}
