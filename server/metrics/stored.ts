import { Gauge, type MetricConfiguration } from 'prom-client';
import { describeError, type Log } from '../log.ts';
import { countLetters, waitingMails } from '../mail/queue-queries.ts';
import { readLastPublished } from '../reports/published-queries.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/store.ts';
import type { Metrics } from './metrics.ts';

/** How long what the store said is good: several who look at once ask it no more often than one. */
const KEPT_MS = 15_000;
/** How long whoever asks waits for the store: longer, and the rest would be told too late as well. */
const PATIENCE_MS = 2000;

/** What the store says of what waits, and when figures were last published; undefined where it does not say so in time. */
type ReadStored = () => Promise<Awaited<ReturnType<typeof readStored>> | undefined>;

/** Gauges of what waits in the store. While it can't be reached they are absent, and `statehouse_store_reached` is 0. */
export function measureStored(
  metrics: Metrics,
  { store, now, log }: { store: Store; now: () => Date; log: Log },
): void {
  const read = kept(() => readStored(store), { now, log });
  // Every process of a database says the same: it is not added up.
  const gauge = (
    { name, help, labelNames = [] }: Pick<MetricConfiguration<string>, 'name' | 'help' | 'labelNames'>,
    set: (gauge: Gauge, stored: Awaited<ReturnType<ReadStored>>) => void,
  ) =>
    new Gauge({
      ...{ name: `statehouse_${name}`, help, labelNames, aggregator: 'max', registers: [metrics.registry] },
      async collect() {
        const stored = await read();
        this.reset();
        set(this, stored);
      },
    });
  const secondsSince = (moment: string) => Math.max(0, (now().getTime() - Date.parse(moment)) / 1000);

  new Gauge({
    name: 'statehouse_store_reached',
    help: '1 where the store said in time what waits in it, else 0. With several processes 0 where one of them is refused.',
    aggregator: 'min',
    registers: [metrics.registry],
    async collect() {
      this.set(Number((await read()) !== undefined));
    },
  });
  gauge(
    {
      name: 'letters',
      help: 'E-mails of supporters by state; held: they wait for the organizer.',
      labelNames: ['state'],
    },
    (letters, stored) => {
      for (const { state, held, letters: number } of stored?.letters ?? [])
        letters.inc({ state: held.length > 0 ? 'held' : state }, number);
    },
  );
  gauge(
    { name: 'mails_waiting', help: 'Mails that are to be handed over, by kind.', labelNames: ['kind'] },
    (mails, stored) => {
      for (const { kind, mails: number } of stored?.mails ?? []) mails.set({ kind }, number);
    },
  );
  gauge(
    {
      name: 'mails_overdue_seconds',
      help: 'Seconds since the first of these mails was due.',
      labelNames: ['kind'],
    },
    (overdue, stored) => {
      for (const { kind, next_at } of stored?.mails ?? []) overdue.set({ kind }, secondsSince(next_at));
    },
  );
  gauge(
    {
      name: 'published_age_seconds',
      help: "Seconds since a campaign's tables were last published; none where none were.",
      labelNames: ['campaign'],
    },
    (age, stored) => {
      for (const { campaign_slug, published_at } of stored?.published ?? [])
        age.set({ campaign: campaign_slug }, secondsSince(published_at));
    },
  );
}

async function readStored({ read }: Store) {
  return atOneMoment(read, async (trx) => ({
    letters: await countLetters(trx),
    mails: await waitingMails(trx),
    published: await readLastPublished(trx),
  }));
}

/** Asks once in a while, and gives up for the moment where there is no answer in time. */
function kept<Value>(
  ask: () => Promise<Value>,
  { now, log }: { now: () => Date; log: Log },
): () => Promise<Value | undefined> {
  let last: { at: number; answer: Promise<Value | undefined> } | undefined;
  return () => {
    const at = now().getTime();
    // A clock that was set back makes nothing good for longer.
    if (last && at >= last.at && at < last.at + KEPT_MS) return last.answer;
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), PATIENCE_MS);
    const asked = ask().catch((error: unknown) => {
      log('error', 'metrics_unread', describeError(error));
      return undefined;
    });
    const answer = Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
    last = { at, answer };
    return answer;
  };
}
