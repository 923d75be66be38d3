import { ITS_NAME, MADE_UP, madeUp, withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';
/** Latin letters that a page may show: names of people, places, bills, parties, offices and services, and what is typed. */
const PAGES = [
  '/',
  PATH,
  `${PATH}/districts`,
  `${PATH}/act?${DIVISIONS}`,
  `${PATH}/thanks?${DIVISIONS}`,
  `${PATH}/totals`,
  `${PATH}/bill`,
  '/privacy',
  '/nowhere',
];

let folders: ReturnType<typeof withMadeUpLanguage>;
let app: TestApp;
beforeAll(async () => {
  folders = withMadeUpLanguage();
  app = await startTestApp({ ...folders, now: () => new Date('2026-11-28T15:00:00Z') });
});
afterAll(async () => {
  await app.close();
  folders.drop();
});

const speak = { 'accept-language': MADE_UP };

test.each(PAGES)(
  'with one locale file and one folder more, %s is in a language that Node does not know',
  async (path) => {
    const { $ } = await app.get(path, speak);
    expect($('html').attr()).toEqual({ lang: MADE_UP, dir: 'rtl' });
    // What stands on every page in the page's own language: headings, buttons, labels, the foot.
    $('script, [lang], bdi, [dir=ltr]').remove();
    const own = $('h1, h3, h4, label, summary, footer a, p.lead, .hours').text();
    // Names that are put in are set apart.
    expect(own.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '')).not.toMatch(/[A-Za-z]{4,}/);
  },
);

test('every page offers it by its own name, also in languages that have none for it', async () => {
  for (const language of ['en', 'es', MADE_UP]) {
    const { $ } = await app.get(PATH, { 'accept-language': language });
    const offered = $('.languages li')
      .toArray()
      .map((item) => $(item).text());
    expect(offered).toContain(ITS_NAME);
    expect(offered).toContain('English');
  }
  const { $ } = await app.get(`${PATH}/act?${DIVISIONS}`, { 'accept-language': 'es' });
  expect($('.words').text()).toContain(ITS_NAME);
});

test('dates, times, lists and numbers are written as its file says', async () => {
  const act = await app.get(`${PATH}/act?${DIVISIONS}`, speak);
  // Saturday, November 28: offices open on Monday.
  expect(act.$('.hours').first().text()).toContain('يوم2');
  expect(act.$('.hours').first().text()).toContain('8:00 AM');
  const totals = await app.get(`${PATH}/totals`, speak);
  expect(
    totals
      .$('.hint')
      .first()
      .text()
      .replaceAll(/[\u2068\u2069]/g, ''),
  ).toMatch(/28 شهر11 2026 10:00 AM/);
  const campaign = await app.get(PATH, speak);
  expect(campaign.$('.progress p').text()).toContain('1,000');
});

test('the list of districts can be searched in the words of a language', async () => {
  const found = async (find: string, language: string) => {
    const path = `${PATH}/districts?find=${encodeURIComponent(find)}`;
    return (await app.get(path, { 'accept-language': language })).$('[type=radio][value]').length;
  };
  const duval = await found('Duval County', 'en');
  expect(duval).toBeGreaterThan(1);
  expect(await found('konte Duval', 'ht')).toBe(duval);
  expect(await found('Chanm Reprezantan yo, distri 14', 'ht')).toBe(await found('House district 14', 'en'));
  expect(await found('konte Duval', 'en')).toBe(0);
});

test('scripts and e-mails are to be had in it, and its meaning stands beside those that the offices get', async () => {
  const act = await app.get(`${PATH}/act?${DIVISIONS}`, speak);
  expect(act.$('.script-both [lang=en]').first().attr('dir')).toBe('ltr');
  expect(act.$('.meaning').first().text()).toContain(madeUp('Hello'));
  const own = await app.get(`${PATH}/act?${DIVISIONS}&message_language=${MADE_UP}`, speak);
  expect(own.$('#target-1-text').text()).toContain(madeUp('your district'));
  const english = await app.get(`${PATH}/act?${DIVISIONS}&message_language=${MADE_UP}`, {
    'accept-language': 'en',
  });
  expect(english.$('#target-1-text').attr('dir')).toBe('rtl');
});
