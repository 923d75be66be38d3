import { readReportTotals, readTotals } from '../../server/actions/totals.ts';
import { REPORT_VIEWS } from '../../server/reports/report-views.ts';
import { figuresOfCommand } from '../support/command-figures.ts';
import {
  figuresOfCsv,
  figuresOfRows,
  figuresOfTotals,
  figuresOfViewCsv,
  VIEW_FIGURES,
} from '../support/data-figures.ts';
import { howMany } from '../support/how-many.ts';
import { AFTERWARDS, knownReports } from '../support/known-actions.ts';
import { createTruth, type Figures, type Truth, wrongFigures } from '../support/known-truth.ts';
import {
  KNOWN_CAMPAIGNS,
  type KnownWorld,
  MAIN,
  makeKnownWorld,
  PARTNERS,
  RENAMED,
} from '../support/known-world.ts';
import { figuresOfPage, progressOf } from '../support/page-figures.ts';
import { runCommand } from '../support/run-command.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { countKnown, insertKnown, logKnown } from '../support/write-known.ts';

const ACTIONS = howMany({ quick: 100_000, all: 1_000_000 });
/** Those that go the way of supporters' forms, which takes longer. */
const LOGGED = howMany({ quick: 2000, all: 30_000 });
/** Of each day: what counting anew takes grows with them. */
const HOURS = howMany({ quick: 6, all: 11 });
/** What actions may be credited to: nobody, or one of the partners. */
const CODES = ['', ...Object.keys(PARTNERS)];
const NUMBERS = ['completed', 'self_reported', 'server_accepted', 'offline'];
const PUBLIC_VIEWS = ['type', 'day', 'legislator', 'partner', 'language', 'message_language'];
const REPORT_LISTS = [...PUBLIC_VIEWS, 'status', 'division', 'variant'];

/** Those figures alone that are of these names. */
function only(figures: Figures, names: string[]): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => names.includes(name.split('/')[0]!)));
}

/** Expects that what is told is so; `where` says where it is told. */
function expectExact(where: string, told: Figures, right: Figures): void {
  expect([where, ...wrongFigures(told, right)]).toEqual([where]);
}

test('of every view of reports it is said here what is true, and of every column', () => {
  expect(Object.keys(VIEW_FIGURES).toSorted()).toEqual(REPORT_VIEWS.toSorted());
});

