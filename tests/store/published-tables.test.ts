import { keepPublishing } from '../../server/reports/keep-publishing.ts';
import { lastDayOver, publishDue, readPublished } from '../../server/reports/published-tables.ts';
import type { Store } from '../../server/store/open-store.ts';
import { logCounts } from '../support/log-counts.ts';
import { madeUpCounts, SHAPES } from '../support/made-up-counts.ts';
import { publishedOf } from '../support/published-of.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { until } from '../support/until.ts';

const CAMPAIGN = { slug: 'visible-act', goal: 100, former_slugs: ['former-act'] };
const time_zone = 'America/New_York';
/** Five days, from November 2 to 6. */
const DAYS = madeUpCounts(SHAPES.dense!, 3);
const AFTER = new Date('2026-11-07T15:00:00Z');

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await database.open();
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  const publish = (now = AFTER, on = store, campaign = CAMPAIGN) =>
    publishDue({ store: on, campaign, time_zone, now });
  const rows = () =>
    store.read.selectFrom('published_tables').selectAll().orderBy('name').orderBy('last_day').execute();

  test('what two processes publish at once, and again after a restart, is written once and is what the rules say', async () => {
    await logCounts(store, DAYS.slice(0, 2), { campaign_slug: 'former-act' });
    await logCounts(store, DAYS.slice(2));
    const other = await database.open();
    const both = await Promise.all([publish(), publish(AFTER, other), publish(), publish(AFTER, other)]);
    await other.close();
    const { slices } = publishedOf(DAYS);
    expect(both.filter((published) => published.length > 0)).toEqual([slices]);
    const kept = await rows();
    expect(kept).toHaveLength(slices.length + 2);
    expect(await publish()).toEqual([]);
    expect(await rows()).toEqual(kept);
    const read = await readPublished(store, CAMPAIGN);
    expect(read.slices.map(({ published_at: _, ...slice }) => slice)).toEqual(expect.arrayContaining(slices));
    expect(read.kept_back).toEqual({ first_day: '2026-11-02', last_day: '2026-11-02' });
  });

  test('days published one by one are the same as all at once, and each only when it is over in the state', async () => {
    await logCounts(store, DAYS);
    const found = [];
    for (const day of ['03', '04', '05', '06', '07']) {
      // Ten minutes after midnight what was done before it may still come in: that day is not over yet.
      for (const { last_day } of await publish(new Date(`2026-11-${day}T05:10:00Z`)))
        expect(last_day).toBe('none of them');
      found.push(...(await publish(new Date(`2026-11-${day}T05:20:00Z`))));
    }
    expect(found).toEqual(publishedOf(DAYS).slices);
  });

  test('what is published stays as it was, whatever is entered or taken out later', async () => {
    await logCounts(store, DAYS);
    await publish();
    const kept = await rows();
    await logCounts(store, DAYS);
    const correction = { id: 'later', campaign_slug: 'visible-act', made_at: '2026-11-08T15:00:00.000Z' };
    await store.transaction(async (trx) => {
      await trx
        .insertInto('corrections')
        .values({
          ...correction,
          kind: 'exclude',
          reason: 'A test',
          criteria: '{}',
          actions: -3,
          completed_actions: -3,
        })
        .execute();
    });
    expect(await publish(new Date('2026-11-09T15:00:00Z'))).toEqual([]);
    expect(await rows()).toEqual(kept);
    const { corrections } = await readPublished(store, CAMPAIGN);
    expect(corrections).toEqual([
      { id: 'later', kind: 'exclude', made_at: correction.made_at, reason: 'A test', completed_actions: -3 },
    ]);
  });

  test('what was taken out before, what was not completed and sample actions are in no table', async () => {
    await logCounts(store, DAYS);
    const [extra] = madeUpCounts({ partners: 1, districts: 3, days: 1, actions: 60 }, 9);
    const on = [{ ...extra!, day: '2026-11-04' }];
    await logCounts(store, on, { is_sample: 1 });
    await logCounts(store, on, { status_code: 'unavailable' });
    await logCounts(store, on);
    await store.transaction(async (trx) => {
      const added = on[0]!.counts.map(({ completed_actions, ...cell }) => ({
        correction_id: 'before',
        campaign_slug: 'visible-act',
        type: 'phone',
        status_code: 'contact',
        ...cell,
        page_language: 'en',
        message_language: 'en',
        variant: '',
        origin: 'web',
        is_sample: 0,
        action_date: '2026-11-04T17:00:00.000Z',
        actions: completed_actions,
      }));
      await trx.insertInto('excluded_actions').values(added).execute();
    });
    expect(await publish()).toEqual(publishedOf(DAYS).slices);
  });

  test('a campaign of sample actions alone publishes nothing', async () => {
    await logCounts(store, DAYS, { is_sample: 1 });
    expect(await publish()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  test('the running app publishes by itself, tries again after a fault, and says what it published', async () => {
    await logCounts(store, DAYS);
    const lines: [string, Record<string, unknown>?][] = [];
    let is_down = true;
    const failing: Store = {
      ...store,
      transaction: (...args) => (is_down ? Promise.reject(new Error('down')) : store.transaction(...args)),
    };
    const { stop } = keepPublishing({
      store: failing,
      campaigns: () => [{ ...CAMPAIGN, time_zone }],
      now: () => AFTER,
      log: (_, event, fields) => void lines.push([event, fields]),
      look_every_ms: 10,
    });
    const has = (event: string) => lines.some(([name]) => name === event);
    await until(() => has('publish_failed'));
    is_down = false;
    await until(() => has('published'));
    await stop();
    expect(lines).toContainEqual([
      'published',
      { slug: 'visible-act', table: 'legislator_by_day', first_day: '2026-11-03', last_day: '2026-11-03' },
    ]);
    expect((await readPublished(store, CAMPAIGN)).slices.length).toBe(publishedOf(DAYS).slices.length);
  });
});

test('a day is over a quarter of an hour after its midnight', () => {
  expect(lastDayOver(new Date('2026-11-07T05:10:00Z'), time_zone)).toBe('2026-11-05');
  expect(lastDayOver(new Date('2026-11-07T05:20:00Z'), time_zone)).toBe('2026-11-06');
});
