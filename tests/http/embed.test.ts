import { createHash } from 'node:crypto';
import { load } from 'cheerio';
import type { Express } from 'express';
import { OperationalError } from '../../server/errors.ts';
import { createApp } from '../../server/web/app.ts';
import type { Parts } from '../../server/web/parts.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import type { Answer } from '../support/client.ts';
import { localeOf } from '../support/message-words.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const NOW = new Date('2026-11-25T15:00:00Z');
const SITES = ['https://jira.example.org', 'http://127.0.0.1:4000'];
const LISTED = `embed_origins: ${JSON.stringify(SITES)}`;
const FOR_NOBODY = ["frame-ancestors 'none'", 'DENY'];
const FOR_SITES = [`frame-ancestors ${SITES.join(' ')}`, null];

/** Campaigns in which nothing is asked, by what their files say beside the rest. */
const AT_REST: Record<string, string> = {
  scheduled: 'dates: {starts: 2026-12-01}',
  ended: 'dates: {ends: 2026-11-01}',
  paused: 'status: paused',
  won: 'status: won',
  lost: 'status: lost',
  archived: 'status: archived',
};

/** What the app depends on and a test can't ask for; each test begins with it as usual. */
interface Outside {
  ms: number;
  place: 'sample' | 'real' | 'none';
  readCompleted: Parts['readCompleted'] | undefined;
  /** Whether a page breaks while it is drawn, when its headers are set already. */
  breaks: boolean;
}

