import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { enterOffline } from '../../server/actions/offline-queries.ts';
import { readTotals } from '../../server/actions/totals.ts';
import { readCorrectionsSince } from '../../server/reports/corrections-since.ts';
import { freezeFigure } from '../../server/reports/freeze-figure.ts';
import { FROZEN_FIGURE } from '../../server/reports/frozen-figure.ts';
import { listFigures, readFigure } from '../../server/reports/frozen-queries.ts';
import type { Store } from '../../server/store/open-store.ts';
import { type Locales, openLocales } from '../../server/words/locale.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { backUp, restore } from '../support/backups.ts';
import { takeOut } from '../support/made-up-figure.ts';
import { logEntry, STORE_KINDS } from '../support/temp-store.ts';

const CAMPAIGN = madeUpCampaign({
  slug: 'visible-act',
  partners: [{ code: 'jira', name: 'Zoë & <Friends>' }],
});

let locales: Locales;
beforeAll(async () => {
  locales = await openLocales('views/locales');
});

describe.each(STORE_KINDS)('$name', ({ create }) => {
  let now: Date;
  let database: Awaited<ReturnType<typeof create>>;
  let store: Store;
  let log: ActionLog;
  beforeEach(async () => {
    // Ten at night in Florida: its day is not that of UTC.
    now = new Date('2026-11-25T03:30:00Z');
    database = await create();
    store = await database.open();
    log = createActionLog({ store, now: () => now });
  });
  afterEach(async () => {
    await log.close();
    await store.close();
    await database.drop();
  });

  const freeze = async (numbers: number[] = [0.1], note = '') => {
    const rest = [...numbers];
    return freezeFigure(store, {
      campaign: CAMPAIGN,
      totals: await readTotals(store, CAMPAIGN, { is_sample: false, now }),
      roster: undefined,
      locales,
      base: 'https://act.example.org',
      note,
      random: () => rest.shift() ?? 0.5,
    });
  };
  const since = async (id: string, former_slugs: string[] = []) => {
    const { figure } = (await readFigure(store, id))!;
    const campaign = { slug: 'visible-act', goal: 0, former_slugs };
    const { corrections } = await readCorrectionsSince(store, figure, { campaign, now });
    return corrections.map(({ id: correction, kind, completed_actions }) => [
      correction,
      kind,
      completed_actions,
    ]);
  };

  test('a figure holds the real totals of one moment in the state’s days, and its bytes stay whatever is counted later', async () => {
    await Promise.all([
      log.log(logEntry({ nonce: 'a', partner: 'jira' })),
      log.log(logEntry({ nonce: 'b', type: 'email', status_code: 'started' })),
      log.log(logEntry({ nonce: 'c', is_sample: true })),
    ]);
    const figure = await freeze([0.1], 'For the “hearing”');
    expect(FROZEN_FIGURE.parse(figure)).toEqual(figure);
    expect(figure.id).toMatch(/^visible-act-2026-11-24-[a-z2-9]{4}$/);
    expect(figure).toMatchObject({
      completed_actions: 1,
      frozen_at: '2026-11-25T03:30:00.000Z',
      by_day: [{ day: '2026-11-24', completed_actions: 1 }],
      by_type: { phone: { contact: 1 }, email: { started: 1, sent: 0 } },
      by_partner: [{ partner: 'jira', name: 'Zoë & <Friends>', completed_actions: 1 }],
      by_legislator: [{ legislator_id: 'ocd-person/1', title: null, name: null, completed_actions: 1 }],
      figure_url: `https://act.example.org/figures/${figure.id}`,
      corrections_since: `https://act.example.org/figures/${figure.id}/corrections.json`,
    });
    expect(Object.keys(figure.definition)).toEqual(locales.languages);
    const { json } = (await readFigure(store, figure.id))!;
    expect(JSON.parse(json)).toEqual(figure);
    await log.log(logEntry({ nonce: 'd', partner: 'jira' }));
    await takeOut(store, { id: 'c1', made_at: '2026-11-26T00:00:00.000Z' });
    now = new Date('2026-11-26T15:00:00Z');
    expect((await freeze([0.2])).completed_actions).toBe(2);
    const again = await database.open();
    expect((await readFigure(again, figure.id))!.json).toBe(json);
    await again.close();
  });

  test('where an id is taken the next one is tried, and nothing is written over', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    const first = await freeze([0, 0, 0, 0]);
    await log.log(logEntry({ nonce: 'b' }));
    const second = await freeze([0, 0, 0, 0, 0.9, 0.9, 0.9, 0.9]);
    expect([first.id.slice(-4), second.id.slice(-4)]).toEqual(['aaaa', '6666']);
    expect((await readFigure(store, first.id))!.figure.completed_actions).toBe(1);
    expect(second.figure_url).toContain(second.id);
  });

  test('a campaign lists its figures, the latest first, under every name that it had', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    const first = await freeze();
    now = new Date('2026-12-01T15:00:00Z');
    const second = await freeze([0.1], 'For the hearing');
    expect(await listFigures(store, ['renamed', 'visible-act'])).toEqual([
      { id: second.id, frozen_at: '2026-12-01T15:00:00.000Z', note: 'For the hearing' },
      { id: first.id, frozen_at: '2026-11-25T03:30:00.000Z', note: '' },
    ]);
    expect(await listFigures(store, ['renamed'])).toEqual([]);
    expect(await readFigure(store, 'visible-act-2026-11-24-zzzz')).toBeUndefined();
  });

  test('corrections since are those that the figure does not hold, as far as they concern what it counts', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    await takeOut(store, { id: 'before', made_at: '2026-11-24T20:00:00.000Z', actions: 4 });
    const { id, corrections } = await freeze();
    expect(corrections.map((one) => one.id)).toEqual(['before']);
    expect(await since(id)).toEqual([]);
    const later = (day: number) => `2026-12-0${day}T15:00:00.000Z`;
    await takeOut(store, { id: 'of-later', made_at: later(1), action_date: '2026-11-26T15:00:00.000Z' });
    // The figure is of half past ten at night; what was entered for its day is dated at noon, which had passed.
    await takeOut(store, {
      id: 'entered-for-later',
      made_at: later(1),
      origin: 'offline',
      action_date: '2026-11-25T17:00:00.000Z',
    });
    await takeOut(store, { id: 'not-completed', made_at: later(1), status_code: 'unavailable' });
    await takeOut(store, { id: 'taken', made_at: later(2), actions: 3 });
    await takeOut(store, { id: 'back', made_at: later(3), actions: -2 });
    await takeOut(store, { id: 'other', made_at: later(4), campaign_slug: 'example' });
    await takeOut(store, { id: 'renamed', made_at: later(5), campaign_slug: 'new-name' });
    const of_this = [
      ['taken', 'exclude', -3],
      ['back', 'readmit', 2],
    ];
    expect(await since(id)).toEqual(of_this);
    expect(await since(id, ['new-name'])).toEqual([...of_this, ['renamed', 'exclude', -1]]);
  });

  test('what a figure had gone without is none of its loss when it comes back and goes again', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    await takeOut(store, { id: 'before', made_at: '2026-11-24T20:00:00.000Z', actions: 54 });
    const { id } = await freeze();
    const taken_out = async () => {
      const { figure } = (await readFigure(store, id))!;
      return (await readCorrectionsSince(store, figure, { campaign: CAMPAIGN, now })).taken_out;
    };
    let made = 0;
    const correct = (actions: number, hour = '15') => {
      made += 1;
      const made_at = `2026-12-0${made}T15:00:00.000Z`;
      const action_date = `2026-11-24T${hour}:00:00.000Z`;
      return takeOut(store, { id: `c${made}`, made_at, actions, action_date });
    };
    expect(await taken_out()).toBe(0);
    await correct(-54);
    expect(await taken_out()).toBe(0);
    await correct(54);
    expect(await taken_out()).toBe(0);
    expect(await since(id)).toEqual([
      ['c1', 'readmit', 54],
      ['c2', 'exclude', -54],
    ]);
    await correct(3, '14');
    expect(await taken_out()).toBe(3);
    // What comes back that the figure never held does not make up for what went of it.
    await correct(-54);
    expect(await taken_out()).toBe(3);
    await correct(-3, '14');
    expect(await taken_out()).toBe(0);
  });

  test('what was entered in the morning for that day, dated at its noon, is among what a figure of the morning counts', async () => {
    now = new Date('2026-11-25T15:00:00Z');
    await log.log(logEntry({ nonce: 'a' }));
    const { id } = await freeze();
    const entered = { made_at: '2026-12-01T15:00:00.000Z', action_date: '2026-11-25T17:00:00.000Z' };
    await takeOut(store, { id: 'entered', origin: 'offline', ...entered });
    await takeOut(store, { id: 'at-noon', origin: 'web', ...entered });
    expect(await since(id)).toEqual([['entered', 'exclude', -1]]);
    // Entered after the figure for a day before it: the figure never had them.
    const { context } = logEntry({ nonce: '' });
    const { is_sample: _, variant: __, ...of_whom } = context;
    await enterOffline(
      store,
      { ...of_whom, id: 'late', day: '2026-11-24', status_code: 'contact', note: '', actions: 4 },
      { time_zone: 'America/New_York', now: new Date('2026-11-30T15:00:00Z') },
    );
    await takeOut(store, { id: 'late-out', origin: 'offline', source: 'late', actions: 4, ...entered });
    expect(await since(id)).toEqual([['entered', 'exclude', -1]]);
  });

  test('a back-up and its restore keep a figure to the byte', async () => {
    await log.log(logEntry({ nonce: 'a' }));
    const { id } = await freeze([0.3], 'Ünïcode “note”');
    const { json } = (await readFigure(store, id))!;
    const target = await create();
    await restore(await backUp(database.database_url), target.database_url);
    const restored = await target.open();
    expect((await readFigure(restored, id))!.json).toBe(json);
    await restored.close();
    await target.drop();
  });
});
