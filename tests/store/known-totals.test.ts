import { parse } from 'csv-parse/sync';
import { readLists } from '../../scripts/report-corrections.ts';
import { totalsAsData } from '../../scripts/report-totals.ts';
import { readReportTotals, readTotals } from '../../server/actions/totals.ts';
import { REPORT_VIEWS, viewsOf } from '../../server/reports/report-views.ts';
import { figuresOfCommand } from '../support/command-figures.ts';
import {
  figuresOfCsv,
  figuresOfFrozen,
  figuresOfReport,
  figuresOfRows,
  figuresOfTotals,
  figuresOfViewCsv,
} from '../support/data-figures.ts';
import { howMany } from '../support/how-many.ts';
import { AFTERWARDS, laterReports } from '../support/known-actions.ts';
import { LAST_CORRECTIONS } from '../support/known-corrections.ts';
import type { FigureScope, Figures } from '../support/known-counts.ts';
import { knownEntries } from '../support/known-entries.ts';
import { FIXED_AT, type KnownHistory, reportOf, writeHistory } from '../support/known-history.ts';
import { addCorrection, wrongFigures } from '../support/known-truth.ts';
import {
  KNOWN_CAMPAIGNS,
  type KnownWorld,
  MAIN,
  makeKnownWorld,
  PARTNERS,
  RENAMED,
} from '../support/known-world.ts';
import { freeze } from '../support/made-up-figure.ts';
import { figuresOfPage, figuresSince, numberIn, progressOf } from '../support/page-figures.ts';
import { runCommand } from '../support/run-command.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { VIEW_FIGURES } from '../support/view-figures.ts';
import { logKnown } from '../support/write-known.ts';

const ACTIONS = howMany({ quick: 20_000, all: 1_000_000 });
const IS_LONG = howMany({ quick: 0, all: 1 }) === 1;
const SIZE = {
  actions: ACTIONS,
  logged: howMany({ quick: 2000, all: 30_000 }),
  visits: howMany({ quick: 3000, all: 30_000 }),
  hours: howMany({ quick: 4, all: 11 }),
  published_at: (IS_LONG
    ? ['2026-11-05T12:00:00.000Z', AFTERWARDS.toISOString()]
    : ['2026-10-14T12:00:00.000Z', '2026-10-18T12:00:00.000Z']) as [string, string],
  is_recounted: IS_LONG,
};
/** What actions may be credited to: nobody, or one of the partners. */
const CODES = ['', ...Object.keys(PARTNERS)];
const NUMBERS = ['completed', 'self_reported', 'server_accepted', 'offline'];
/** Views of actions that everyone sees, and what of corrections stands in sentences. */
const PUBLIC_VIEWS = ['type', 'day', 'legislator', 'partner', 'language', 'message_language'];
const PUBLIC = [...NUMBERS, ...PUBLIC_VIEWS, 'correction', 'corrected'];
const REPORT_LISTS = [...PUBLIC_VIEWS, 'division', 'variant'];
/** Data that no page shows: when something was entered or corrected, and what only programs ask for. */
const DATA_ALONE = ['corrected', 'entered', 'unknown_first', 'visits', 'letters_oldest'];

/** Those figures alone that are of these names. */
function only(figures: Figures, names: string[]): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => names.includes(name.split('/')[0]!)));
}

/** All but those of these names. */
function without(figures: Figures, names: string[]): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => !names.includes(name.split('/')[0]!)));
}

/** Expects that what is told is so; `where` says where it is told. */
function expectExact(where: string, told: Figures, right: Figures): void {
  expect([where, ...wrongFigures(told, right)]).toEqual([where]);
}

test('of every view of reports it is said here what is true, and of every column', () => {
  expect(Object.keys(VIEW_FIGURES).toSorted()).toEqual(REPORT_VIEWS.toSorted());
});

