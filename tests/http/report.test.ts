import { parse } from 'csv-parse/sync';
import { enterOffline } from '../../server/actions/offline-queries.ts';
import { revokeReportLinks } from '../../server/reports/report-link-queries.ts';
import { REPORT_VIEWS } from '../../server/reports/report-views.ts';
import { takeOut } from '../support/made-up-figure.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const SLUG = 'visible-act';
const PATH = `/reports/${SLUG}`;

let now: Date;
let app: TestApp;
beforeAll(async () => {
  now = new Date('2026-11-24T17:00:00Z');
  app = await startTestApp({ now: () => now, settings: { lookups_per_minute: 10_000 } });
  const log = (nonce: string, changes = {}) =>
    // On this app legislators are made up, and so are its actions.
    app.parts.action_log.log(logEntry({ nonce, is_sample: true, ...changes }));
  await Promise.all([
    log('a', { partner: 'jira' }),
    log('b', { partner: 'jira', type: 'email', status_code: 'sent', page_language: 'es' }),
    log('c', { partner: 'l4a', page_language: 'ht', message_language: 'es', legislator_id: 'ocd-person/2' }),
    log('d'),
    log('e', { partner: 'l4a', type: 'email', status_code: 'started' }),
    log('f', { origin: 'offline', legislator_id: '', division_id: 'ocd-division/country:us/state:fl' }),
    // Of an installation with real legislators: not to be seen here.
    log('g', { is_sample: false }),
  ]);
});
afterAll(() => app.close());
beforeEach(() => {
  now = new Date('2026-11-24T17:00:00Z');
});

const get = (address: string, token: string) => app.get(`${address}?link=${token}`);
const json = async (address: string, token: string) => JSON.parse((await get(address, token)).text);

test('the organizer’s link shows every figure, the same in page, JSON and CSV', async () => {
  const token = await app.reportLink(SLUG);
  const page = await get(PATH, token);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('x-robots-tag')).toBe('noindex');
  expect(page.$('#summary .progress p').text()).toBe('5 of 1,000 actions');
  expect(page.$('meta[property^="og:"]').length).toBe(0);
  const report = await json(`${PATH}/report.json`, token);
  expect(report).toMatchObject({
    scope: 'organizer',
    partner: '',
    is_sample: true,
    coalition: { goal: 1000, completed_actions: 5 },
    totals: {
      completed_actions: 5,
      self_reported: 4,
      offline: 1,
      by_partner: [
        { partner: '', completed_actions: 2 },
        { partner: 'jira', completed_actions: 2 },
        { partner: 'l4a', completed_actions: 1 },
      ],
      by_division: [
        { division_id: 'ocd-division/country:us/state:fl/sldu:5', completed_actions: 4 },
        { division_id: 'ocd-division/country:us/state:fl', completed_actions: 1 },
      ],
    },
  });
  for (const view of REPORT_VIEWS) {
    const { rows } = await json(`${PATH}/${view}.json`, token);
    const csv = await get(`${PATH}/${view}.csv`, token);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = parse(csv.text, { columns: true }) as Record<string, string>[];
    expect(lines).toEqual(
      rows.map((row: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
      ),
    );
    // Every link to data on the page leads there.
    if (rows.length > 0 && view !== 'variant')
      expect([view, page.$(`a[href^="${PATH}/${view}.csv?link="]`).length]).toEqual([view, 1]);
  }
});

test('a partner’s link shows its own figures and the coalition’s total, and nothing of others', async () => {
  const token = await app.reportLink(SLUG, 'jira');
  const page = await get(PATH, token);
  expect(page.$('.lead').text()).toBe('Jacksonville Immigrant Rights Alliance');
  expect(page.$('#summary .figure').text()).toBe('2 completed actions');
  expect(page.$('#summary .progress p').text()).toBe('The whole coalition: 5 of 1,000 actions');
  expect(page.$('#by-language').text()).not.toContain('Haitian');
  const answers = [page.text];
  for (const file of ['report', ...REPORT_VIEWS])
    for (const format of ['json', 'csv']) answers.push((await get(`${PATH}/${file}.${format}`, token)).text);
  for (const answer of answers) {
    // What the other partner's actions alone have.
    for (const word of ['l4a', 'Legalization', 'ocd-person/2', 'no partner'])
      expect(answer).not.toContain(word);
  }
  const { totals } = await json(`${PATH}/report.json`, token);
  expect(totals.by_partner).toEqual([{ partner: 'jira', completed_actions: 2 }]);
  expect(totals.completed_actions).toBe(2);
});

