import { sql } from 'kysely';
import { COMPLETED, STATUS_CODES, type StatusCode } from '../../server/actions/action.ts';
import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { LOOKED_AT_ONCE, purgeSpentIds } from '../../server/actions/action-queries.ts';
import { mendTallies, recountDue } from '../../server/actions/tally-check-queries.ts';
import { readReportTotals, readTotals } from '../../server/actions/totals.ts';
import { MIGRATIONS } from '../../server/store/migrations.ts';
import { openReadOnly, type Store } from '../../server/store/open-store.ts';
import { replaceTables } from '../../server/store/replace-tables.ts';
import { logEntry, STORE_KINDS } from '../support/temp-store.ts';

const CAMPAIGN = { slug: 'visible-act', goal: 100 };
/** What the log holds of an action. */
const ROW = {
  campaign_slug: 'visible-act',
  type: 'phone',
  status_code: 'contact',
  legislator_id: 'ocd-person/1',
  division_id: 'ocd-division/country:us/state:fl/sldu:5',
  partner: '',
  page_language: 'en',
  message_language: 'en',
  variant: '',
  origin: 'web',
  is_sample: 0,
  action_date: '2026-11-24T15:00:00.000Z',
};

describe.each(STORE_KINDS)('$name', ({ name, create, createEmpty }) => {
  let now = new Date('2026-11-24T15:30:00Z');
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  let log: ActionLog;

  beforeEach(async () => {
    now = new Date('2026-11-24T15:30:00Z');
    database = await create();
    store = await database.open();
    log = createActionLog({ store, now: () => now });
  });
  afterEach(async () => {
    await log.close();
    await store.close();
    await database.drop();
  });

  const totals = (is_sample = false) => readTotals(store, CAMPAIGN, { is_sample, now });
  const recount = () =>
    store.transaction((trx) => mendTallies(trx, { timeZoneOf: () => 'America/New_York' }), {
      exclusive: true,
    });
  const rows = () => store.read.selectFrom('actions').selectAll().execute();

  test('an action is written once, rounded down to the hour, with nothing that leads back to its visit', async () => {
    expect(
      await log.log(
        logEntry({
          nonce: 'secret-nonce',
          partner: 'jira',
          variant: 'short',
          expires_at: '2026-12-08T15:30:11.000Z',
        }),
      ),
    ).toEqual({
      counted: true,
    });
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect(row).toEqual({ ...ROW, partner: 'jira', variant: 'short' });
    const marks = await store.read.selectFrom('spent_action_ids').selectAll().execute();
    expect(JSON.stringify(marks)).not.toContain('secret-nonce');
    expect(marks.map((mark) => mark.expires_at)).toEqual(Array(2).fill('2026-12-08T23:59:59.999Z'));
  });

  test('the same id and status counts once, one after the other or fifty at once', async () => {
    const first = await log.log(logEntry({ nonce: 'a' }));
    const again = await Promise.all(Array.from({ length: 50 }, () => log.log(logEntry({ nonce: 'a' }))));
    expect([first.counted, again.filter((result) => result.counted).length]).toEqual([true, 0]);
    const atOnce = await Promise.all(Array.from({ length: 50 }, () => log.log(logEntry({ nonce: 'b' }))));
    expect(atOnce.filter((result) => result.counted).length).toBe(1);
    expect((await totals()).completed_actions).toBe(2);
  });

  test('no answer, then a conversation: two rows, one completed action', async () => {
    await log.log(logEntry({ nonce: 'a', status_code: 'unavailable' }));
    await log.log(logEntry({ nonce: 'a', status_code: 'contact' }));
    expect((await rows()).length).toBe(2);
    expect(await totals()).toMatchObject({
      completed_actions: 1,
      by_type: { phone: { unavailable: 1, contact: 1 } },
    });
  });

  test('an id counts at most once as completed, in one batch or in two', async () => {
    await log.log(logEntry({ nonce: 'a', status_code: 'voicemail' }));
    await log.log(logEntry({ nonce: 'a', status_code: 'contact' }));
    await Promise.all([
      log.log(logEntry({ nonce: 'b', status_code: 'voicemail' })),
      log.log(logEntry({ nonce: 'b', status_code: 'contact' })),
    ]);
    expect((await rows()).map((row) => row.status_code)).toEqual(['voicemail', 'voicemail']);
    expect((await totals()).completed_actions).toBe(2);
  });

  test('sample actions never enter real totals, nor real ones those of samples', async () => {
    await log.log(logEntry({ nonce: 'a', is_sample: true }));
    await log.log(logEntry({ nonce: 'b' }));
    await log.log(logEntry({ nonce: 'c' }));
    expect((await totals(true)).completed_actions).toBe(1);
    expect((await totals(false)).completed_actions).toBe(2);
  });

  test('totals keep self-reported, accepted and offline apart, and their sum is what is completed', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    await log.log(
      logEntry({
        nonce: 'b',
        type: 'email',
        status_code: 'sent',
        partner: 'jira',
        page_language: 'es',
        message_language: 'ht',
      }),
    );
    await log.log(logEntry({ nonce: 'c', type: 'email', status_code: 'accepted' }));
    await log.log(logEntry({ nonce: 'd', origin: 'offline', legislator_id: 'ocd-person/2' }));
    await log.log(logEntry({ nonce: 'e', type: 'email', status_code: 'started' }));
    expect(await totals()).toEqual({
      schema_version: 1,
      campaign_slug: 'visible-act',
      as_of: now.toISOString(),
      is_sample: false,
      goal: 100,
      completed_actions: 4,
      self_reported: 2,
      server_accepted: 1,
      offline: 1,
      by_type: {
        phone: { contact: 2, voicemail: 0, unavailable: 0 },
        email: { started: 1, sent: 1, confirmed: 0, accepted: 1, bounced: 0, failed: 0 },
      },
      by_day: [{ day: '2026-11-24', completed_actions: 4 }],
      by_legislator: [
        { legislator_id: 'ocd-person/1', completed_actions: 3 },
        { legislator_id: 'ocd-person/2', completed_actions: 1 },
      ],
      by_partner: [
        { partner: '', completed_actions: 3 },
        { partner: 'jira', completed_actions: 1 },
      ],
      by_language: [
        { language: 'en', completed_actions: 3 },
        { language: 'es', completed_actions: 1 },
      ],
      by_message_language: [
        { language: 'en', completed_actions: 3 },
        { language: 'ht', completed_actions: 1 },
      ],
      corrections: [],
    });
  });

  test.each([
    ['2026-11-25T04:59:00Z', 'America/New_York', '2026-11-24'],
    ['2026-11-25T05:00:00Z', 'America/New_York', '2026-11-25'],
    ['2026-07-25T03:59:00Z', 'America/New_York', '2026-07-24'],
    ['2026-07-25T04:00:00Z', 'America/New_York', '2026-07-25'],
    ['2026-11-25T09:59:00Z', 'Pacific/Honolulu', '2026-11-24'],
  ])('at %s in %s the day is %s', async (moment, time_zone, day) => {
    now = new Date(moment);
    await log.log(logEntry({ nonce: 'a', time_zone }));
    expect((await totals()).by_day).toEqual([{ day, completed_actions: 1 }]);
  });

  test('one action that can not be written harms no other of its batch', async () => {
    const poisoned = logEntry({ nonce: 'bad', legislator_id: undefined as unknown as string });
    const results = await Promise.allSettled([
      log.log(logEntry({ nonce: 'a' })),
      log.log(poisoned),
      log.log(logEntry({ nonce: 'b' })),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await totals()).completed_actions).toBe(2);
    // What failed was not spent: the same form can be sent again.
    expect(await log.log(logEntry({ nonce: 'bad' }))).toEqual({ counted: true });
  });

  test('a random stream of actions leaves tallies that agree with the rows, and can be rebuilt from them', async () => {
    let seed = 20261124;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const pick = <T>(list: readonly T[]) => list[random(list.length)]!;
    const writes = Array.from({ length: 2000 }, () => {
      const type = pick(['phone', 'email'] as const);
      now = new Date(Date.parse('2026-10-30T00:00:00Z') + random(10 * 86_400_000));
      return log.log(
        logEntry({
          nonce: `${type} ${random(900)}`,
          type,
          status_code: pick<StatusCode>(STATUS_CODES[type]),
          legislator_id: `ocd-person/${random(5)}`,
          partner: pick(['', 'jira', 'l4a']),
          page_language: pick(['en', 'es']),
          message_language: pick(['en', 'es', 'ht']),
          variant: pick(['', 'a', 'b']),
          origin: pick(['web', 'offline'] as const),
          is_sample: random(4) === 0,
        }),
      );
    });
    await Promise.all(writes);
    const all = await rows();
    const completed = all.filter(
      (row) => COMPLETED.includes(row.status_code as StatusCode) && !row.is_sample,
    );
    const sum = (list: { completed_actions: number }[]) =>
      list.reduce((total, row) => total + row.completed_actions, 0);
    const counted = await totals();
    expect(completed.length).toBeGreaterThan(300);
    expect(counted.completed_actions).toBe(completed.length);
    const { by_variant } = await readReportTotals(store, CAMPAIGN, { is_sample: false, now });
    expect(by_variant).toEqual(
      ['email', 'phone'].flatMap((type) =>
        ['', 'a', 'b'].map((variant) => ({
          type,
          variant,
          completed_actions: completed.filter((row) => row.type === type && row.variant === variant).length,
        })),
      ),
    );
    for (const view of [
      counted.by_day,
      counted.by_legislator,
      counted.by_partner,
      counted.by_language,
      counted.by_message_language,
    ]) {
      expect(sum(view)).toBe(completed.length);
    }
    expect(await recount()).toEqual([]);
    // A figure that is wrong, one that is too much and one that is missing are each found, and put right.
    await store.transaction(async (trx) => {
      await trx.updateTable('tally_by_day').set({ actions: 1 }).where('partner', '=', 'jira').execute();
      const made_up = { campaign_slug: CAMPAIGN.slug, is_sample: 0, partner: 'l4a', key: 'none', actions: 3 };
      await trx.insertInto('tally_by_legislator').values(made_up).execute();
      await trx.deleteFrom('tally_by_status').where('partner', '=', '').execute();
    });
    expect(await recount()).toEqual([CAMPAIGN.slug]);
    expect(await totals()).toEqual(counted);
    expect(await recount()).toEqual([]);
  });

  test('what an older version counted is in every view once the app has started anew', async () => {
    const { action_date, ...at_night } = { ...ROW, action_date: '2026-11-25T03:00:00.000Z' };
    const rows_then = [
      { ...ROW, variant: 'short' },
      { ...ROW, type: 'email', status_code: 'sent', variant: 'short', partner: 'jira' },
      { ...ROW, type: 'email', status_code: 'started', variant: 'short' },
      { ...ROW, is_sample: 1, variant: 'short' },
      // Three in the morning in UTC is still the day before in Florida.
      { ...at_night, action_date },
    ];
    await store.transaction(async (trx) => {
      const misfit = await replaceTables(trx, {
        migrations: ['2026-11-24-tables', '2026-11-25-message-languages', '2026-11-28-variants'],
        tables: { actions: Object.keys(ROW) },
        rows: (async function* () {
          yield { table: 'actions', rows: rows_then };
        })(),
      });
      expect(misfit).toBeUndefined();
    });
    await log.close();
    await store.close();
    store = await database.open();
    log = createActionLog({ store, now: () => now });
    expect(await recountDue(store, () => 'America/New_York')).toEqual([CAMPAIGN.slug]);
    expect(await recountDue(store, () => 'America/New_York')).toEqual([]);
    await log.log(logEntry({ nonce: 'f', variant: 'short' }));
    expect(await readReportTotals(store, CAMPAIGN, { is_sample: false, now })).toMatchObject({
      completed_actions: 4,
      by_day: [{ day: '2026-11-24', completed_actions: 4 }],
      by_partner: [
        { partner: '', completed_actions: 3 },
        { partner: 'jira', completed_actions: 1 },
      ],
      by_variant: [
        { type: 'email', variant: 'short', completed_actions: 1 },
        { type: 'phone', variant: '', completed_actions: 1 },
        { type: 'phone', variant: 'short', completed_actions: 2 },
      ],
      by_division: [{ division_id: 'ocd-division/country:us/state:fl/sldu:5', completed_actions: 4 }],
    });
    expect(await readReportTotals(store, CAMPAIGN, { is_sample: false, now, partner: 'jira' })).toMatchObject(
      {
        completed_actions: 1,
        by_partner: [{ partner: 'jira', completed_actions: 1 }],
        by_legislator: [{ legislator_id: 'ocd-person/1', completed_actions: 1 }],
      },
    );
  });

  test('ids of expired forms are forgotten, those still good are not', async () => {
    await log.log(logEntry({ nonce: 'old', expires_at: '2026-11-20T00:00:00.000Z' }));
    await log.log(logEntry({ nonce: 'new', expires_at: '2026-11-30T00:00:00.000Z' }));
    expect(await purgeSpentIds(store, now)).toBe(2);
    expect(await log.log(logEntry({ nonce: 'new' }))).toEqual({ counted: false });
  });

  test('two processes that forget the same ids at once forget each once, however many there are', async () => {
    const other = await database.open();
    // Each leaves two ids: more than one look takes.
    const count = LOOKED_AT_ONCE / 2 + 50;
    await Promise.all(
      Array.from({ length: count }, (_, index) =>
        log.log(logEntry({ nonce: `${index}`, expires_at: '2026-11-20T00:00:00.000Z' })),
      ),
    );
    const gone = await Promise.all([purgeSpentIds(store, now), purgeSpentIds(other, now)]);
    await other.close();
    expect(gone[0] + gone[1]).toBe(2 * count);
    expect(await store.read.selectFrom('spent_action_ids').selectAll().execute()).toEqual([]);
    expect((await totals()).completed_actions).toBe(count);
  });

  test('what is read at one moment agrees with itself while two processes write', async () => {
    const other = await database.open();
    const otherLog = createActionLog({ store: other, now: () => now });
    let isOver = false;
    const supporter = async (through: ActionLog, name: string) => {
      for (let index = 0; !isOver; index += 1) await through.log(logEntry({ nonce: `${name} ${index}` }));
    };
    const supporters = Array.from({ length: 4 }, (_, index) =>
      supporter(index % 2 ? log : otherLog, `${index}`),
    );
    for (let moment = 0; moment < 30; moment += 1) {
      await log.log(logEntry({ nonce: `moment ${moment}` }));
      const { completed_actions, by_day, by_legislator, by_partner } = await totals();
      expect(completed_actions).toBeGreaterThan(moment);
      for (const view of [by_day, by_legislator, by_partner])
        expect(view.reduce((sum, row) => sum + row.completed_actions, 0)).toBe(completed_actions);
    }
    isOver = true;
    await Promise.all(supporters);
    await otherLog.close();
    await other.close();
  });

  test('tallies that are rebuilt while another process writes lose nothing', async () => {
    const other = await database.open();
    const otherLog = createActionLog({ store: other, now: () => now });
    let isOver = false;
    let written = 0;
    const supporter = async (name: string) => {
      for (let index = 0; !isOver; index += 1, written += 1)
        await otherLog.log(logEntry({ nonce: `${name} ${index}` }));
    };
    const supporters = Array.from({ length: 4 }, (_, index) => supporter(`${index}`));
    for (let times = 0; times < 10; times += 1) expect(await recount()).toEqual([]);
    isOver = true;
    await Promise.all(supporters);
    expect((await totals()).completed_actions).toBe(written);
    await otherLog.close();
    await other.close();
  });

  test('a tally counts beyond what 32 bits hold', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    await store.transaction((trx) =>
      trx.updateTable('tally_by_status').set({ actions: 3_000_000_000 }).execute(),
    );
    await log.log(logEntry({ nonce: 'b' }));
    expect((await totals()).completed_actions).toBe(3_000_000_001);
  });

  test('a value that the database would silently change into another is refused', async () => {
    for (const value of [undefined, new Date(), { a: 1 }, ['a']]) {
      const asked = sql`select * from actions where type = ${value}`.execute(store.read);
      await expect(asked).rejects.toThrow(/parameter 1 of a statement is/);
    }
  });

  test('what reads can not write', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    await expect(store.read.deleteFrom('actions').execute()).rejects.toThrow(/read-?only/);
    expect((await rows()).length).toBe(1);
  });

  test('a log that was closed has written what waited, and takes no more', async () => {
    const waiting = Promise.all(
      Array.from({ length: 700 }, (_, index) => log.log(logEntry({ nonce: `${index}` }))),
    );
    await log.close();
    await waiting;
    expect((await totals()).completed_actions).toBe(700);
    await expect(log.log(logEntry({ nonce: 'late' }))).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  // What may wait is the queue's to say, whatever database is behind it.
  if (name === 'SQLite')
    test('a flood beyond what may wait is told to try again, and what was taken is counted', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 10_050 }, (_, index) => log.log(logEntry({ nonce: `${index}` }))),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused.length).toBe(50);
      expect(refused[0]!.reason).toMatchObject({ code: 'store_busy', status: 503 });
      expect((await totals()).completed_actions).toBe(10_000);
    });

  test('a log whose database was closed rejects instead of hanging', async () => {
    await store.close();
    await expect(log.log(logEntry({ nonce: 'a' }))).rejects.toThrow();
    store = await database.open();
  });

  test('many that open a fresh database at once all find its tables, made once', async () => {
    const fresh = await createEmpty();
    const stores = await Promise.all(Array.from({ length: 8 }, () => fresh.open()));
    await Promise.all(stores.map((other) => other.ping()));
    const made = await sql`select name from kysely_migration`.execute(stores[0]!.read);
    expect(made.rows.length).toBe(Object.keys(MIGRATIONS).length);
    await Promise.all(stores.map((other) => other.close()));
    await fresh.drop();
  });

  test('a database that a newer version has changed is left alone, and told as such', async () => {
    await store.transaction((trx) =>
      sql`insert into kysely_migration (name, timestamp) values ('2099-01-01-new', '2099-01-01')`.execute(
        trx,
      ),
    );
    const refused = { code: 'store_newer', message: expect.stringMatching(/newer version.*2099-01-01-new/) };
    await expect(database.open()).rejects.toMatchObject(refused);
    await expect(openReadOnly(database.database_url)).rejects.toMatchObject(refused);
  });

  test('reading alone works beside an open store, and says where the tables are those of an older version', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    const reading = await openReadOnly(database.database_url);
    expect((await readTotals(reading, CAMPAIGN, { is_sample: false, now })).completed_actions).toBe(1);
    await reading.close();
    await store.transaction((trx) => sql`delete from kysely_migration`.execute(trx));
    await expect(openReadOnly(database.database_url)).rejects.toMatchObject({
      code: 'store_missing',
      message: expect.stringMatching(/when the app starts/),
    });
  });

  test('a second process that writes at the same time is waited for', async () => {
    const other = await database.open();
    const otherLog = createActionLog({ store: other, now: () => now });
    const writes = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? log : otherLog).log(logEntry({ nonce: `${index % 20}` })),
    );
    const results = await Promise.all(writes);
    expect(results.filter((result) => result.counted).length).toBe(20);
    expect((await totals()).completed_actions).toBe(20);
    await otherLog.close();
    await other.close();
  });
});
