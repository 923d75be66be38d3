import { setImmediate } from 'node:timers/promises';
import type { StatusCode } from '../../server/actions/action.ts';
import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { excludeActions, readmitActions } from '../../server/actions/correction-queries.ts';
import { type Criteria, findCounted, sumOf } from '../../server/actions/criteria-queries.ts';
import { readMarkedBlocks } from '../../server/actions/mark-queries.ts';
import { enterOffline, type OfflineEntry } from '../../server/actions/offline-queries.ts';
import { mendTallies } from '../../server/actions/tally-check-queries.ts';
import { type ReportTotals, readReportTotals } from '../../server/actions/totals.ts';
import { atOneMoment } from '../../server/store/one-moment.ts';
import type { Store } from '../../server/store/open-store.ts';
import { logEntry, STORE_KINDS } from '../support/temp-store.ts';

const time_zone = 'America/New_York';
const CAMPAIGN = { slug: 'visible-act', goal: 100, former_slugs: ['visible'] };
const CORRECTED = { slugs: ['visible-act', 'visible'], time_zone };
const BLOCK = 'Abcdefghijkl';

function offlineEntry(changes: Partial<OfflineEntry> = {}): OfflineEntry {
  return {
    id: 'e-1',
    campaign_slug: 'visible-act',
    day: '2026-11-24',
    type: 'phone',
    status_code: 'contact',
    legislator_id: '',
    division_id: 'ocd-division/country:us/state:fl',
    partner: '',
    page_language: '',
    message_language: '',
    note: 'Phone bank at the library',
    actions: 40,
    ...changes,
  };
}

/** The sum of every view: all of them are to be the number of completed actions. */
function sums(totals: ReportTotals): number[] {
  return [
    totals.by_day,
    totals.by_legislator,
    totals.by_partner,
    totals.by_language,
    totals.by_message_language,
    totals.by_division,
    totals.by_variant,
  ].map((view) => view.reduce((sum, { completed_actions }) => sum + completed_actions, 0));
}