describe.each(STORE_KINDS)(`$name, ${ACTIONS} actions of which all is known`, ({ name, create }) => {
  let world: KnownWorld;
  let database: Awaited<ReturnType<typeof create>>;
  let app: TestApp;
  let truth: Truth;
  /** What there was to see while only those were counted that came by forms. */
  let logged: { wrong: unknown[]; figures: Figures[]; known: Figures[]; mended: string[] };

  const reportOf = (
    campaign: (typeof KNOWN_CAMPAIGNS)[number],
    scope: { is_sample?: boolean; partner?: string } = {},
  ) => readReportTotals(app.store, campaign, { is_sample: false, now: AFTERWARDS, ...scope });

  beforeAll(async () => {
    world = await makeKnownWorld();
    database = await create();
    app = await startTestApp({
      ...world,
      database_url: database.database_url,
      allow_sample: false,
      now: () => AFTERWARDS,
      settings: { lookups_per_minute: 100_000 },
    });
    truth = createTruth();
    const known = function* (reports: ReturnType<typeof knownReports>) {
      for (const report of reports) {
        truth.add(report);
        yield report;
      }
    };
    const wrong = await logKnown(app.store, known(knownReports({ seed: 1, count: LOGGED, hours: HOURS })));
    const figures: Figures[] = [];
    for (const campaign of KNOWN_CAMPAIGNS) figures.push(figuresOfTotals(await reportOf(campaign)));
    const then = KNOWN_CAMPAIGNS.map((campaign) => truth.figures(campaign));
    logged = { wrong, figures, known: then, mended: await countKnown(app.store) };
    await insertKnown(app.store, known(knownReports({ seed: 2, count: ACTIONS - LOGGED, hours: HOURS })), {
      isSqlite: name === 'SQLite',
    });
    expect((await countKnown(app.store)).length).toBeGreaterThan(0);
  }, 900_000);
  afterAll(async () => {
    await app.close();
    await database.drop();
    world.drop();
  });

  test('as forms come in, twice and in conflict too, each figure is exact, and counting anew changes none', () => {
    expect(logged.wrong).toEqual([]);
    for (const [index, { slug }] of KNOWN_CAMPAIGNS.entries())
      expectExact(slug, logged.figures[index]!, logged.known[index]!);
    expect(logged.mended).toEqual([]);
  });

  test('the totals of every campaign are exact, real and sample, of all and of each partner', async () => {
    for (const campaign of KNOWN_CAMPAIGNS) {
      const totals = await readTotals(app.store, campaign, { is_sample: false, now: AFTERWARDS });
      const published = only(truth.figures(campaign), [...NUMBERS, ...PUBLIC_VIEWS]);
      expectExact(campaign.slug, figuresOfTotals(totals), published);
      for (const is_sample of [false, true])
        for (const partner of [undefined, ...CODES]) {
          const scope = { is_sample, ...(partner === undefined ? {} : { partner }) };
          const figures = figuresOfTotals(await reportOf(campaign, scope));
          expectExact(JSON.stringify([campaign.slug, scope]), figures, truth.figures(campaign, scope));
          expect(Object.keys(figures).length).toBeGreaterThan(10);
        }
    }
  });

  test('anyone who asks for the totals as JSON, as CSV or as a page gets the exact ones', async () => {
    for (const campaign of KNOWN_CAMPAIGNS) {
      const path = `/campaigns/${campaign.slug}/totals`;
      const right = only(truth.figures(campaign), [...NUMBERS, ...PUBLIC_VIEWS]);
      const { text } = await app.get(`${path}.json`);
      expectExact(`${path}.json`, figuresOfTotals(JSON.parse(text)), right);
      const csv = await app.get(`${path}.csv`);
      expectExact(`${path}.csv`, figuresOfCsv(csv.text), only(right, PUBLIC_VIEWS));
      const { $ } = await app.get(path);
      expectExact(path, { ...figuresOfPage($), completed: progressOf($)[0]! }, right);
      expect(progressOf($)[1]).toBe(campaign.goal);
    }
    for (const campaign of [MAIN, RENAMED]) {
      const { $ } = await app.get(`/campaigns/${campaign.slug}`);
      expect(progressOf($)).toEqual([truth.figures(campaign).completed, campaign.goal]);
    }
  });

  test.each(['', 'group-1', 'group-9'])(
    'the report of link %j is exact in every view, format and on its page',
    async (partner) => {
      const link = `link=${await app.reportLink(MAIN.slug, partner)}`;
      const get = (file: string) => app.get(`/reports/${MAIN.slug}${file}?${link}`);
      const right = truth.figures(MAIN, partner === '' ? {} : { partner });
      const coalition = { goal: MAIN.goal, completed_actions: truth.figures(MAIN).completed };
      const report = JSON.parse((await get('/report.json')).text);
      expect(report).toMatchObject({ partner, is_sample: false, coalition });
      expectExact('report.json', figuresOfTotals(report.totals), right);
      expect(figuresOfCsv((await get('/report.csv')).text)).toEqual(
        only(
          right,
          REPORT_LISTS.filter((list) => list !== 'status'),
        ),
      );
      for (const view of REPORT_VIEWS) {
        const list = view === 'type' ? 'status' : view;
        const { rows } = JSON.parse((await get(`/${view}.json`)).text);
        expectExact(`${view}.json`, figuresOfRows(view, rows), only(right, [list]));
        const { text } = await get(`/${view}.csv`);
        expectExact(`${view}.csv`, figuresOfViewCsv(view, text), only(right, [list]));
      }
      const { $ } = await get('');
      const { completed, ...rest } = only(right, [
        ...NUMBERS,
        ...REPORT_LISTS.filter((list) => list !== 'type'),
      ]);
      expectExact('the page', figuresOfPage($), rest);
      expect(progressOf($)).toEqual([coalition.completed_actions, MAIN.goal]);
      if (partner !== '')
        expect($('#summary .figure').text()).toContain(`: ${completed!.toLocaleString('en-US')} `);
    },
  );

  // A process of its own takes a second or two, and reads as the app does: on one database in the quick suites.
  const isCommandRun = name === 'SQLite' || howMany({ quick: 0, all: 1 }) === 1;
  if (!isCommandRun) return;
  test('what the command prints is exact', async () => {
    const settings = { CAMPAIGNS_DIR: world.campaigns_dir, DATA_DIR: world.data_dir };
    const { out } = await runCommand('scripts/report.ts', [MAIN.slug], {
      ...settings,
      DATABASE_URL: database.database_url,
    });
    const lists = [...NUMBERS, ...REPORT_LISTS.filter((list) => list !== 'status')];
    expectExact('the command', figuresOfCommand(out), only(truth.figures(MAIN), lists));
  });
});
