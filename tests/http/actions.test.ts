import { type Fields, formFields } from '../support/client.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const DAY_MS = 86_400_000;
let now = new Date('2026-11-24T15:30:00Z');
let app: TestApp;
const startWith = async (database_url?: string) => {
  now = new Date('2026-11-24T15:30:00Z');
  app = await startTestApp({ now: () => now, database_url });
};

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14`;

async function openForm(type: 'phone' | 'email'): Promise<Fields> {
  const { $ } = await app.get(ACT);
  return formFields($, `#target-1 form[action$="/actions"]:has(input[name=type][value=${type}])`);
}

async function totals() {
  return JSON.parse((await app.get(`${PATH}/totals.json`)).text);
}

const report = (fields: Fields, status_code: string, headers = {}) =>
  app.post(`${PATH}/actions`, { ...fields, status_code }, headers);

describe.each(STORE_KINDS)('on $name', ({ create }) => {
  let database: Awaited<ReturnType<typeof create>>;
  beforeEach(async () => {
    database = await create();
    await startWith(database.database_url);
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  test('the same form sent twice counts once', async () => {
    const form = await openForm('phone');
    expect((await report(form, 'contact')).status).toBe(303);
    expect((await report(form, 'contact')).status).toBe(303);
    expect((await totals()).completed_actions).toBe(1);
  });

  test('the same form sent by many tabs at once counts once', async () => {
    const form = await openForm('phone');
    const answers = await Promise.all(Array.from({ length: 20 }, () => report(form, 'contact')));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(303));
    expect((await totals()).by_type.phone.contact).toBe(1);
  });

  test('started then sent is one completed action', async () => {
    const form = await openForm('email');
    expect((await report(form, 'started', { accept: 'application/json' })).status).toBe(204);
    await report(form, 'sent');
    expect(await totals()).toMatchObject({
      completed_actions: 1,
      by_type: { email: { started: 1, sent: 1 } },
    });
  });

  test('unavailable then contact is one completed action', async () => {
    const form = await openForm('phone');
    await report(form, 'unavailable');
    await report(form, 'contact');
    expect(await totals()).toMatchObject({
      completed_actions: 1,
      by_type: { phone: { unavailable: 1, contact: 1 } },
    });
  });

  test('a form can not count as completed twice with two outcomes', async () => {
    const form = await openForm('phone');
    await report(form, 'voicemail');
    await report(form, 'contact');
    expect(await totals()).toMatchObject({
      completed_actions: 1,
      by_type: { phone: { voicemail: 1, contact: 0 } },
    });
  });

  test('a form that came too late twice, from two tabs or reloaded, counts once however often it is confirmed', async () => {
    const old = await openForm('phone');
    now = new Date(now.getTime() + 15 * DAY_MS);
    const asked = [await report(old, 'voicemail'), await report(old, 'voicemail')];
    for (const { $ } of asked)
      expect(
        (await report(formFields($, 'form:has(button[value=voicemail].primary)'), 'voicemail')).status,
      ).toBe(303);
    expect((await totals()).completed_actions).toBe(1);
  });
});

describe('on whatever database', () => {
  beforeEach(() => startWith());
  afterEach(() => app.close());

  test('totals can be read from any site, as JSON and as CSV', async () => {
    await report(await openForm('phone'), 'contact');
    const json = await app.get(`${PATH}/totals.json`, { origin: 'https://example.org' });
    expect(json.headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse(json.text).by_day).toEqual([{ day: '2026-11-24', completed_actions: 1 }]);
    const csv = await app.get(`${PATH}/totals.csv`);
    expect(csv.headers.get('content-type')).toMatch(/text\/csv/);
    expect(csv.text).toContain('2026-11-24');
  });

  test('a store that fails gives a page that says nothing was counted, and no 303', async () => {
    const form = await openForm('phone');
    await app.parts.action_log.close();
    const answer = await report(form, 'contact');
    expect(answer.status).toBe(503);
    expect(answer.text).toMatch(/nothing was counted/);
  });

  test('a forged form gets 400 and counts nothing', async () => {
    const form = await openForm('phone');
    const id = form.action_id as string;
    for (const action_id of [
      '',
      'nonsense',
      `${id}x`,
      id.slice(0, -4),
      id.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
    ]) {
      const answer = await report({ ...form, action_id }, 'contact');
      expect(answer.status).toBe(400);
      expect(answer.$('h1').text()).not.toBe('');
    }
    expect((await totals()).completed_actions).toBe(0);
  });

  test('a form whose type, outcome or campaign is not what was signed gets 400', async () => {
    const form = await openForm('phone');
    expect((await report({ ...form, type: 'email' }, 'sent')).status).toBe(400);
    expect((await report(form, 'sent')).status).toBe(400);
    expect((await report(form, 'accepted')).status).toBe(400);
    expect((await report(form, '')).status).toBe(400);
    expect((await totals()).completed_actions).toBe(0);
  });

  test('a form of 13 days counts; one of 15 days brings the page anew with the outcome ready to be confirmed', async () => {
    const young = await openForm('phone');
    const old = await openForm('phone');
    now = new Date(now.getTime() + 13 * DAY_MS);
    expect((await report(young, 'contact')).status).toBe(303);
    now = new Date(now.getTime() + 2 * DAY_MS);
    const asked = await report(old, 'voicemail');
    expect(asked.status).toBe(200);
    expect((await totals()).completed_actions).toBe(1);
    const confirm = 'form:has(button[value=voicemail].primary)';
    expect(asked.$('[role=alert]').text()).toMatch(/I left a message/);
    const confirmed = await report(formFields(asked.$, confirm), 'voicemail');
    expect(confirmed.status).toBe(303);
    expect((await totals()).completed_actions).toBe(2);
  });

  test('what is counted in a visit can not be counted again by the same card; the other way still can', async () => {
    const called = await report(await openForm('phone'), 'voicemail');
    const next = await app.get(called.headers.get('location')!);
    expect(next.$('#target-1 input[name=type][value=phone]').length).toBe(0);
    expect(next.$('#target-1').text()).toMatch(/Your call is counted/);
    const mail = formFields(next.$, '#target-1 form.sent');
    const mailed = await report(mail, 'sent');
    const last = await app.get(mailed.headers.get('location')!);
    expect(last.$('#target-1 input[name=type]').length).toBe(0);
    expect(last.$('#target-2 input[name=type]').length).toBe(2);
    expect(last.$('.count').text()).toBe('1 of 2 done');
    expect((await totals()).completed_actions).toBe(2);
  });

  test('a form whose districts are no longer known counts, and leads on by the one that was signed', async () => {
    const form = await openForm('phone');
    const answer = await report(
      { ...form, division: 'ocd-division/country:us/state:fl/sldl:999' },
      'contact',
    );
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/\/thanks\?division=.*sldu:5/);
    expect((await totals()).completed_actions).toBe(1);
  });

  test('a form of a state whose legislators have gone meanwhile counts, and leads to the thanks', async () => {
    const form = await openForm('phone');
    const bare = await startTestApp({ now: () => now, allow_sample: false });
    const answer = await bare.post(`${PATH}/actions`, { ...form, status_code: 'contact' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/\/thanks\?/),
    ]);
    const thanks = await bare.get(answer.headers.get('location')!);
    expect([thanks.status, thanks.$('.lead').text()]).toEqual([
      200,
      'Your contact with 1 legislator is counted.',
    ]);
    await bare.close();
  });

  test('thanks counts no one whom the address makes up', async () => {
    const { $ } = await app.get(
      `${PATH}/thanks?division=ocd-division/country:us/state:fl/sldu:5&done=a&done=phone:b`,
    );
    expect($('.lead').text()).toMatch(/Thank you for looking/);
  });

  test('a program that sends an expired form is told so with 409', async () => {
    const form = await openForm('email');
    now = new Date(now.getTime() + 15 * DAY_MS);
    const answer = await report(form, 'started', { accept: 'application/json' });
    expect(answer.status).toBe(409);
    expect(JSON.parse(answer.text)).toEqual({ code: 'expired' });
  });

  test('the page of totals tells the time by the state’s clock', async () => {
    const { $ } = await app.get(`${PATH}/totals`);
    expect($('main').text()).toMatch(/Counted up to November 24, 2026 at 10:30:00\sAM EST/);
  });
});
