import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import express from 'express';
import { sql } from 'kysely';
import type { KnownBills } from '../../server/bills/known-bills.ts';
import { keepPages } from '../../server/web/kept-pages.ts';
import type { Visit } from '../../server/web/visit.ts';
import { type RawAnswer, rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act';
const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';
const ACT = `${PATH}/act?${DIVISIONS}`;
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0', accept: 'text/html' };

let moment: Date;
let app: TestApp;
beforeAll(async () => {
  // Of one length, as where the app is started.
  const newId = () => randomBytes(16).toString('base64url');
  app = await startTestApp({ now: () => moment, parts: () => ({ newId }) });
});
afterAll(() => app.close());
beforeEach(() => {
  moment = new Date('2026-11-30T15:00:00Z');
});

const raw = (path: string, headers: Record<string, string> = {}, method?: string): Promise<RawAnswer> =>
  rawAnswer(`${app.url}${path}`, { ...BROWSER, ...headers }, method);

const ID = /name="action_id" value="([^"]+)"/g;
const idsIn = ({ text }: RawAnswer) => [...text.matchAll(ID)].map(([, id]) => id!);
const withoutIds = ({ text }: RawAnswer) => text.replaceAll(ID, '');
const headersOf = ({ headers }: RawAnswer) => {
  const { date: _, 'content-length': __, 'transfer-encoding': ___, etag: ____, ...rest } = headers;
  // Each request has an id of its own.
  const { 'x-request-id': _____, ...others } = rest;
  return others;
};
/** The same page as it is drawn anew: that of a partner whom nobody knows is another one for what is kept. */
const drawn = (path: string, headers: Record<string, string> = {}) =>
  raw(`${path}${path.includes('?') ? '&' : '?'}partner=${randomBytes(8).toString('hex')}`, headers);

test.each([
  ['the campaign', PATH, undefined],
  ['the campaign by a partner, in Spanish, packed', `${PATH}?partner=jira&lang=es`, 'br'],
  ['the legislators', ACT, undefined],
  ['the legislators, packed', ACT, 'br'],
  ['the legislators, packed for an older browser', ACT, 'gzip'],
  ['the thanks', `${PATH}/thanks?${DIVISIONS}`, 'br'],
  ['the frame', `${PATH}/embed`, undefined],
])('%s: a kept page is the page drawn anew, to the byte but for signed ids', async (_name, path, packing) => {
  const headers: Record<string, string> = packing ? { 'accept-encoding': packing } : {};
  const first = await raw(path, headers);
  const kept = await raw(path, headers);
  const anew = await drawn(path, headers);
  expect(kept.status).toBe(200);
  expect(withoutIds(kept)).toBe(withoutIds(first));
  expect(withoutIds(kept)).toBe(withoutIds(anew));
  expect(headersOf(kept)).toEqual(headersOf(first));
  expect(kept.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  expect(kept.headers['content-encoding']).toBe(packing);
  expect(kept.headers['content-length']).toBe(String(kept.body.length));
});

test('two visits never share a signed id, and each of them is good and counts', async () => {
  const pages = [await raw(ACT), await raw(ACT), await raw(ACT, { 'accept-encoding': 'br' })];
  pages.push(await raw(ACT, { 'accept-encoding': 'br' }));
  const ids = pages.flatMap(idsIn);
  expect(ids.length).toBe(pages.length * idsIn(pages[0]!).length);
  expect(new Set(ids).size).toBe(ids.length);
  const verified = ids.map((id) => app.parts.action_ids.verify(id, moment));
  expect(new Set(verified.map(({ state }) => state))).toEqual(new Set(['good']));
  const [first, second] = pages.map((page) => idsIn(page)[0]!);
  for (const action_id of [first!, second!]) {
    const form = { type: 'phone', status_code: 'contact', action_id };
    expect((await app.post(`${PATH}/actions`, form, { accept: 'application/json' })).status).toBe(204);
  }
  expect((await app.parts.readTotals(app.parts.campaigns.get('visible-act')!, true)).completed_actions).toBe(
    2,
  );
});

test('asked for again and again, a page is packed tighter, and each answer has ids of its own', async () => {
  const br = { 'accept-encoding': 'br' };
  const first = await raw(`${ACT}&lang=es`, br);
  const pages = [first];
  while (pages.length < 50 || pages.at(-1)!.body.length >= first.body.length * 0.97)
    pages.push(await raw(`${ACT}&lang=es`, br));
  for (let index = 0; index < 5; index += 1) pages.push(await raw(`${ACT}&lang=es`, br));
  for (const page of pages) {
    expect(withoutIds(page)).toBe(withoutIds(first));
    expect(page.body.length).toBeLessThanOrEqual(first.body.length * 1.01);
  }
  moment = new Date(moment.getTime() + 10_000);
  pages.push(await raw(`${ACT}&lang=es`, br));
  // Drawn anew, and found to say the same.
  const drawn_anew = await raw(`${ACT}&lang=es`, br);
  expect(drawn_anew.body.length).toBeLessThan(first.body.length * 0.97);
  expect(withoutIds(drawn_anew)).toBe(withoutIds(first));
  const ids = [...pages, drawn_anew].flatMap(idsIn);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.map((id) => app.parts.action_ids.verify(id, moment).state))).toEqual(new Set(['good']));
});