test('a link that was forged, changed, made for another campaign, has expired or was revoked opens nothing', async () => {
  const token = await app.reportLink(SLUG, 'jira', 1);
  const organizers = await app.reportLink(SLUG);
  const [id, seconds, , signed] = token.split('.');
  const elsewhere = await app.reportLink('example');
  const never_kept = app.parts.report_tokens.issue({
    id: 'never-kept',
    campaign_slug: SLUG,
    partner: '',
    expires_at: '2027-01-01T00:00:00.000Z',
  });
  const forged = [
    '',
    'x',
    `${id}.${seconds}..${signed}`,
    `${id}.${seconds}.l4a.${signed}`,
    `${id}.${Number(seconds) + 1}.jira.${signed}`,
    `${organizers.split('.')[0]}.${seconds}.jira.${signed}`,
    `${token}x`,
    token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    elsewhere,
  ];
  const refused = async (given: string, reason: string) => {
    for (const address of [PATH, `${PATH}/version`, `${PATH}/report.json`, `${PATH}/day.csv`]) {
      const answer = await get(address, encodeURIComponent(given));
      expect([given, address, answer.status]).toEqual([given, address, 403]);
      expect(answer.$('h1').text()).toMatch(reason);
    }
  };
  for (const given of forged) await refused(given, 'This link opens no report');
  await refused(never_kept, 'This link was ended');
  expect((await get(PATH, token)).status).toBe(200);
  now = new Date('2026-11-25T17:00:01Z');
  await refused(token, 'This link has expired');
  now = new Date('2026-11-24T17:00:00Z');
  const { revoked } = await revokeReportLinks(app.store, [SLUG], { which: { id: id! }, now });
  expect(revoked).toMatchObject([{ id, revoked_at: '' }]);
  await refused(token, 'This link was ended');
  expect((await get(PATH, organizers)).status).toBe(200);
  expect((await get('/reports/nowhere', organizers)).status).toBe(403);
});

test('the report stays in the link when its language changes, and its token stands in no other address', async () => {
  const token = await app.reportLink(SLUG);
  const page = await app.get(`${PATH}?link=${token}&lang=es`);
  expect(page.$('h1').text()).toBe('Informe');
  const href = page.$('a[hreflang=ht], a[lang=ht]').attr('href')!;
  expect((await app.get(href)).$('h1').text()).toBe('Rapò');
  const others = page
    .$('a[href]')
    .toArray()
    .map((a) => page.$(a).attr('href')!)
    .filter((one) => !one.startsWith('/reports/') && one.includes(token.split('.')[0]!));
  expect(others).toEqual([]);
  expect(app.log.join('\n')).not.toContain(token.split('.')[0]!);
});

test('an open page is told of new numbers by its version, and by nothing else', async () => {
  const token = await app.reportLink(SLUG);
  const { version } = await json(`${PATH}/version`, token);
  expect((await get(PATH, token)).$('[data-version]').attr('data-version')).toBe(version);
  now = new Date('2026-11-24T18:00:00Z');
  expect((await json(`${PATH}/version`, token)).version).toBe(version);
  await app.parts.action_log.log(logEntry({ nonce: 'later', is_sample: true, status_code: 'unavailable' }));
  expect((await json(`${PATH}/version`, token)).version).not.toBe(version);
});

test('of what organizers entered it is said how much was taken out since, to a partner of its own entries alone', async () => {
  // Its legislators are real ones, so that real actions are shown.
  const real = await startTestApp({
    now: () => now,
    parts: ({ rosters }) => ({
      rosters: {
        ...rosters,
        get: (state) => {
          const place = rosters.get(state);
          return place && { ...place, roster: { ...place.roster, is_sample: false } };
        },
      },
    }),
  });
  const entry = {
    campaign_slug: SLUG,
    day: '2026-11-23',
    type: 'phone' as const,
    status_code: 'contact' as const,
    legislator_id: '',
    division_id: 'ocd-division/country:us/state:fl',
    page_language: '',
    message_language: '',
  };
  const enter = (id: string, partner: string, actions: number) =>
    enterOffline(
      real.store,
      { ...entry, id, partner, actions, note: `=note of ${id}` },
      { time_zone: 'America/New_York', now },
    );
  await enter('of-jira', 'jira', 40);
  await enter('of-l4a', 'l4a', 7);
  await takeOut(real.store, {
    id: 'twice',
    made_at: now.toISOString(),
    origin: 'offline',
    source: 'of-jira',
    actions: 15,
  });
  const answer = async (view: string, partner: string) =>
    (await real.get(`${PATH}${view}?link=${await real.reportLink(SLUG, partner)}`)).text;
  expect(JSON.parse(await answer('/offline.json', '')).rows).toMatchObject([
    { id: 'of-jira', actions: 40, excluded_actions: 15, note: '=note of of-jira' },
    { id: 'of-l4a', actions: 7, excluded_actions: 0 },
  ]);
  // No spreadsheet takes a note for a formula.
  expect(await answer('/offline.csv', '')).toContain(",'=note of of-jira");
  const page = await real.get(`${PATH}?link=${await real.reportLink(SLUG, 'jira')}`);
  const cells = page.$('#offline tbody td.number').toArray();
  expect(cells.map((cell) => page.$(cell).text())).toEqual(['40', '15']);
  expect(page.$('#by-division tbody th').text()).toBe('no district said');
  // Spreadsheets know by its first bytes which letters these are, and whose figures a file holds by its name.
  const file = await fetch(`${real.url}${PATH}/day.csv?link=${await real.reportLink(SLUG, 'jira')}`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename=visible-act-jira-day.csv');
  expect([...new Uint8Array(await file.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const partners = await answer('/offline.json', 'jira');
  expect(JSON.parse(partners).rows).toMatchObject([{ id: 'of-jira', note: '' }]);
  await real.close();
});