/** By how much the corrections of an answer have changed it. */
const corrected = ({ corrections }: ReportTotals) =>
  corrections.reduce((sum, { completed_actions }) => sum + completed_actions, 0);

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let now: Date;
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  let log: ActionLog;
  let ids: number;

  beforeEach(async () => {
    ids = 0;
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

  const totals = () => readReportTotals(store, CAMPAIGN, { is_sample: false, now });
  const completed = async () => (await totals()).completed_actions;
  const newEntry = () => ({
    id: `c-${++ids}`,
    campaign_slug: 'visible-act',
    made_at: now.toISOString(),
    reason: 'A test of the line',
  });
  /** How many went. */
  const exclude = async (criteria: Criteria, through = store) =>
    sumOf(await excludeActions(through, CORRECTED, { ...newEntry(), criteria })).actions;
  const readmit = (readmits: string) => readmitActions(store, CORRECTED, { ...newEntry(), readmits });
  const enter = (changes?: Partial<OfflineEntry>) =>
    enterOffline(store, offlineEntry(changes), { time_zone, now });
  const act = async (count: number, changes: Partial<Parameters<typeof logEntry>[0]> = {}) => {
    await Promise.all(
      Array.from({ length: count }, () => log.log(logEntry({ ...changes, nonce: `nonce ${++ids}` }))),
    );
  };
  /** What the log says, and the views, and the corrections, all agree. */
  const agrees = async () => {
    const all = await totals();
    expect(sums(all)).toEqual(Array(7).fill(all.completed_actions));
    const mended = await store.transaction((trx) => mendTallies(trx, { timeZoneOf: () => time_zone }), {
      exclusive: true,
    });
    expect(mended).toEqual([]);
  };

  test('what is entered is in every view, in the log and in the list of entries', async () => {
    await act(2, { partner: 'jira' });
    await enter({ partner: 'jira', page_language: 'es', message_language: 'es' });
    await enter({ id: 'e-2', status_code: 'unavailable', actions: 5 });
    expect(await totals()).toMatchObject({
      completed_actions: 42,
      self_reported: 2,
      offline: 40,
      by_type: { phone: { contact: 42, unavailable: 5 } },
      by_day: [{ day: '2026-11-24', completed_actions: 42 }],
      by_partner: [{ partner: 'jira', completed_actions: 42 }],
      by_legislator: [
        { legislator_id: '', completed_actions: 40 },
        { legislator_id: 'ocd-person/1', completed_actions: 2 },
      ],
      by_language: [
        { language: 'es', completed_actions: 40 },
        { language: 'en', completed_actions: 2 },
      ],
      corrections: [],
    });
    const rows = await store.read.selectFrom('actions').where('origin', '=', 'offline').selectAll().execute();
    expect(rows).toHaveLength(45);
    expect(rows[0]).toMatchObject({ action_date: '2026-11-24T17:00:00.000Z', variant: '', is_sample: 0 });
    const entries = await store.read.selectFrom('offline_entries').selectAll().execute();
    expect(entries.map(({ id, day, note }) => [id, day, note])).toEqual([
      ['e-1', '2026-11-24', 'Phone bank at the library'],
      ['e-2', '2026-11-24', 'Phone bank at the library'],
    ]);
    await agrees();
  });

  test('twenty thousand are entered as one, or not at all', async () => {
    await enter({ actions: 20_000 });
    expect(await completed()).toBe(20_000);
    // The same id again: the second entry is not to be found in any number.
    await expect(enter({ actions: 7 })).rejects.toThrow();
    expect(await completed()).toBe(20_000);
    await agrees();
  });

  test('by every criterion what fits goes out of every view, nothing else does, and it comes back', async () => {
    await act(2);
    await act(3, { partner: 'jira' });
    await act(2, { partner: 'jira', is_sample: true });
    now = new Date('2026-11-24T17:10:00Z');
    await act(1);
    await act(4, { block: BLOCK });
    await enter({ actions: 6 });
    const [three, four] = ['2026-11-24T15:00:00.000Z', '2026-11-24T16:00:00.000Z'];
    const cases: [Criteria, number][] = [
      [{ from: three, to: four }, 5],
      [{ from: four }, 11],
      [{ to: four }, 5],
      [{ partner: 'jira' }, 3],
      [{ partner: 'jira', from: four }, 0],
      [{ block: BLOCK }, 4],
      [{ block: BLOCK, to: four }, 0],
      [{ entry: 'e-1' }, 6],
      [{ entry: 'e-1', partner: 'jira' }, 0],
      [{ block: 'Zyxwvutsrqpo' }, 0],
    ];
    for (const [criteria, gone] of cases) {
      const told = (await totals()).corrections.length;
      expect([criteria, await exclude(criteria)]).toEqual([criteria, gone]);
      const { completed_actions, corrections } = await totals();
      expect(completed_actions).toBe(16 - gone);
      expect(corrections.slice(told)).toEqual(
        gone === 0
          ? []
          : [
              {
                id: `c-${ids}`,
                kind: 'exclude',
                made_at: now.toISOString(),
                reason: 'A test of the line',
                completed_actions: -gone,
              },
            ],
      );
      await agrees();
      const last = `c-${ids}`;
      expect(await exclude(criteria)).toBe(0);
      if (gone > 0) await readmit(last);
      expect(await completed()).toBe(16);
      now = new Date(now.getTime() + 1000);
    }
    const samples = await readReportTotals(store, CAMPAIGN, { is_sample: true, now });
    expect([samples.completed_actions, samples.corrections]).toEqual([2, []]);
    // Nothing is deleted.
    expect(await store.read.selectFrom('actions').selectAll().execute()).toHaveLength(18);
    await agrees();
  });

  test('what completed nothing goes too, and is told apart from what did', async () => {
    await act(3, { status_code: 'unavailable' });
    await act(2);
    const groups = await excludeActions(store, CORRECTED, {
      ...newEntry(),
      criteria: { from: '2026-11-24T15:00:00.000Z' },
    });
    expect(sumOf(groups)).toEqual({ actions: 5, completed_actions: 2 });
    expect((await totals()).by_type.phone).toEqual({ contact: 0, voicemail: 0, unavailable: 0 });
    await agrees();
  });

  test('a flood that went by its time does not go again by its block; only what came since does', async () => {
    await act(10);
    await act(60, { block: BLOCK });
    const hour = { from: '2026-11-24T15:00:00.000Z', to: '2026-11-24T16:00:00.000Z' };
    expect(await exclude(hour)).toBe(70);
    expect(await exclude({ block: BLOCK })).toBe(0);
    // In the same hour, alike in every column: fifteen of the flood, and five of others.
    await act(15, { block: BLOCK });
    await act(5);
    expect(await exclude({ block: BLOCK })).toBe(15);
    expect(await completed()).toBe(5);
    expect(await exclude(hour)).toBe(5);
    expect(await completed()).toBe(0);
    await agrees();
  });

  test('of two entries that are alike each goes by itself, and once', async () => {
    await enter({ actions: 40 });
    await exclude({ from: '2026-11-24T17:00:00.000Z' });
    await enter({ id: 'e-2', actions: 30 });
    expect(await exclude({ entry: 'e-1' })).toBe(0);
    expect(await completed()).toBe(30);
    expect(await exclude({ entry: 'e-2' })).toBe(30);
    expect(await completed()).toBe(0);
    await agrees();
  });

  test('what was counted under a former name goes with the rest', async () => {
    await act(3, { campaign_slug: 'visible' });
    await act(2);
    expect(await exclude({ to: '2026-11-25T00:00:00.000Z' })).toBe(5);
    expect(await completed()).toBe(0);
    await agrees();
  });

  test('an exclusion is taken back whole, once; another that was made since stays', async () => {
    await act(10);
    await act(6, { block: BLOCK });
    await exclude({ block: BLOCK });
    const first = `c-${ids}`;
    await exclude({ from: '2026-11-24T15:00:00.000Z' });
    expect(await completed()).toBe(0);
    const back = await readmit(first);
    expect(sumOf(back as Exclude<typeof back, string>)).toEqual({ actions: 6, completed_actions: 6 });
    expect(await completed()).toBe(6);
    expect(await readmit(first)).toBe('readmitted');
    expect(await readmit(`c-${ids - 1}`)).toBe('unknown');
    expect(await readmit('c-0')).toBe('unknown');
    expect(
      (await totals()).corrections.map(({ kind, completed_actions }) => [kind, completed_actions]),
    ).toEqual([
      ['exclude', -6],
      ['exclude', -10],
      ['readmit', 6],
    ]);
    // What is counted again can go again.
    expect(await exclude({ block: BLOCK })).toBe(6);
    await agrees();
  });

  test('marks are listed with their hours and partners, and how many are out', async () => {
    await act(3, { block: BLOCK });
    now = new Date('2026-11-24T18:10:00Z');
    await act(2, { block: BLOCK, partner: 'jira' });
    await act(1, { block: 'Bbbbbbbbbbbb' });
    await act(9, { block: 'sample', is_sample: true });
    await exclude({ block: BLOCK, partner: 'jira' });
    expect(await atOneMoment(store.read, (trx) => readMarkedBlocks(trx, CORRECTED.slugs))).toEqual([
      {
        block: BLOCK,
        first_hour: '2026-11-24T15:00:00.000Z',
        last_hour: '2026-11-24T18:00:00.000Z',
        actions: 5,
        excluded_actions: 2,
        by_partner: [
          { partner: '', actions: 3 },
          { partner: 'jira', actions: 2 },
        ],
      },
      {
        block: 'Bbbbbbbbbbbb',
        first_hour: '2026-11-24T18:00:00.000Z',
        last_hour: '2026-11-24T18:00:00.000Z',
        actions: 1,
        excluded_actions: 0,
        by_partner: [{ partner: '', actions: 1 }],
      },
    ]);
  });

  test('whatever goes and comes back in whatever order, no group of rows has more out than it has', async () => {
    let seed = 20261124;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const pick = <T>(list: readonly T[]) => list[random(list.length)]!;
    const made: string[] = [];
    for (let step = 0; step < 120; step += 1) {
      now = new Date(Date.parse('2026-11-24T15:30:00Z') + random(3) * 3_600_000);
      const hour = `2026-11-24T${15 + random(3)}:00:00.000Z`;
      const what = random(5);
      if (what < 2)
        await act(1 + random(8), {
          status_code: pick<StatusCode>(['contact', 'unavailable']),
          partner: pick(['', 'jira']),
          block: pick([undefined, BLOCK, 'Bbbbbbbbbbbb']),
        });
      if (what === 2) await enter({ id: `e-${step}`, partner: pick(['', 'jira']), actions: 1 + random(8) });
      if (what === 3) {
        const criteria = pick<Criteria>([
          { from: hour },
          { to: hour, partner: 'jira' },
          { block: BLOCK },
          { block: 'Bbbbbbbbbbbb', from: hour },
          { entry: `e-${random(step + 1)}` },
        ]);
        if ((await exclude(criteria)) > 0) made.push(`c-${ids}`);
      }
      if (what === 4 && made.length > 0) await readmit(pick(made));
    }
    expect(made.length).toBeGreaterThan(5);
    const left = await atOneMoment(store.read, (trx) => findCounted(trx, CORRECTED, {}));
    const all = await totals();
    expect(sumOf(left).completed_actions).toBe(all.completed_actions);
    expect(left.every(({ count }) => count > 0)).toBe(true);
    expect(Object.values(all.by_type.phone).every((count) => count >= 0)).toBe(true);
    await agrees();
    await exclude({});
    expect((await totals()).completed_actions).toBe(0);
    await agrees();
  });

  test('while others act, enter, exclude and readmit, no answer contradicts itself, nothing is lost, and what goes is told', async () => {
    const other = await database.open();
    const otherLog = createActionLog({ store: other, now: () => now });
    let isOver = false;
    let acted = 0;
    const supporter = async (name: string) => {
      for (let index = 0; !isOver; index += 1) {
        await otherLog.log(logEntry({ nonce: `${name} ${index}`, block: index % 2 ? BLOCK : undefined }));
        acted += 1;
      }
    };
    let seen = { completed_actions: 0, corrected: 0 };
    let answers = 0;
    const reader = async () => {
      while (!isOver) {
        const all = await totals();
        expect(sums(all)).toEqual(Array(7).fill(all.completed_actions));
        // Without its corrections the number only grows.
        expect(all.completed_actions - corrected(all)).toBeGreaterThanOrEqual(
          seen.completed_actions - seen.corrected,
        );
        seen = { completed_actions: all.completed_actions, corrected: corrected(all) };
        answers += 1;
        // Reading from SQLite waits for nothing: without this nobody else would get a turn.
        await setImmediate();
      }
    };
    const others = [supporter('a'), supporter('b'), reader()];
    let entered = 0;
    try {
      for (let round = 0; round < 6; round += 1) {
        await enter({ id: `e-${round}`, actions: 10 });
        entered += 10;
        // Two at once never take the same twice.
        await Promise.all([exclude({ block: BLOCK }), exclude({ block: BLOCK }, other)]);
        await exclude({ entry: `e-${round}` });
        if (round % 2) await readmit(`c-${ids}`);
      }
    } finally {
      isOver = true;
    }
    await Promise.all(others);
    await otherLog.close();
    await other.close();
    expect(answers).toBeGreaterThan(3);
    const all = await totals();
    expect(all.completed_actions - corrected(all)).toBe(acted + entered);
    expect(all.corrections.some(({ completed_actions }) => completed_actions < 0)).toBe(true);
    await agrees();
  });
});
