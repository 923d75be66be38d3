import type { CorrectedRosters } from '../../server/legislators/corrected-rosters.ts';
import type { MadeUpDistrict } from '../fixtures/people/made-up-roster.ts';
import { type Answer, formFields } from '../support/client.ts';
import { startOn } from '../support/made-up-app.ts';
import { localeOf } from '../support/message-words.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const FLORIDA = 'ocd-division/country:us/state:fl';
const SEATS: MadeUpDistrict[] = [
  { chamber: 'upper', district: '5', members: ['Ada Example'] },
  { chamber: 'lower', district: '14' },
  { chamber: 'lower', district: '15', members: ['Ben Sample'], seats: 2 },
];

// The roster is of August 5, 2026; the election was on November 3.
const FRESH = new Date('2026-08-10T15:00:00Z');
const OLD = new Date('2026-10-24T15:00:00Z');
const ELECTED = new Date('2026-11-24T15:00:00Z');
let now = ELECTED;
let app: TestApp;
beforeAll(async () => {
  app = await startOn(SEATS, { now: () => now });
});
afterAll(() => app.close());

const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const textOf = ({ $ }: Answer, selector: string) => flat($(selector).text());
const act = (moment: Date, districts: string[], more = '') => {
  now = moment;
  return app.get(`${PATH}/act?${districts.map((one) => `division=${FLORIDA}/${one}`).join('&')}${more}`);
};
const list = (moment: Date, more = '') => {
  now = moment;
  return app.get(`${PATH}/districts?${more}`);
};

describe('a vacant seat', () => {
  test('on a list that is older than an election may have been filled since, and nothing of now is said', async () => {
    const page = await act(ELECTED, ['sldu:5', 'sldl:14']);
    expect(textOf(page, '[data-vacant] h2')).toBe('State District 14 (House): vacant on August 5, 2026');
    const card = textOf(page, '[data-vacant]');
    expect(card).toContain('No one held this seat on August 5, 2026. Someone may have been elected since.');
    expect(card).toContain('There was an election on November 3, 2026, after this was last checked.');
    expect(card).not.toMatch(/someone else|holds|\bnow\b|still/i);
  });

  test('one of several is said so too, in Spanish as well', async () => {
    expect(textOf(await act(ELECTED, ['sldl:15']), '[data-vacant]')).toContain(
      'On August 5, 2026, no one held 1 of these 2 seats. Someone may have been elected since.',
    );
    const spanish = await act(ELECTED, ['sldu:5', 'sldl:14'], '&lang=es');
    const card = textOf(spanish, '[data-vacant]');
    expect(card).toContain('El 5 de agosto de 2026 nadie ocupaba este escaño.');
    expect(card).not.toMatch(/otra persona|ahora|siguen/);
  });

  test.each([
    [FRESH, 0],
    [OLD, 1],
  ])('at %s, before any, is empty now; the others are named where there are some', async (moment, dated) => {
    const page = await act(moment, ['sldu:5', 'sldl:14']);
    expect(textOf(page, '[data-vacant] > p:not(.notice, .not-mine)')).toBe(
      'No one holds this seat as of August 5, 2026, so there is no one to call here now. Your other legislators still speak for you.',
    );
    expect(page.$('[data-vacant] .notice').length).toBe(dated);
    const alone = await act(moment, ['sldl:14']);
    expect(textOf(alone, '[data-vacant] > p:not(.notice, .not-mine)')).toBe(
      'No one holds this seat as of August 5, 2026, so there is no one to call here now.',
    );
  });
});

describe('the list, and what a search of it finds', () => {
  test.each(['', 'find=ada', 'find=nobody', 'find=32209'])(
    'for %j says once how old it is, and of the election',
    async (query) => {
      const page = await list(ELECTED, query);
      const notices = page.$('main .notice');
      expect(notices.length).toBe(1);
      const says = flat(notices.text());
      expect(says).toMatch(/^This is true as of August 5, 2026\. Offices may have changed since\./);
      expect(says).toContain('There was an election on November 3, 2026');
      expect(says).toMatch(
        query === 'find=nobody' ? /elected since may be missing/ : /hold some of these seats/,
      );
      const before = await list(OLD, query);
      expect(flat(before.$('main .notice').text())).toBe(
        `This is true as of August 5, 2026. Offices may have changed since.${
          query === 'find=nobody' ? ' Someone elected since may be missing here.' : ''
        }`,
      );
      expect((await list(FRESH, query)).$('main .notice').length).toBe(0);
    },
  );

  test('of made-up legislators do not age', async () => {
    const sample = await startTestApp({ now: () => new Date('2030-11-24T15:00:00Z') });
    expect((await sample.get(`${PATH}/districts`)).$('main .notice').length).toBe(0);
    await sample.close();
  });
});

test.each(['en', 'es'])(
  'in %s a card without number, e-mail or page says so once, and leads to the chamber',
  async (lang) => {
    const page = await act(FRESH, ['sldu:5'], `&lang=${lang}`);
    const { no_way_at_all, no_way, call_none } = localeOf(lang).act;
    const card = page.$('.target');
    expect(flat(card.text())).toContain(no_way_at_all);
    expect(card.text()).not.toContain(no_way);
    expect(card.text()).not.toContain(call_none);
    expect(card.find('a[href="https://www.flsenate.gov/Senators/Find"]').length).toBe(1);
    expect(card.find('form, details.step').length).toBe(0);
    expect(card.find('.role').text()).not.toMatch(/^\W|undefined/);
  },
);

test('who can’t be reached is neither counted as to be done, nor stands between a call and the thanks', async () => {
  const seats: MadeUpDistrict[] = [
    { chamber: 'upper', district: '5', members: ['Ada Example', 'Ben Sample'] },
  ];
  const two = await startOn(seats, {
    now: () => FRESH,
    parts: ({ rosters }) => ({ rosters: withNumber(rosters) }),
  });
  const page = await two.get(`${PATH}/act?division=${FLORIDA}/sldu:5`);
  expect(page.$('.count').text()).toBe('0 of 1 done');
  expect(page.$('.targets .tag').length).toBe(1);
  expect(page.$('#target-2 details.step').first().attr('open')).toBeDefined();
  const call = formFields(page.$, '#target-2 form:has([value=phone])');
  const done = await two.post(`${PATH}/actions`, { ...call, status_code: 'contact' });
  expect(done.headers.get('location')).toMatch(/\/thanks\?/);
  await two.close();
});

/** The same rosters, the last member of each with a number. */
function withNumber(rosters: CorrectedRosters): CorrectedRosters {
  const last = rosters.get('fl')!.roster.legislators.at(-1)!;
  last.offices.push({ classification: 'capitol', voice: '850-555-0100' });
  return rosters;
}
