import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import type { CountedCell } from '../../server/reports/day-counts.ts';
import { PUBLISHED } from '../../server/reports/published-shape.ts';
import { publishDue } from '../../server/reports/published-tables.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { logCounts } from '../support/log-counts.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const DIVISION = 'ocd-division/country:us/state:fl';

let app: TestApp;
let ids: string[];
beforeAll(async () => {
  const data_dir = folderOf({});
  const made = madeUpRoster(
    ['1', '2', '3'].map((district, nth) => ({
      chamber: 'upper' as const,
      district,
      members: [['Ada Oak', 'Ben Fir', 'Cleo Elm'][nth]!],
    })),
  );
  ids = made.legislators.map(({ id }) => id);
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), made, undefined);
  app = await startTestApp({ data_dir, allow_sample: false, now: () => new Date('2026-11-06T15:00:00Z') });
  await logCounts(app.store, [
    dayOf('2026-11-02', [7, 6, 8], [4, 5, 6]),
    dayOf('2026-11-03', [20, 14, 3], [15, 30, 9]),
    dayOf('2026-11-04', [12, 14, 18], [15, 3, 9]),
  ]);
});
afterAll(() => app.close());

/** A day's actions: those of no partner and those of jira, by district. */
function dayOf(day: string, none: number[], jira: number[]) {
  const counts = [none, jira].flatMap((row, partner) =>
    row.map(
      (completed_actions, district): CountedCell => ({
        partner: partner === 0 ? '' : '=jira',
        legislator_id: ids[district]!,
        division_id: `${DIVISION}/sldu:${district + 1}`,
        completed_actions,
      }),
    ),
  );
  return { day, counts };
}

const publish = () =>
  publishDue({
    store: app.store,
    campaign: app.parts.campaigns.get('visible-act')!,
    time_zone: 'America/New_York',
    now: app.parts.now(),
  });

test('before anything is published the page says when there will be something, and the totals lead to it', async () => {
  const { $, status } = await app.get(`${PATH}/tables`);
  expect(status).toBe(200);
  expect($('main').text()).toContain('Nothing is published yet');
  expect($('main table').length).toBe(0);
  expect((await app.get(`${PATH}/totals`)).$(`a[href="${PATH}/tables"]`).text()).toContain('Tables by day');
});

test('published tables name legislators, partners and districts, and show numbers of 5 and more or the word hidden', async () => {
  await publish();
  const { $ } = await app.get(`${PATH}/tables`);
  const text = $('main').text().replaceAll(/\s+/g, ' ');
  expect(text).toContain('Senator Ada Oak');
  expect(text).toContain('State District 1');
  expect(text).toContain('no partner');
  expect(text).toContain('Nothing is ever shown of the first days (November 2, 2026)');
  const numbers = $('main td.number')
    .toArray()
    .map((cell) => $(cell).text());
  expect(numbers.length).toBeGreaterThan(8);
  for (const number of numbers) if (number !== 'hidden') expect(Number(number)).toBeGreaterThanOrEqual(5);
  expect($('main details').length).toBeGreaterThan(2);
  expect($('main details[open] summary').first().text()).toBe('November 4, 2026');
});

test('the same is there as JSON and CSV, for any site, codes that a spreadsheet would run made harmless', async () => {
  const json = await app.get(`${PATH}/tables.json`);
  const data = JSON.parse(json.text);
  expect(PUBLISHED.parse(data)).toMatchObject({
    campaign_slug: 'visible-act',
    smallest_shown: 5,
    kept_back: { first_day: '2026-11-02', last_day: '2026-11-02' },
  });
  expect(data.legislator_by_day[0]).toMatchObject({ first_day: '2026-11-03', last_day: '2026-11-03' });
  const csv = await app.get(`${PATH}/tables.csv`);
  for (const { headers } of [json, csv]) expect(headers.get('access-control-allow-origin')).toBe('*');
  const lines = csv.text.trimEnd().split('\r\n');
  const cells = [...data.legislator_by_day, ...data.partner_by_division].flatMap((slice) => slice.cells);
  expect(lines).toHaveLength(cells.length + 1);
  expect(csv.text).toContain(",'=jira,");
  expect(csv.text).not.toContain(',=jira');
});

test('a correction that comes later is told beside the tables, which stay', async () => {
  const before = JSON.parse((await app.get(`${PATH}/tables.json`)).text);
  await app.store.transaction((trx) =>
    trx
      .insertInto('corrections')
      .values({
        id: 'later',
        campaign_slug: 'visible-act',
        kind: 'exclude',
        made_at: '2026-11-07T15:00:00.000Z',
        reason: 'Sent by one machine.',
        criteria: '{}',
        actions: -4,
        completed_actions: -4,
      })
      .execute(),
  );
  const after = JSON.parse((await app.get(`${PATH}/tables.json`)).text);
  expect({ ...after, corrections: [] }).toEqual(before);
  const { $ } = await app.get(`${PATH}/tables`);
  expect($('main').text()).toMatch(/4 completed actions were taken out\.[\s\S]*Sent by one machine\./);
});

test('on sample pages there are none, and the page says why', async () => {
  const sample = await startTestApp();
  const { $ } = await sample.get(`${PATH}/tables`);
  expect($('main .notice').text()).toContain('real actions alone');
  expect(JSON.parse((await sample.get(`${PATH}/tables.json`)).text)).toMatchObject({
    kept_back: null,
    legislator_by_day: [],
  });
  await sample.close();
});