test('a page with ids of its own is never said to be the one that somebody has; one without is, whichever way', async () => {
  const first = await raw(ACT);
  const kept = await raw(ACT);
  expect(kept.headers.etag).toMatch(/^W\/"/);
  expect(kept.headers.etag).not.toBe(first.headers.etag);
  expect((await raw(ACT, { 'if-none-match': kept.headers.etag! })).status).toBe(200);

  const fresh = await raw(PATH);
  const etag = fresh.headers.etag!;
  const unchanged = await raw(`${PATH}`, { 'if-none-match': etag });
  const anew = await drawn(PATH, { 'if-none-match': etag });
  expect(unchanged).toMatchObject({ status: 304, text: '' });
  expect(anew.status).toBe(304);
  const { date, 'x-request-id': id } = unchanged.headers;
  expect(unchanged.headers).toEqual({ ...anew.headers, date, 'x-request-id': id });
  for (const name of ['content-type', 'content-length', 'content-encoding'])
    expect(unchanged.headers[name]).toBeUndefined();
  expect((await raw(PATH, { 'if-none-match': etag, 'cache-control': 'no-cache' })).status).toBe(200);
  expect((await raw(PATH, {}, 'HEAD')).body.length).toBe(0);
  expect((await raw(PATH)).text).toBe(fresh.text);
});

test('language, host and a form in the body each have pages of their own', async () => {
  const pages = [
    await raw(PATH, { 'accept-language': 'en' }),
    await raw(PATH, { 'accept-language': 'es' }),
    await raw(PATH, { 'accept-language': 'en' }),
    await raw(PATH, { 'accept-language': 'es' }),
  ];
  expect(pages.map(({ text }) => /<html[^>]* lang="(\w+)"/.exec(text)?.[1])).toEqual([
    'en',
    'es',
    'en',
    'es',
  ]);
  const hosts = ['one.example.org', 'two.example.org'];
  for (const host of [...hosts, ...hosts]) {
    const { text } = await raw(PATH, { host });
    expect([text.includes(hosts[0]!), text.includes(hosts[1]!)]).toEqual([
      host === hosts[0],
      host === hosts[1],
    ]);
  }
  await raw(`${PATH}?y=1`, { 'accept-language': 'en' });
  const sent = request(`${app.url}${PATH}?y=1`, {
    agent: false,
    headers: {
      ...BROWSER,
      'accept-language': 'en',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '7',
    },
  }).end('lang=es');
  const [spoken] = (await once(sent, 'response')) as [IncomingMessage];
  expect((await buffer(spoken)).toString()).toContain('<html lang="es"');
  expect((await raw(`${PATH}?y=1`, { 'accept-language': 'en' })).text).toContain('<html lang="en"');
});

test('an action shows at once to whoever comes next; what another process counts, within a second', async () => {
  const progress = async () => /class="progress"><p>([\d,]+)/.exec((await raw(PATH)).text)?.[1];
  const before = Number(await progress());
  expect(await progress()).toBe(String(before));
  for (const more of [1, 2, 3]) {
    const action_id = idsIn(await raw(ACT)).find(
      (id) =>
        (app.parts.action_ids.verify(id, moment) as { context: { type: string } }).context.type === 'phone',
    )!;
    await app.post(`${PATH}/actions`, { type: 'phone', status_code: 'contact', action_id });
    expect(await progress()).toBe(String(before + more));
  }
  await app.store.transaction(async (trx) => {
    await sql`update tally_by_status set actions = actions + 40 where key = 'web/phone/contact'`.execute(trx);
  });
  expect(await progress()).toBe(String(before + 3));
  moment = new Date(moment.getTime() + 1000);
  expect(await progress()).toBe(String(before + 43));
});

test('pages turn with the clock', async () => {
  moment = new Date('2026-11-30T21:59:50Z');
  const open = await raw(ACT);
  expect((await raw(ACT)).text).toContain('5 pm');
  moment = new Date('2026-11-30T22:00:00Z');
  const closed = await raw(ACT);
  expect(withoutIds(closed)).not.toBe(withoutIds(open));
  expect(withoutIds(closed)).toBe(withoutIds(await drawn(ACT)));
});

test('each kept page that begins a visit is counted as one, and no other', async () => {
  const counted: string[] = [];
  const counting = await startTestApp({
    now: () => moment,
    parts: ({ visit_log }) => ({
      visit_log: {
        ...visit_log,
        count: (visit) => void counted.push(`${visit.campaign_slug} ${visit.partner}`),
      },
    }),
  });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    rawAnswer(`${counting.url}${path}`, { ...BROWSER, ...headers });
  for (const _ of [1, 2, 3]) await ask(`${PATH}?partner=jira`);
  expect(counted).toEqual(Array(3).fill('visible-act jira'));
  for (const headers of [
    { 'user-agent': 'Googlebot/2.1' },
    { 'sec-fetch-dest': 'iframe' },
    { 'sec-purpose': 'prefetch' },
    { 'sec-fetch-site': 'same-origin' },
  ] as Record<string, string>[])
    await ask(`${PATH}?partner=jira`, headers);
  expect(counted.length).toBe(3);
  const lines = counting.log.map((line) => JSON.parse(line)).filter(({ event }) => event === 'request');
  expect(lines.length).toBe(7);
  expect(lines.every(({ route, slug }) => route === '/campaigns/:slug' && slug === 'visible-act')).toBe(true);
  await counting.close();
});

test('a changed roster and news of the bill show at once, while the clock stands still', async () => {
  let as_of: string | undefined;
  let known: KnownBills | undefined;
  const changing = await startTestApp({
    now: () => moment,
    parts: ({ rosters, knownBills }) => ({
      rosters: {
        ...rosters,
        get: (state) => {
          const place = rosters.get(state);
          return place && as_of ? { ...place, roster: { ...place.roster, as_of } } : place;
        },
      },
      knownBills: (campaign, roster) => known ?? knownBills(campaign, roster),
    }),
  });
  const ask = async () => (await rawAnswer(`${changing.url}${ACT}`, BROWSER)).text;
  expect(await ask()).toContain('November 24, 2026');
  as_of = '2026-11-01';
  expect(await ask()).toContain('November 1, 2026');
  as_of = undefined;
  expect(await ask()).toContain('November 24, 2026');

  const campaign = changing.parts.campaigns.get('visible-act')!;
  const before = changing.parts.knownBills(campaign, changing.parts.rosters.get('fl')!.roster);
  known = { ...before, positions: [positionOf(await ask())] };
  expect(await ask()).toContain('January 5, 2026');
  await changing.close();
});

/** That the first legislator on a page voted on the campaign's bill. */
function positionOf(text: string): KnownBills['positions'][number] {
  return {
    person_id: /data-legislator-id="([^"]+)"/.exec(text)![1]!,
    position: 'voted_yes',
    session: '2026',
    date: '2026-01-05',
    source: 'https://example.org/vote',
    bill: 'SB 316',
  } as KnownBills['positions'][number];
}

