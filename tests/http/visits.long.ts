import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../fixtures/people/folder.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { createClient, formFields } from '../support/client.ts';
import { startOn } from '../support/made-up-app.ts';
import { startServerProcess } from '../support/server-process.ts';
import { SQLITE } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { visitRows } from '../support/visit-rows.ts';

const PATH = '/campaigns/visible-act';
const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const HOUSE_14 = 'ocd-division/country:us/state:fl/sldl:14';
const ACT = `${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}`;
const ROSTER = [
  { chamber: 'upper' as const, district: '5', members: ['Alex Sample'] },
  { chamber: 'lower' as const, district: '14', members: ['Robin Sample'] },
];
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
/** A browser whose reader typed the address, or opened it from a code on paper. */
const TYPED = { 'user-agent': FIREFOX, 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' };
const BY_LINK = { ...TYPED, 'sec-fetch-site': 'cross-site' };
/** From one of our own pages. */
const WITHIN = { ...TYPED, 'sec-fetch-site': 'same-origin' };
/** A browser that does not send these headers. */
const OLD = { 'user-agent': FIREFOX };

let database: Awaited<ReturnType<typeof SQLITE.create>>;
let campaigns: ChangedCampaigns | undefined;
let app: TestApp;
beforeEach(async () => {
  database = await SQLITE.create();
});
afterEach(async () => {
  await app.close();
  campaigns?.drop();
  campaigns = undefined;
  await database.drop();
});

const start = async (options: Parameters<typeof startTestApp>[0] = {}) => {
  app = await startOn(ROSTER, { database_url: database.database_url, ...options });
};
const counted = (is_sample = false) => visitRows(app, database.database_url, is_sample);
/** How many visits come of one request. */
async function visitsOf(path: string, headers: Record<string, string>): Promise<number> {
  const sum = async () => Object.values((await counted()).by_partner).reduce((all, one) => all + one, 0);
  const before = await sum();
  await app.get(path, headers);
  return (await sum()) - before;
}

/** How many redirects lead from a path to a page. */
async function followed(path: string, headers: Record<string, string>): Promise<number> {
  const { status, headers: answered } = await app.get(path, headers);
  return status === 200 ? 0 : 1 + (await followed(answered.get('location')!, headers));
}

/** The campaign with two wordings of its e-mail, and with these lines: which wording is said stands in an address. */
function inVariants(lines = ''): ChangedCampaigns {
  const changed = changedCampaign((yaml) => `${yaml}\n${lines}\n`);
  const messages = join(changed.folder, 'visible-act/en');
  for (const name of ['short', 'long'])
    copyFileSync(join(messages, 'email.hbs'), join(messages, `email@${name}.hbs`));
  return changed;
}

test('a page that is come to from elsewhere begins a visit; going on within the site begins none', async () => {
  await start();
  const own = { referer: `${app.url}${PATH}` };
  const cases: [headers: Record<string, string>, visits: number][] = [
    [TYPED, 1],
    [BY_LINK, 1],
    [WITHIN, 0],
    [{ ...WITHIN, ...own }, 0],
    // From another host of the same owner, which may be a partner's.
    [{ ...TYPED, 'sec-fetch-site': 'same-site' }, 1],
    [{ ...TYPED, 'sec-fetch-site': 'same-site', ...own }, 0],
    [OLD, 1],
    [{ ...OLD, referer: 'https://jira.example.org/news' }, 1],
    [{ ...OLD, ...own }, 0],
  ];
  for (const [headers, visits] of cases)
    expect([headers, await visitsOf(`${PATH}?partner=jira`, headers)]).toEqual([headers, visits]);
  expect((await counted()).by_partner).toEqual({ jira: 5 });
});

test('behind a proxy that changes the host, the site’s own address is known by BASE_URL', async () => {
  await start({ settings: { base_url: 'https://calls.example.org' } });
  expect(await visitsOf(PATH, { ...OLD, referer: 'https://calls.example.org/' })).toBe(0);
  expect(await visitsOf(PATH, { ...OLD, referer: 'https://jira.example.org/' })).toBe(1);
});

test('every page of a campaign can begin a visit, pages of no campaign and data do not', async () => {
  await start();
  for (const path of ['', '/bill', '/districts', '/thanks', '/flyer', '/totals', '/phone-bank'])
    expect([path, await visitsOf(PATH + path, TYPED)]).toEqual([path, 1]);
  for (const path of ['/', '/privacy', '/ready', `${PATH}/totals.json`, `${PATH}/totals.csv`, `${PATH}/none`])
    expect([path, await visitsOf(path, TYPED)]).toEqual([path, 0]);
  expect(await visitsOf(`${PATH}/flyer.pdf`, TYPED)).toBe(0);
  expect(await visitsOf(`${PATH}/act?division=ocd-division/country:us/state:fl/sldu:99`, TYPED)).toBe(0);
});

test('a short link, a former name and a page with a variant drawn are led on, and are one visit each', async () => {
  campaigns = inVariants('former_slugs: [visible]');
  await start({ campaigns_dir: campaigns.folder });
  for (const path of [
    '/v/visible-act/jira?lang=es',
    '/campaigns/visible?partner=jira',
    `${ACT}&partner=jira`,
  ])
    expect([path, await followed(path, TYPED)]).toEqual([path, 1]);
  expect((await counted()).by_partner).toEqual({ jira: 3 });
});

test('robots, what a browser loads ahead, frames, HEAD and what is loaded anew begin no visit', async () => {
  await start();
  const none: Record<string, string>[] = [
    { ...TYPED, 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
    { ...TYPED, 'user-agent': 'WhatsApp/2.23.20.0' },
    { ...TYPED, 'user-agent': 'facebookexternalhit/1.1' },
    { ...TYPED, 'user-agent': 'curl/8.5.0' },
    { ...TYPED, 'user-agent': '' },
    { ...BY_LINK, 'sec-purpose': 'prefetch;prerender' },
    { ...OLD, purpose: 'prefetch' },
    { ...OLD, 'x-moz': 'prefetch' },
    { ...OLD, 'x-purpose': 'preview' },
    { ...BY_LINK, 'sec-fetch-dest': 'iframe' },
    { ...BY_LINK, 'sec-fetch-dest': 'empty' },
    { ...TYPED, 'cache-control': 'max-age=0', 'if-none-match': 'W/"1"' },
  ];
  for (const headers of none) expect([headers, await visitsOf(PATH, headers)]).toEqual([headers, 0]);
  await fetch(`${app.url}${PATH}`, { method: 'HEAD', headers: TYPED });
  expect((await counted()).by_partner).toEqual({});
  // A browser within an app that keeps nothing says so at every page; one that has the page asks whether it holds.
  expect(await visitsOf(PATH, { ...TYPED, 'cache-control': 'no-cache' })).toBe(1);
  const etag = (await app.get(PATH, WITHIN)).headers.get('etag')!;
  const again = await app.get(PATH, { ...TYPED, 'if-none-match': etag, 'cache-control': '' });
  expect(again.status).toBe(304);
  expect((await counted()).by_partner).toEqual({ '': 2 });
});

test('previews and drafts are not counted, and visits to made-up legislators are counted apart', async () => {
  campaigns = changedCampaign((yaml) => `${yaml}\nstatus: draft\n`);
  await start({ campaigns_dir: campaigns.folder });
  const token = app.parts.preview_tokens.issue('visible-act', { now: new Date(), days: 1 });
  expect((await app.get(`${PATH}?preview=${token}`, TYPED)).status).toBe(200);
  expect((await app.get(PATH, TYPED)).status).toBe(404);
  expect((await counted()).by_partner).toEqual({});
  await app.close();
  app = await startTestApp({ database_url: database.database_url });
  const live = app.parts.preview_tokens.issue('visible-act', { now: new Date(), days: 1 });
  await app.get(`${PATH}?preview=${live}`, TYPED);
  await app.get(`${PATH}?partner=jria`, TYPED);
  await app.get(`${PATH}?partner=jira`, TYPED);
  expect(await counted()).toEqual({ by_partner: {}, codes: [] });
  expect((await counted(true)).by_partner).toEqual({ '': 1, jira: 1 });
});

test('a code that no partner has counts as none and is kept; what is no code is not', async () => {
  await start();
  for (const code of ['jria', ' JRIA', 'ana@example.org', 'a'.repeat(51), '', 'L4A'])
    await app.get(`${PATH}?partner=${encodeURIComponent(code)}`, TYPED);
  await app.get('/v/visible-act/jria', TYPED);
  await app.get(`${PATH}?partner=within`, WITHIN);
  expect(await counted()).toEqual({
    by_partner: { '': 5, l4a: 1 },
    codes: [
      ['jria', 2],
      ['…', 2],
    ],
  });
});

test('what was counted a moment ago is written when the app is told to stop', async () => {
  await start();
  const { url, end } = await startServerProcess({
    DATA_DIR: folderOf({}),
    DATABASE_URL: database.database_url,
  });
  expect((await createClient(url!).get(`${PATH}?partner=jira`, TYPED)).status).toBe(200);
  expect(await end('SIGTERM')).toBe(0);
  expect((await counted(true)).by_partner).toEqual({ jira: 1 });
});

describe('from a frame on a partner’s site', () => {
  test('a visit begins at the page that its form or link leads to, once, and its mark goes no further', async () => {
    await start();
    const begun = { partner: 'jira', begun: 'embed' };
    const failed = await app.post(
      `${PATH}/lookup`,
      { ...begun, address: 'PO Box 1, Jacksonville 32209' },
      WITHIN,
    );
    expect(failed.status).toBe(422);
    expect((await counted()).by_partner).toEqual({ jira: 1 });
    // Sent once more in another language, or with another address, it is the same visit.
    const switched = formFields(failed.$, '.languages form');
    expect(switched).not.toHaveProperty('begun');
    await app.post(`${PATH}/lookup`, { ...switched, lang: 'es' }, WITHIN);
    expect(failed.text).not.toContain('begun');
    expect((await counted()).by_partner).toEqual({ jira: 1 });

    const found = await app.post(`${PATH}/lookup`, { ...begun, division: [SENATE_5, HOUSE_14] }, WITHIN);
    expect(found.headers.get('location')).not.toContain('begun');
    await app.get(found.headers.get('location')!, WITHIN);
    expect((await counted()).by_partner).toEqual({ jira: 2 });

    const page = await app.get(`${PATH}?partner=jira&begun=embed`, WITHIN);
    expect(page.text).not.toContain('begun');
    expect((await counted()).by_partner).toEqual({ jira: 3 });
    // Neither what such a page is led on to, nor the mark in a link from elsewhere, counts twice.
    const act = await app.get(`${PATH}/act?partner=jira&begun=embed`, WITHIN);
    expect(act.status).toBe(303);
    await app.get(act.headers.get('location')!, WITHIN);
    expect((await counted()).by_partner).toEqual({ jira: 4 });
    await app.get(`${PATH}?partner=jira&begun=embed`, BY_LINK);
    expect((await counted()).by_partner).toEqual({ jira: 5 });
  });

  test('with a variant drawn on the way it is one visit too, and another mark is none', async () => {
    campaigns = inVariants();
    await start({ campaigns_dir: campaigns.folder });
    expect(await visitsOf(`${PATH}?begun=other`, WITHIN)).toBe(0);
    expect(await visitsOf(`${PATH}?begun=embed`, { ...WITHIN, 'sec-fetch-dest': 'iframe' })).toBe(0);
    expect(await followed(`${ACT}&partner=jira&begun=embed`, WITHIN)).toBe(1);
    expect((await counted()).by_partner).toEqual({ jira: 1 });
  });
});
