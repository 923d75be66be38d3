import { createAdmission } from '../../server/web/admission.ts';
import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const PLACE = 'ocd-division/country:us/state:fl';
const ACT = `${PATH}/act?division=${PLACE}/sldu:5&division=${PLACE}/sldl:14`;
const TYPED = '4711 Zebrafinch Lane, Jacksonville, FL 32209';

let app: TestApp;
const admission = createAdmission({ delay_ms: 100 });
const FULL = { delay_ms: 1, heap_share: 0.95 };
const FREE = { delay_ms: 1, heap_share: 0.1 };
beforeAll(async () => {
  app = await startTestApp({ parts: () => ({ admission }) });
});
afterAll(() => app.close());
beforeEach(() => {
  admission.note(FULL);
});

const lookUp = (language: string, query = '') =>
  app.post(`${PATH}/lookup${query}`, { address: TYPED }, { 'accept-language': language });

test.each([
  ['en', /More people are here than we can serve/, /what you typed is still there.*20 seconds.*districts/],
  ['es', /Hay más gente aquí/, /lo que escribió sigue ahí.*20 segundos.*distritos/],
  ['ht', /Gen plis moun isit la/, /sa ou te ekri a toujou la.*20 segonn.*distri/],
])(
  'in %s a new lookup is told when to come again, and where to go on now',
  async (language, heading, text) => {
    // The first is drawn, the next is sent as it was.
    for (let time = 0; time < 2; time += 1) {
      const page = await lookUp(language);
      expect([page.status, page.headers.get('retry-after')]).toEqual([503, '20']);
      expect(page.headers.get('cache-control')).toContain('no-store');
      expect(page.headers.get('vary')).toContain('Accept-Language');
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(page.$('html').attr('lang')).toBe(language);
      expect(page.$('h1').text()).toMatch(heading);
      expect(page.$('.lead').text()).toMatch(text);
      expect(page.$('main a.button').attr('href')).toBe(`${PATH}/districts`);
      expect(page.text).not.toMatch(/zebrafinch|4711|32209/i);
      expect((await app.get(page.$('main a.button').attr('href')!)).status).toBe(200);
    }
  },
);

test('the way on keeps whose visit it is, and nobody gets the page of another', async () => {
  const hrefs = async (query: string) => {
    const { $ } = await lookUp('en', query);
    return $('main a')
      .map((_, link) => $(link).attr('href'))
      .get();
  };
  for (let time = 0; time < 2; time += 1) {
    const [list, campaign] = await hrefs('?lang=es');
    expect([list, campaign]).toEqual([`${PATH}/districts?lang=es`, `${PATH}?lang=es`]);
    expect((await hrefs(''))[0]).toBe(`${PATH}/districts`);
  }
});

test('programs are told too', async () => {
  const answer = await app.post(`${PATH}/lookup`, { address: TYPED }, { accept: 'application/json' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '20']);
  expect(JSON.parse(answer.text)).toEqual({ code: 'overloaded' });
});

test('those who are further on are served: a pick from the list, the legislators, an action, the totals', async () => {
  const picked = await app.post(`${PATH}/lookup`, { division: [`${PLACE}/sldu:5`, `${PLACE}/sldl:14`] });
  expect([picked.status, picked.headers.get('location')]).toEqual([303, ACT]);
  const act = await app.get(ACT);
  const form = { ...formFields(act.$, 'form[action$="/actions"]'), status_code: 'contact' };
  expect((await app.post(`${PATH}/actions`, form)).status).toBe(303);
  expect(JSON.parse((await app.get(`${PATH}/totals.json`)).text).completed_actions).toBe(1);
});

test('once there is room a lookup goes through again', async () => {
  expect((await lookUp('en')).status).toBe(503);
  admission.note(FREE);
  expect((await lookUp('en')).status).toBe(200);
});

test('a campaign that is not there is not there, however busy it is', async () => {
  const page = await app.post('/campaigns/none/lookup', { address: TYPED });
  expect([page.status, page.headers.get('retry-after')]).toEqual([404, null]);
});