describe.each(STORE_KINDS)(`$name, ${ACTIONS} actions of which all is known`, ({ name, create }) => {
  const isSqlite = name === 'SQLite';
  /** Whoever is asked about: the queries are the same on both databases, so one of them answers for some in the quick suites. */
  const codes = isSqlite || IS_LONG ? CODES : ['', 'group-1', 'gone-group'];
  let world: KnownWorld;
  let database: Awaited<ReturnType<typeof create>>;
  let app: TestApp;
  let history: KnownHistory;
  let clock = AFTERWARDS;

  const totalsOf = (campaign: (typeof KNOWN_CAMPAIGNS)[number], scope: FigureScope = {}) =>
    readReportTotals(app.store, campaign, { is_sample: false, now: clock, ...scope });

  beforeAll(async () => {
    world = await makeKnownWorld();
    database = await create();
    app = await startTestApp({
      ...world,
      database_url: database.database_url,
      allow_sample: false,
      now: () => clock,
      settings: { lookups_per_minute: 100_000 },
    });
    history = await writeHistory(app, SIZE, { isSqlite });
  }, 900_000);
  afterAll(async () => {
    await app.close();
    await database.drop();
    world.drop();
  });

  test('as forms, visits, replies, entries and corrections come in, twice and in conflict too, each figure is exact, and counting anew changes none', () => {
    expect(history.wrong).toEqual([]);
    for (const { where, told, right } of history.logged)
      expectExact(where, told, without(right, ['partner_visits']));
    expect(history.mended).toEqual({ before: [], after: [] });
  });

  test('the totals of every campaign are exact, real and sample, of all and of each partner', async () => {
    for (const campaign of KNOWN_CAMPAIGNS) {
      const totals = await readTotals(app.store, campaign, { is_sample: false, now: AFTERWARDS });
      expectExact(campaign.slug, figuresOfTotals(totals), only(history.truth.figures(campaign), PUBLIC));
      for (const is_sample of [false, true])
        for (const partner of [undefined, ...codes]) {
          const scope = { is_sample, ...(partner === undefined ? {} : { partner }) };
          const figures = figuresOfTotals(await totalsOf(campaign, scope));
          const right = history.truth.figures(campaign, scope);
          expectExact(JSON.stringify([campaign.slug, scope]), figures, right);
          // Samples of a single partner are too few for that where there are few actions.
          if (IS_LONG || !is_sample || partner === undefined)
            expect(Object.keys(figures).length).toBeGreaterThan(10);
        }
    }
  });

  test('the report of every campaign is exact, real and sample, for the organizer and for each partner', async () => {
    for (const campaign of KNOWN_CAMPAIGNS)
      for (const is_sample of [false, true])
        for (const partner of codes) {
          const scope = { is_sample, ...(partner === '' ? {} : { partner }) };
          const figures = figuresOfReport((await reportOf(app, campaign, scope)) as never);
          const right = without(history.figures(campaign, scope), ['partner_visits']);
          expectExact(JSON.stringify([campaign.slug, scope]), figures, right);
        }
  });

  test('what is listed as entered, taken out, put back and marked is exact', async () => {
    for (const campaign of KNOWN_CAMPAIGNS) {
      const lists = await readLists(app.store.read, app.parts.campaigns.get(campaign.slug)!);
      const own = history.truth.corrections(campaign);
      expect(
        lists.corrections.map(({ id, actions, completed_actions }) => [id, actions, completed_actions]),
      ).toEqual(
        own.map(({ correction, actions, completed_actions }) => [correction.id, actions, completed_actions]),
      );
      expect(own.length).toBeGreaterThan(0);
      expect(
        lists.marked_blocks.map(({ block, actions, excluded_actions }) => [block, actions, excluded_actions]),
      ).toEqual(history.truth.blocks(campaign));
      const slugs = [campaign.slug, ...campaign.former_slugs];
      expect(lists.offline_entries.map(({ id }) => id)).toEqual(
        history.entries
          .filter(({ entry }) => slugs.includes(entry.campaign_slug))
          .map(({ entry }) => entry.id),
      );
    }
  });

  test('anyone who asks for the totals as JSON, as CSV or as a page gets the exact ones', async () => {
    for (const campaign of KNOWN_CAMPAIGNS) {
      const path = `/campaigns/${campaign.slug}/totals`;
      const right = only(history.truth.figures(campaign), PUBLIC);
      const { text } = await app.get(`${path}.json`);
      expectExact(`${path}.json`, figuresOfTotals(JSON.parse(text)), right);
      const csv = await app.get(`${path}.csv`);
      expectExact(`${path}.csv`, figuresOfCsv(csv.text), only(right, PUBLIC_VIEWS));
      const { $ } = await app.get(path);
      const shown = { ...figuresOfPage($), completed: progressOf($)[0]! };
      expectExact(path, shown, without(right, DATA_ALONE));
      expect(progressOf($)[1]).toBe(campaign.goal);
    }
    for (const campaign of [MAIN, RENAMED]) {
      const { $ } = await app.get(`/campaigns/${campaign.slug}`);
      expect(progressOf($)).toEqual([history.truth.figures(campaign).completed, campaign.goal]);
    }
  });

  test.each(['', 'group-1', 'group-9'])(
    'the report of link %j is exact in every view, format and on its page',
    async (partner) => {
      const link = `link=${await app.reportLink(MAIN.slug, partner)}`;
      const get = (file: string) => app.get(`/reports/${MAIN.slug}${file}?${link}`);
      const right = history.figures(MAIN, partner === '' ? {} : { partner });
      const coalition = { goal: MAIN.goal, completed_actions: history.truth.figures(MAIN).completed };
      const report = JSON.parse((await get('/report.json')).text);
      expect(report).toMatchObject({ partner, is_sample: false, coalition });
      expectExact('report.json', figuresOfReport(report), without(right, ['partner_visits']));
      expect(figuresOfCsv((await get('/report.csv')).text)).toEqual(only(right, REPORT_LISTS));
      const opened = viewsOf({ scope: partner === '' ? 'organizer' : 'partner' });
      for (const view of REPORT_VIEWS) {
        const [json, csv] = [await get(`/${view}.json`), await get(`/${view}.csv`)];
        const status = opened.includes(view) ? 200 : 403;
        expect([view, json.status, csv.status]).toEqual([view, status, status]);
        if (status !== 200) continue;
        const own = only(right, VIEW_FIGURES[view].names);
        expectExact(`${view}.json`, figuresOfRows(view, JSON.parse(json.text).rows), own);
        expectExact(`${view}.csv`, figuresOfViewCsv(view, csv.text), own);
      }
      const { $ } = await get('');
      const { completed, ...rest } = without(right, [...DATA_ALONE, 'type']);
      expectExact('the page', figuresOfPage($), rest);
      expect(progressOf($)).toEqual([coalition.completed_actions, MAIN.goal]);
      if (partner !== '')
        expect($('#summary .figure').text()).toContain(`${completed!.toLocaleString('en-US')} `);
    },
  );

  test('every number that is published of two things at once is exact, as it was when it was published', async () => {
    const path = `/campaigns/${MAIN.slug}/tables`;
    const data = JSON.parse((await app.get(`${path}.json`)).text);
    const rows = (parse((await app.get(`${path}.csv`)).text, { columns: true }) as Record<string, string>[])
      .map((row) => Object.values(row).join(' '))
      .toSorted();
    const told: string[] = [];
    for (const [index, { published_at, figures }] of history.crossed.entries()) {
      const shown: Figures = {};
      const right: Figures = {};
      for (const [table, nameOf] of Object.entries(CROSSED))
        for (const { first_day, last_day, cells, ...slice } of data[table]) {
          if (slice.published_at !== published_at) continue;
          for (const cell of cells) {
            const name = nameOf(cell);
            shown[`${table} ${first_day} ${last_day} ${name}`] = cell.completed_actions;
            right[`${table} ${first_day} ${last_day} ${name}`] = sumOfDays(
              figures,
              name,
              first_day,
              last_day,
            );
            const { legislator_id = '', partner = '', division_id = '', completed_actions } = cell;
            told.push(
              [table, first_day, last_day, legislator_id, partner, division_id, completed_actions].join(' '),
            );
          }
        }
      expectExact(`tables.json of ${published_at}`, shown, right);
      expect([index, Object.keys(shown).length > 20]).toEqual([index, true]);
    }
    expect(rows).toEqual(told.toSorted());
    const { $ } = await app.get(path);
    const numbers = $('details td.number')
      .toArray()
      .map((cell) => $(cell).text());
    expect(
      numbers
        .filter((number) => /\d/.test(number))
        .map(numberIn)
        .toSorted(),
    ).toEqual(told.map((line) => Number(line.split(' ').at(-1))).toSorted());
    const since: Figures = {};
    for (const { correction, completed_actions } of history.truth.corrections(MAIN))
      if (correction.made_at > history.crossed[0]!.published_at)
        addCorrection(since, correction, completed_actions);
    expectExact('the corrections of tables.json', figuresOfRows('corrections', data.corrections), since);
    expectExact('the corrections of the page of tables', figuresSince($), without(since, DATA_ALONE));
  });

  test('what the command prints as CSV and as JSON is exact', async () => {
    const right = history.truth.figures(MAIN);
    const totals = await totalsOf(MAIN);
    expectExact('the CSV', figuresOfCsv(totalsAsData(totals, 'csv', undefined)), only(right, REPORT_LISTS));
    expectExact('the JSON', figuresOfTotals(JSON.parse(totalsAsData(totals, 'json', undefined))), right);
  });

  // A process of its own takes a second or two, and reads as the app does: on one database in the quick suites.
  if (isSqlite || IS_LONG)
    test('what the command prints for reading is exact', async () => {
      const settings = { CAMPAIGNS_DIR: world.campaigns_dir, DATA_DIR: world.data_dir };
      const { out } = await runCommand('scripts/report.ts', [MAIN.slug], {
        ...settings,
        DATABASE_URL: database.database_url,
      });
      const right = history.truth.figures(MAIN);
      expectExact('the table', figuresOfCommand(out), only(right, [...NUMBERS, ...REPORT_LISTS]));
      expect(out).toContain(`corrected ${Object.keys(only(right, ['corrected'])).length} times`);
    });

  test('a figure for the press is exact, stays as it was while more is counted and corrected, and what changed since is exact', async () => {
    clock = FIXED_AT;
    const figure = await freeze(app);
    const right = only(history.truth.figures(MAIN), PUBLIC);
    const before = (await app.get(`/figures/${figure.id}.json`)).text;
    expectExact('the figure', figuresOfFrozen(JSON.parse(before)), right);
    expect(figuresSince((await app.get(`/figures/${figure.id}`)).$)).toEqual({});

    clock = new Date('2026-12-05T12:00:00.000Z');
    const later = laterReports({ seed: 6, count: 300 });
    expect(await logKnown(app.store, later)).toEqual([]);
    for (const report of later) history.truth.add(report);
    await history.enter(
      app.store,
      knownEntries('last', 7, '2026-12-05', ['2026-12-02', '2026-12-03', '2026-12-04']),
    );
    await history.correct(app.store, LAST_CORRECTIONS);

    expectExact('the totals', figuresOfTotals(await totalsOf(MAIN)), history.truth.figures(MAIN));
    expect((await app.get(`/figures/${figure.id}.json`)).text).toBe(before);
    const { $ } = await app.get(`/figures/${figure.id}`);
    const { completed, ...rest } = without(right, DATA_ALONE);
    expectExact('the page of the figure', figuresOfPage($), rest);
    expect($('p.figure').text()).toBe(`${completed!.toLocaleString('en-US')} completed actions`);

    const known = JSON.parse(before).corrections.map(({ id }: { id: string }) => id);
    const since: Figures = {};
    for (const { correction, completed_actions } of history.truth.corrections(MAIN, { is_early: true }))
      if (!known.includes(correction.id) && completed_actions !== 0)
        addCorrection(since, correction, completed_actions);
    expect(Object.keys(since).length).toBeGreaterThan(4);
    expectExact('the changes', figuresSince($), without(since, DATA_ALONE));
    const { corrections } = JSON.parse((await app.get(`/figures/${figure.id}/corrections.json`)).text);
    expectExact('corrections.json', figuresOfRows('corrections', corrections), since);
  });
});

/** By the name of a published table, what names the numbers of a cell's days. */
const CROSSED: Record<string, (cell: Record<string, string>) => string> = {
  legislator_by_day: ({ legislator_id }) => `legislator ${legislator_id}`,
  partner_by_division: ({ partner, division_id }) => `partner ${partner} ${division_id}`,
};

function sumOfDays(figures: Figures, name: string, first_day: string, last_day: string): number {
  let sum = 0;
  for (let day = first_day; day <= last_day; day = nextDay(day)) sum += figures[`${name} ${day}`] ?? 0;
  return sum;
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