test('a changed campaign shows at once; a preview is never kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-kept-'));
  cpSync('campaigns', folder, { recursive: true });
  const changing = await startTestApp({ campaigns_dir: folder, campaigns_every_ms: 20, now: () => moment });
  const ask = async (path: string) => (await rawAnswer(`${changing.url}${path}`, BROWSER)).text;
  await ask(PATH);
  const file = join(folder, 'visible-act/campaign.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/goal: \d+/, 'goal: 7654'));
  await until(async () => (await ask(PATH)).includes('7,654'));

  const token = changing.parts.preview_tokens.issue('visible-act', { now: moment, days: 1 });
  const previews = [1, 2].map(() => rawAnswer(`${changing.url}${ACT}&preview=${token}`, BROWSER));
  const ids = (await Promise.all(previews)).flatMap((preview) => {
    expect(preview.headers['cache-control']).toBe('no-store');
    return idsIn(preview);
  });
  const states = ids.map((id) => changing.parts.preview_ids.verify(id, moment).state);
  expect(new Set(states)).toEqual(new Set(['good']));
  expect(new Set(ids).size).toBe(ids.length);
  await changing.close();
  rmSync(folder, { recursive: true });
});

/** An app that says which pages it draws, and with what of their addresses. */
async function startSmall(options: {
  most_bytes?: number;
  forgotten_after_ms?: number;
  is_passing?: boolean;
}) {
  const { is_passing, ...limits } = options;
  const kept_pages = keepPages({ parts: app.parts, readProgress: async () => 0, ...limits });
  const page = {
    site: app,
    campaign: app.parts.campaigns.get('visible-act')!,
    visit: { partner: '' } as Visit,
    is_sample: true,
    is_preview: false,
    issued: [],
  };
  const drawings: { url: string; names: string[] }[] = [];
  const small = express();
  small.use(kept_pages.answer);
  small.get('/campaigns/:slug', (req, res) => {
    drawings.push({ url: req.url, names: Object.keys(req.query) });
    const html = 'x'.repeat(5000);
    res.send(html);
    kept_pages.keep(page, res, { view: 'campaign', html, values: { completed_actions: 0, is_passing } });
  });
  const server = small.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (query: string, path = PATH) => rawAnswer(`http://127.0.0.1:${port}${path}?${query}`, BROWSER);
  return { ask, drawings, close: () => server.close() };
}

