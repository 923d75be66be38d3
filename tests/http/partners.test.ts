import { changedCampaign } from '../support/changed-campaign.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';

let campaigns: ReturnType<typeof changedCampaign>;
let app: TestApp;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) =>
    yaml
      .replace(
        'name: Jacksonville Immigrant Rights Alliance',
        `$&
    languages: [ht, es]
    next_steps:
      - label: Come to a meeting
        url: https://example.org/meetings
      - label: { en: Give, es: Done }
        url: https://example.org/give`,
      )
      .replace(
        /^next_steps:\n/m,
        `$&  - label: Walk with us
    url: https://example.org/walk
    partner: jira
  - label: Sing with them
    url: https://example.org/sing
    partner: l4a
`,
      ),
  );
  app = await startTestApp({ campaigns_dir: campaigns.folder });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

test.each([
  ['fr', 'ht'],
  ['fr, *;q=0.5', 'ht'],
  ['', 'ht'],
  ['en-US,en;q=0.9,es;q=0.1', 'en'],
  ['es-MX, *;q=0.5', 'es'],
])(
  'a partner’s link opens for a browser that says %j in %s: the first that its people read, where it names none of ours',
  async (named, language) => {
    const headers = { 'accept-language': named };
    for (const path of [
      PATH,
      `${PATH}/thanks`,
      `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`,
    ]) {
      const page = await app.get(`${path}${path.includes('?') ? '&' : '?'}partner=jira`, headers);
      expect(page.$('html').attr('lang')).toBe(language);
    }
  },
);

test.each(['partner=jira&lang=en', 'partner=l4a', ''])(
  'with %j the page is in the language asked for, or in the campaign’s first, whatever partners read',
  async (query) => {
    const page = await app.get(`${PATH}?${query}`, { 'accept-language': 'fr' });
    expect(page.$('html').attr('lang')).toBe('en');
  },
);

test('a partner’s own next steps come first, then those that the campaign lists for it, then the campaign’s', async () => {
  const offered = async (query: string) => {
    const { $ } = await app.get(`${PATH}/thanks?${query}`);
    return $('.steps a')
      .toArray()
      .map((link) => $(link).text());
  };
  expect((await offered('partner=jira&lang=en')).slice(0, 4)).toEqual([
    'Come to a meeting',
    'Give',
    'Walk with us',
    'Read the Senate bill of 2026',
  ]);
  expect((await offered('partner=jira&lang=es')).slice(0, 2)).toEqual(['Come to a meeting', 'Done']);
  expect((await offered('partner=l4a'))[0]).toBe('Sing with them');
  expect((await offered(''))[0]).toBe('Read the Senate bill of 2026');
});

test('flyers of a partner are offered in the languages that its people read', async () => {
  const { $ } = await app.get(`${PATH}/flyer?partner=jira&lang=es`);
  const row = $('[aria-labelledby="for-partner"] li').eq(1);
  expect(row.text()).toBe('Jacksonville Immigrant Rights Alliance: criollo haitiano, español');
  expect(row.find('strong').text()).toBe('español');
  expect(row.find('a').attr('href')).toBe(`${PATH}/flyer?partner=jira&lang=ht`);
  const flyer = await app.get(row.find('a').attr('href')!);
  expect(flyer.$('html').attr('lang')).toBe('ht');
  expect(flyer.$('.flyer-address').text()).toContain('/v/visible-act/jira?lang=ht');
  expect($('[aria-labelledby="for-partner"] li').eq(2).find('a').text()).toBe('Legalization 4 All Network');
});
