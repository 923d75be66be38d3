import { MOST_CODES, OTHER_CODES, readUnknownCodes, readVisits } from '../../server/actions/visit-queries.ts';
import { type BegunVisit, createVisitLog, type VisitLog } from '../../server/actions/visits.ts';
import { OperationalError } from '../../server/errors.ts';
import type { Store } from '../../server/store/open-store.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { until } from '../support/until.ts';

const SLUGS = ['visible-act', 'before'];
const EVERY_KIND = { is_sample: false };

function visit(changes: Partial<BegunVisit> = {}): BegunVisit {
  return {
    campaign_slug: 'visible-act',
    is_sample: false,
    partner: '',
    unknown_code: '',
    time_zone: 'America/New_York',
    ...changes,
  };
}

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let now: Date;
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  let visits: VisitLog;
  let lines: string[];

  const logOf = (one: Pick<Store, 'transaction'>, write_every_ms?: number) =>
    createVisitLog({
      store: one,
      now: () => now,
      log: (level, event) => lines.push(`${level} ${event}`),
      ...(write_every_ms === undefined ? {} : { write_every_ms }),
    });
  beforeEach(async () => {
    now = new Date('2026-11-24T15:30:00Z');
    lines = [];
    database = await create();
    store = await database.open();
    visits = logOf(store);
  });
  afterEach(async () => {
    await visits.close();
    await store.close();
    await database.drop();
  });

  test('visits are summed by partner and the state’s day, under every slug of a campaign, samples apart', async () => {
    visits.count(visit());
    visits.count(visit({ partner: 'jira' }));
    visits.count(visit({ partner: 'jira', campaign_slug: 'before' }));
    visits.count(visit({ partner: 'jira', is_sample: true }));
    visits.count(visit({ partner: 'l4a', campaign_slug: 'another' }));
    await visits.flush();
    // Past midnight in London, not yet in Florida; then there too.
    now = new Date('2026-11-25T04:30:00Z');
    visits.count(visit({ partner: 'jira' }));
    now = new Date('2026-11-25T05:30:00Z');
    visits.count(visit({ partner: 'jira' }));
    await visits.flush();
    expect(await readVisits(store.read, SLUGS, EVERY_KIND)).toEqual([
      { partner: '', day: '2026-11-24', visits: 1 },
      { partner: 'jira', day: '2026-11-24', visits: 3 },
      { partner: 'jira', day: '2026-11-25', visits: 1 },
    ]);
    expect(await readVisits(store.read, SLUGS, { is_sample: false, partner: '' })).toEqual([
      { partner: '', day: '2026-11-24', visits: 1 },
    ]);
    expect(await readVisits(store.read, SLUGS, { is_sample: true })).toEqual([
      { partner: 'jira', day: '2026-11-24', visits: 1 },
    ]);
  });

  test('an unknown code is kept with its first day and its last; one that came on a sample page is not', async () => {
    visits.count(visit({ unknown_code: 'jria' }));
    await visits.flush();
    now = new Date('2026-11-26T15:00:00Z');
    visits.count(visit({ unknown_code: 'jria' }));
    visits.count(visit({ unknown_code: 'gone', campaign_slug: 'before' }));
    visits.count(visit({ unknown_code: 'tried', is_sample: true }));
    await visits.flush();
    expect(await readUnknownCodes(store.read, SLUGS)).toEqual([
      { code: 'jria', first_day: '2026-11-24', last_day: '2026-11-26', visits: 2 },
      { code: 'gone', first_day: '2026-11-26', last_day: '2026-11-26', visits: 1 },
    ]);
    expect(await readUnknownCodes(store.read, ['before'])).toHaveLength(1);
  });

  test('of more codes than are kept the first stay, and the others count together, in one writing or in many', async () => {
    const flood = (from: number, to: number) => {
      for (let code = from; code < to; code++) visits.count(visit({ unknown_code: `code-${code}` }));
    };
    flood(0, MOST_CODES - 1);
    await visits.flush();
    visits.count(visit({ unknown_code: 'code-0' }));
    flood(MOST_CODES - 1, MOST_CODES * 3);
    await visits.flush();
    const codes = await readUnknownCodes(store.read, SLUGS);
    expect(codes).toHaveLength(MOST_CODES + 1);
    expect(codes[0]).toMatchObject({ code: 'code-0', visits: 2 });
    expect(codes.at(-1)).toMatchObject({ code: OTHER_CODES, visits: MOST_CODES * 2 });
    expect(codes.reduce((sum, one) => sum + one.visits, 0)).toBe(MOST_CODES * 3 + 1);
  });

  test('several that count at once add to the same rows: nothing is lost, and no more codes are kept', async () => {
    const others = [logOf(store), logOf(store)];
    for (const [index, one] of [visits, ...others].entries()) {
      for (let count = 0; count < 60; count++) {
        one.count(visit({ partner: count % 2 ? 'jira' : 'l4a' }));
        one.count(visit({ unknown_code: `code-${index}-${count}` }));
      }
    }
    await Promise.all([visits, ...others].map((one) => one.close()));
    const rows = await readVisits(store.read, SLUGS, EVERY_KIND);
    expect(rows.map((row) => [row.partner, row.visits])).toEqual([
      ['', 180],
      ['jira', 90],
      ['l4a', 90],
    ]);
    const codes = await readUnknownCodes(store.read, SLUGS);
    expect(codes).toHaveLength(MOST_CODES + 1);
    expect(codes.at(-1)).toMatchObject({ code: OTHER_CODES, visits: 80 });
  });

  test('what was counted is written by itself after a moment, and at the stop; what comes after that is not counted', async () => {
    const soon = logOf(store, 1);
    soon.count(visit({ partner: 'jira' }));
    await until(async () => (await readVisits(store.read, SLUGS, EVERY_KIND)).length === 1);
    visits.count(visit({ partner: 'jira' }));
    await visits.close();
    visits.count(visit({ partner: 'jira' }));
    await visits.flush();
    expect(await readVisits(store.read, SLUGS, EVERY_KIND)).toMatchObject([{ visits: 2 }]);
    await soon.close();
  });

  test('while the store can’t be reached visits wait, are told of once, and are written when it is back', async () => {
    let isAway = true;
    const flaky = logOf({
      transaction: (fn) =>
        isAway
          ? Promise.reject(new OperationalError('store_unavailable', 'The database is away.'))
          : store.transaction(fn),
    });
    flaky.count(visit({ partner: 'jira' }));
    await flaky.flush();
    flaky.count(visit({ partner: 'jira', unknown_code: 'jria' }));
    await flaky.flush();
    expect(lines).toEqual(['warn visits_unwritten']);
    isAway = false;
    await flaky.close();
    expect(await readVisits(store.read, SLUGS, EVERY_KIND)).toMatchObject([{ partner: 'jira', visits: 2 }]);
    expect(await readUnknownCodes(store.read, SLUGS)).toMatchObject([{ code: 'jria', visits: 1 }]);
  });
});