test('a flood of made-up addresses takes no more memory than it may, and pages that are asked for stay', async () => {
  const { ask, drawings, close } = await startSmall({ most_bytes: 100_000 });
  for (let index = 0; index < 50; index += 1) {
    await ask(`partner=${index}`);
    await ask('partner=known');
  }
  expect(drawings.filter(({ url }) => url.endsWith('known')).length).toBe(1);
  drawings.length = 0;
  for (let index = 0; index < 50; index += 1) await ask(`partner=${index}`);
  // Six fit in at most.
  expect(drawings.length).toBeGreaterThanOrEqual(44);
  close();
});

test('what other sites put into an address makes no page of its own, and whoever draws the page does not see it', async () => {
  const { ask, drawings, close } = await startSmall({});
  for (const mark of ['one', 'two', 'three'])
    await ask(`fbclid=${mark}&partner=jira&address=1+Main+St&begun=embed`);
  expect(drawings.map(({ names }) => names)).toEqual([['partner', 'begun']]);
  await ask('partner=jira&partner=other');
  await ask('partner[]=jira');
  expect(drawings.map(({ names }) => names)).toEqual([['partner', 'begun'], ['partner'], []]);
  close();
});

test('an address with a name of one visit alone, however it is written, is drawn for it whole', async () => {
  const { ask, drawings, close } = await startSmall({});
  for (const query of ['action_id=x', '%61ction_id=x', 'preview=x']) for (const _ of [1, 2]) await ask(query);
  expect(drawings.map(({ names }) => names.join())).toEqual([
    ...['action_id', 'action_id', 'action_id', 'action_id', 'preview', 'preview'],
  ]);
  close();
});

test('a slug that is written otherwise is not taken for another campaign', async () => {
  const { ask, drawings, close } = await startSmall({});
  for (const _ of [1, 2]) await ask('', `${PATH}%2Dother`);
  expect(drawings.length).toBe(2);
  close();
});

test('a page that could not say something in time is drawn anew for whoever comes next', async () => {
  const { ask, drawings, close } = await startSmall({ is_passing: true });
  for (const _ of [1, 2]) await ask('partner=jira');
  expect(drawings.length).toBe(2);
  close();
});

test('a page that nobody asks for goes after a while, though the clock stands still', async () => {
  const { ask, drawings, close } = await startSmall({ forgotten_after_ms: 30 });
  await ask('partner=jira');
  while (drawings.length === 1) await ask('partner=jira');
  expect(drawings.length).toBe(2);
  close();
});
