import type { Answer } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const STANDING =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14&done=phone:ocd-person/1';
const SITE = 'https://example.org';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ settings: { base_url: SITE } });
});
afterAll(() => app.close());

const meta = ({ $ }: Answer, name: string) =>
  $(`meta[property="${name}"], meta[name="${name}"]`)
    .toArray()
    .map((element) => $(element).attr('content'));

test('a campaign’s page tells programs that show links what it is, in its language, and where its other languages are', async () => {
  const page = await app.get(`${PATH}?partner=jira&lang=es`);
  expect(meta(page, 'og:title')).toEqual(['Que vuelva la Ley VISIBLE de Florida']);
  expect(meta(page, 'og:description')[0]).toMatch(/^En 2026, dos proyectos de ley/);
  expect(meta(page, 'og:url')).toEqual([`${SITE}${PATH}?partner=jira&lang=es`]);
  expect(meta(page, 'og:locale')).toEqual(['es_US']);
  expect(meta(page, 'og:locale:alternate')).toEqual(['en_US', 'ht_US']);
  expect(meta(page, 'og:site_name')).toEqual(['Statehouse']);
  expect(meta(page, 'twitter:card')).toEqual(['summary']);
  expect(page.$('link[rel=canonical]').attr('href')).toBe(`${SITE}${PATH}?partner=jira&lang=es`);
  const others = page
    .$('link[rel=alternate]')
    .toArray()
    .map((link) => page.$(link).attr());
  expect(others).toEqual(
    ['en', 'es', 'ht'].map((hreflang) => ({
      rel: 'alternate',
      hreflang,
      href: `${SITE}${PATH}?partner=jira&lang=${hreflang}`,
    })),
  );
});

test('a page that nobody asked for in a language is passed on without one', async () => {
  const page = await app.get(PATH, { 'accept-language': 'ht' });
  expect(meta(page, 'og:locale')).toEqual(['ht_US']);
  expect(meta(page, 'og:url')).toEqual([`${SITE}${PATH}`]);
});

test.each([
  ['act', `${PATH}/act?${STANDING}&partner=jira&message_language=es`, ''],
  ['thanks', `${PATH}/thanks?${STANDING}&partner=jira`, ''],
  ['districts', `${PATH}/districts?${STANDING}&partner=jira&find=Duval`, ''],
  ['bill', `${PATH}/bill?${STANDING}&partner=jira`, '/bill'],
  ['totals', `${PATH}/totals?${STANDING}&partner=jira`, '/totals'],
])(
  '%s says nothing of districts or of what was done in the address that it gives',
  async (_, path, below) => {
    const page = await app.get(path);
    expect(page.status).toBe(200);
    const address = `${SITE}${PATH}${below}?partner=jira`;
    expect([...meta(page, 'og:url'), page.$('link[rel=canonical]').attr('href')]).toEqual([address, address]);
    expect(page.$('head').html()).not.toMatch(/ocd-|done=|Duval/);
  },
);

test('the page that a form makes gives the address of the campaign', async () => {
  const looked = await app.post(`${PATH}/lookup`, { address: '1 Example Street', partner: 'jira' });
  expect(meta(looked, 'og:url')).toEqual([`${SITE}${PATH}?partner=jira`]);
  expect(looked.$('head').html()).not.toMatch(/Example Street/);
});

test.each(['/', '/privacy', '/nowhere', `${PATH}/act?division=ocd-division/country:us/state:fl/sldl:999`])(
  '%s is no page of a campaign to be passed on',
  async (path) => {
    const page = await app.get(path);
    expect([meta(page, 'og:url'), page.$('link[rel=canonical]').length]).toEqual([[], 0]);
  },
);

test.each([
  ['en', 'Bring back the Florida VISIBLE Act', /find your state legislators/],
  ['es', 'Que vuelva la Ley VISIBLE de Florida', /vea quiénes son sus legisladores/],
  ['ht', 'Fè Lwa VISIBLE Florid la tounen', /gade ki moun ki lejislatè/],
])(
  'the thanks are passed on by links that need no script, in %s, with the partner, the language and nothing else',
  async (lang, title, words) => {
    const { $ } = await app.get(`${PATH}/thanks?${STANDING}&partner=jira&lang=${lang}`);
    const url = `${SITE}${PATH}?partner=jira&lang=${lang}`;
    const hrefs = $('.services a')
      .toArray()
      .map((link) => $(link).attr('href')!);
    const [sms, whatsapp, email] = hrefs.map((href) => decodeURIComponent(href));
    expect(sms).toMatch(/^sms:\?&body=/);
    expect(whatsapp).toMatch(/^https:\/\/wa\.me\/\?text=/);
    expect(email!.startsWith(`mailto:?subject=${title}&body=${title}: `)).toBe(true);
    for (const link of [sms, whatsapp, email]) {
      expect(link).toMatch(words);
      expect(link!.endsWith(url)).toBe(true);
    }
    expect($('a.verbatim').attr('href')).toBe(url);
    expect($('[data-share-url]').attr()).toMatchObject({
      'data-share-url': url,
      'data-share-title': title,
      hidden: '',
    });
    // What is passed on is loaded from nobody else: links alone.
    expect($('img, iframe, script[src^="http"], link[rel=stylesheet][href^="http"]').length).toBe(0);
  },
);