const outside: Outside = { ms: NOW.getTime(), place: 'sample', readCompleted: undefined, breaks: false };
let campaigns: ChangedCampaigns;
let app: TestApp;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) => `${yaml}\n${LISTED}\n`);
  for (const [slug, lines] of Object.entries(AT_REST)) campaigns.copy(slug, (yaml) => `${yaml}${lines}\n`);
  campaigns.copy('draft', (yaml) => `${yaml}status: draft\n`);
  campaigns.copy('unlisted', (yaml) => yaml.replace(LISTED, ''));
  campaigns.copy('marked', (yaml) =>
    yaml.replace(/^title:\n( {2}.*\n)+/m, 'title: "Water & <wells> for \\"all\\""\n'),
  );
  for (const [slug, site] of [
    ['site-named', 'https://jira.example.org/about'],
    ['site-not-named', 'https://www.jira.example.org/'],
  ] as const)
    campaigns.copy(slug, (yaml) => yaml.replace(/^ {2}- code: jira\n/m, `$&    url: ${site}\n`));
  campaigns.copy('moved', (yaml) => `${yaml}former_slugs: [once]\n`);
  app = await startTestApp({
    campaigns_dir: campaigns.folder,
    now: () => new Date(outside.ms),
    parts: changed,
  });
});
afterEach(() => {
  // Later than the rest that a database which was away is given.
  const ms = outside.ms + 60_000;
  Object.assign(outside, { ms, place: 'sample', readCompleted: undefined, breaks: false });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

/** The app's own parts, but for what stands in `outside`. */
function changed({ finder, rosters, readCompleted }: Parts): Partial<Parts> {
  return {
    readCompleted: (campaign, is_sample) => (outside.readCompleted ?? readCompleted)(campaign, is_sample),
    finder: {
      ...finder,
      sendsPoint: (state) => {
        if (outside.breaks) throw new TypeError('a bug');
        return finder.sendsPoint(state);
      },
    },
    rosters: {
      ...rosters,
      get: (state) => {
        const place = rosters.get(state);
        if (!place || outside.place === 'none') return undefined;
        return { ...place, roster: { ...place.roster, is_sample: outside.place === 'sample' } };
      },
    },
  };
}

/** Who may hold an answer in a frame, by the new header and by the old one. */
function framing({ headers }: Pick<Answer, 'headers'>): (string | null | undefined)[] {
  const policy = headers.get('content-security-policy') ?? '';
  return [/frame-ancestors [^;]*/.exec(policy)?.[0], headers.get('x-frame-options')];
}

/** Every address of the app's route table, its names filled in, with the methods that it answers. */
async function routes(parts: Parts): Promise<[method: 'get' | 'post', path: string][]> {
  const express: Express = await createApp(parts);
  const table = express.router.stack.flatMap(({ route }) =>
    route ? [route as typeof route & { methods: Record<string, boolean> }] : [],
  );
  return table.flatMap(({ path, methods }) =>
    [path]
      .flat()
      .flatMap((one) =>
        (['get', 'post'] as const)
          .filter((method) => methods[method])
          .map((method): ['get' | 'post', string] => [
            method,
            String(one).replace(':slug', 'visible-act').replace(/:\w+/g, 'other'),
          ]),
      ),
  );
}

test('of all that the app answers nothing but the page for frames can be framed', async () => {
  const known = await routes(app.parts);
  expect(known.length).toBeGreaterThan(25);
  expect(known).toContainEqual(['get', `${PATH}/embed`]);
  const open: string[] = [];
  for (const [method, path] of known) {
    const answer = await (method === 'get' ? app.get(path) : app.post(path, {}));
    expect([path, answer.status < 500]).toEqual([path, true]);
    const [ancestors, old] = framing(answer);
    if (ancestors !== FOR_NOBODY[0] || !['DENY', 'SAMEORIGIN'].includes(old ?? '')) open.push(path);
  }
  expect(open).toEqual([`${PATH}/embed`]);
});

test('the page for frames names the sites of its campaign to browsers, and is as strict as others otherwise', async () => {
  const [embed, page] = [await app.get(`${PATH}/embed`), await app.get(PATH)];
  expect([embed.status, framing(embed)]).toEqual([200, FOR_SITES]);
  const rest = ({ headers }: Answer) =>
    [...headers].filter(
      ([name]) => !/^(date|etag|content-length|x-frame|x-request-id|x-robots|content-security)/.test(name),
    );
  expect(rest(embed)).toEqual(rest(page));
  const others = (answer: Answer) =>
    answer.headers.get('content-security-policy')!.replace(/frame-ancestors [^;]*/, '');
  expect(others(embed)).toBe(others(page));
  expect(embed.headers.get('x-robots-tag')).toBe('noindex');
});

test('a campaign that names no site has a page that nobody can frame', async () => {
  const embed = await app.get('/campaigns/unlisted/embed');
  expect([embed.status, framing(embed)]).toEqual([200, FOR_NOBODY]);
});

test('what takes the place of the page for frames can’t be framed: nothing there, a draft, a fault of ours', async () => {
  for (const path of ['/campaigns/nothing/embed', '/campaigns/draft/embed', `${PATH}/embed/x`]) {
    const answer = await app.get(path);
    expect([path, answer.status, framing(answer)]).toEqual([path, 404, FOR_NOBODY]);
  }
  expect(framing(await app.get('/campaigns/%E0%A4%A/embed'))).toEqual(FOR_NOBODY);
  outside.breaks = true;
  const answer = await app.get(`${PATH}/embed`);
  expect([answer.status, framing(answer)]).toEqual([500, FOR_NOBODY]);
});

test.each(['en', 'es', 'ht'])(
  'in %s the frame asks one question, and all that leads on leaves it',
  async (lang) => {
    const words = localeOf(lang);
    const { $, text } = await app.get(`${PATH}/embed?partner=jira&lang=${lang}`);
    expect($('html').attr('lang')).toBe(lang);
    expect($('h1, h2').length).toBe(2);
    expect($('h2').text()).toBe(words.campaign.where);
    expect($('.progress').length).toBe(1);
    expect(text).toContain(words.embed.see_campaign);
    const form = $('form');
    expect([form.length, form.attr('action'), form.attr('target')]).toEqual([1, `${PATH}/lookup`, '_top']);
    expect(form.serializeArray()).toEqual([
      { name: 'partner', value: 'jira' },
      { name: 'lang', value: lang },
      { name: 'begun', value: 'embed' },
      { name: 'address', value: '' },
    ]);
    const links = $('a')
      .toArray()
      .map((link) => [$(link).attr('href')!, $(link).attr('target')] as const);
    expect(links.filter(([, target]) => target === '_top').map(([href]) => href)).toEqual([
      `${PATH}/districts?begun=embed&partner=jira&lang=${lang}`,
      `${PATH}?begun=embed&partner=jira&lang=${lang}`,
      `/privacy?partner=jira&lang=${lang}`,
    ]);
    // The choice of a language alone stays in it.
    expect(links.filter(([, target]) => target === undefined).map(([href]) => href)).toEqual(
      ['en', 'es', 'ht']
        .filter((other) => other !== lang)
        .map((other) => `${PATH}/embed?partner=jira&lang=${other}`),
    );
  },
);

test('a partner that the campaign does not name counts for nobody in the frame either', async () => {
  expect((await app.get(`${PATH}/embed?partner=nobody`)).$('[name=partner]').length).toBe(0);
});

test.each(Object.keys(AT_REST))(
  'of a campaign that is %s the frame says so, and leads to it',
  async (slug) => {
    const answer = await app.get(`/campaigns/${slug}/embed?lang=es`);
    expect([answer.status, framing(answer)]).toEqual([200, FOR_SITES]);
    const { $ } = answer;
    const [begin] = localeOf('es').closing[slug].split('{{date}}');
    expect($('.notice').text().startsWith(begin)).toBe(true);
    expect($('form, h2').length).toBe(0);
    expect(
      $('main a')
        .toArray()
        .map((link) => [$(link).attr('href'), $(link).attr('target')]),
    ).toEqual([[`/campaigns/${slug}?begun=embed&lang=es`, '_top']]);
  },
);

test('while there are no legislators at hand the frame says so, and leads to the campaign', async () => {
  outside.place = 'none';
  const { status, $ } = await app.get(`${PATH}/embed`);
  expect([status, $('form').length, $('main a').attr('target')]).toEqual([200, 0, '_top']);
  expect($('.notice').text()).toMatch(/^We are still getting the list of legislators for Florida ready\./);
});

test('who names a campaign by a name that it had before is led to its frame', async () => {
  const { status, headers } = await app.get('/campaigns/once/embed?partner=jira&lang=es');
  expect([status, headers.get('location')]).toEqual([301, '/campaigns/moved/embed?partner=jira&lang=es']);
});

test('the script for partners’ sites is small, may be kept for an hour, and is open to every site', async () => {
  const { status, headers, text } = await app.get('/embed.js');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(headers.get('cache-control')).toBe('public, max-age=3600');
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(headers.get('set-cookie')).toBeNull();
  expect(Buffer.byteLength(text)).toBeLessThan(2048);
  // Phones of ten years ago know neither.
  expect(text).not.toMatch(/\?\.|\?\?|\bimport\b|\bexport\b|\basync\b/);
  expect(text).not.toMatch(/cookie|localStorage|sessionStorage/i);
});

/** What the badge shows: its words, and how much of its bar is full. */
async function badge(path = `${PATH}/badge.svg`) {
  const answer = await app.get(path);
  const $ = load(answer.text, { xml: true });
  const share = Number($('.done').attr('width')) / Number($('.track').attr('width'));
  return { ...answer, $, words: $('text').text(), share: Math.round(share * 1000) / 1000 };
}

test('badge and counter have the number of the totals, and say whether it is a sample', async () => {
  const { log } = app.parts.action_log;
  const done = ['a', 'b', 'c', 'd', 'e'].map((nonce) => log(logEntry({ nonce, is_sample: true })));
  const others = [
    log(logEntry({ nonce: 'f', is_sample: true, status_code: 'unavailable' })),
    log(logEntry({ nonce: 'g', is_sample: false })),
  ];
  await Promise.all([...done, ...others]);
  const totals = JSON.parse((await app.get(`${PATH}/totals.json`)).text);
  expect(totals).toMatchObject({ completed_actions: 5, goal: 1000, is_sample: true });
  const counter = await app.get(`${PATH}/counter.json?partner=jira&lang=es`);
  expect(JSON.parse(counter.text)).toEqual({
    schema_version: 1,
    campaign_slug: 'visible-act',
    title: 'Que vuelva la Ley VISIBLE de Florida',
    browser_url: `${app.url}${PATH}?partner=jira&lang=es`,
    as_of: new Date(outside.ms).toISOString(),
    is_sample: true,
    goal: totals.goal,
    completed_actions: totals.completed_actions,
    total_outreaches: totals.completed_actions,
  });
  const { words, share } = await badge();
  expect([words, share]).toEqual(['Sample: 5 of 1,000 actions', 0.005]);
  const embed = await app.get(`${PATH}/embed`);
  expect(embed.$('.progress').text()).toBe('5 actions of 1,000 hoped for');
  expect(embed.$('body').attr('data-sample')).toBe('true');
});

test('on real legislators badge and counter count the real ones, past the goal too', async () => {
  outside.place = 'real';
  outside.readCompleted = async (_campaign, is_sample) => (is_sample ? 7 : 1234);
  const { words, share } = await badge(`${PATH}/badge.svg?lang=ht`);
  expect([words, share]).toEqual(['1,234 aksyon sou 1,000', 1]);
  expect(JSON.parse((await app.get(`${PATH}/counter.json`)).text)).toMatchObject({
    is_sample: false,
    completed_actions: 1234,
  });
});

test('any site may show the badge and read the counter, and keep them for a minute', async () => {
  for (const path of ['badge.svg', 'counter.json']) {
    const { status, headers } = await app.get(`${PATH}/${path}`);
    expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=60']);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('vary')).toContain('Accept-Language');
    expect((await app.get(`/campaigns/draft/${path}`)).status).toBe(404);
  }
});

test('the badge is a picture with a name and a description, with its own styles alone', async () => {
  const { headers, text, $, words } = await badge('/campaigns/marked/badge.svg?lang=es');
  expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  expect(text).toContain('<title id="title">Water &amp; &lt;wells&gt; for &quot;all&quot;</title>');
  expect($('svg').attr('aria-labelledby')).toBe('title desc');
  expect($('desc').text()).toBe(words);
  expect(words).toBe('Muestra: 0 de 1,000 acciones');
  const [style] = /(?<=<style>).*(?=<\/style>)/.exec(text)!;
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers.get('content-security-policy')).toBe(
    `default-src 'none';style-src 'sha256-${hash}';frame-ancestors 'none'`,
  );
});

test('a preview link shows badge and counter of a draft, and no cache keeps them', async () => {
  const preview = app.parts.preview_tokens.issue('draft', { now: new Date(outside.ms) });
  for (const path of ['badge.svg', 'counter.json', 'embed']) {
    const { status, headers } = await app.get(`/campaigns/draft/${path}?preview=${preview}`);
    expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
    expect([path, headers.get('x-robots-tag')]).toEqual([path, 'noindex']);
  }
});

test('while the database is away the counter says so, and badge and frame do without the number', async () => {
  const away = new OperationalError('store_unavailable', 'The database can’t be reached.');
  outside.readCompleted = () => Promise.reject(away);
  const counter = await app.get(`${PATH}/counter.json`);
  expect([counter.status, JSON.parse(counter.text)]).toEqual([503, { code: 'unavailable' }]);
  expect(Number(counter.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(counter.headers.get('access-control-allow-origin')).toBe('*');
  const picture = await badge();
  expect([picture.status, picture.words, picture.share]).toEqual([200, 'The count is not available now', 0]);
  const embed = await app.get(`${PATH}/embed`);
  expect([embed.status, embed.$('.progress').length, embed.$('form').length]).toEqual([200, 0, 1]);
  for (const one of [counter, picture]) expect(one.headers.get('cache-control')).toBe('no-store');
});

test('a fault of ours is a page like any other, and no picture', async () => {
  outside.readCompleted = () => Promise.reject(new TypeError('a bug'));
  for (const path of ['badge.svg', 'counter.json', 'embed']) {
    const answer = await app.get(`${PATH}/${path}`);
    expect([path, answer.status, framing(answer)]).toEqual([path, 500, FOR_NOBODY]);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  }
});

test.each([
  ['visible-act', /On any other site they show no more than a link/],
  ['site-named', /On any other site they show no more than a link/],
  ['site-not-named', /Your site, https:\/\/www\.jira\.example\.org, is not one of these\./],
])('the lines that a partner of %s is given say on which sites they work', async (slug, said) => {
  const page = await app.get(`/reports/${slug}?link=${await app.reportLink(slug, 'jira')}`);
  const tools = page.$('section.screen').text();
  expect(tools).toContain('These lines work on: https://jira.example.org, http://127.0.0.1:4000.');
  expect(tools).toMatch(said);
});

test('the lines that a partner is given are in the language of the page on which they stand', async () => {
  const token = await app.reportLink('visible-act', 'jira');
  const { $ } = await app.get(`/reports/visible-act?link=${token}&lang=es`);
  const [embed, badge] = $('section.screen pre')
    .toArray()
    .map((block) => $(block).text());
  expect(embed).toContain('data-partner="jira" data-lang="es" async');
  for (const lines of [embed!, badge!])
    expect(load(lines)('a').attr('href')).toMatch(/\/campaigns\/visible-act\?partner=jira&lang=es$/);
  expect(load(badge!)('img').attr('src')).toMatch(/\/badge\.svg\?lang=es$/);
  // That very address answers in that language.
  const picture = new URL(load(badge!)('img').attr('src')!);
  expect((await app.get(picture.pathname + picture.search)).text).toContain('lang="es"');
});
