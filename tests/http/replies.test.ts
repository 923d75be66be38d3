import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { officeReplies } from '../../server/actions/office-replies.ts';
import type { Store } from '../../server/store/open-store.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Answer, type Fields, formFields } from '../support/client.ts';
import { SQLITE } from '../support/temp-store.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';

const DAY_MS = 86_400_000;
const PATH = '/campaigns/visible-act';
const SENATE_5 = 'division=ocd-division/country:us/state:fl/sldu:5';
const ACT = `${PATH}/act?${SENATE_5}&division=ocd-division/country:us/state:fl/sldl:14`;
const JSON_WANTED = { accept: 'application/json' };

let now: Date;
/** The one that most tests share, and the one that a test has started for itself. */
let shared: TestApp;
let app: TestApp;
let database: Awaited<ReturnType<typeof SQLITE.create>>;
let store: Store;

/** Starts another app on the same database, for the test that runs. */
async function startAnother(options: TestAppOptions): Promise<void> {
  app = await startTestApp({ now: () => now, database_url: database.database_url, ...options });
}

beforeAll(async () => {
  database = await SQLITE.create();
  store = await database.open();
  await startAnother({});
  shared = app;
});
beforeEach(() => {
  // Half past ten in the evening in Florida: the next day in UTC.
  now = new Date('2026-11-25T03:30:00Z');
});
afterEach(async () => {
  if (app !== shared) await app.close();
  app = shared;
  // Each app numbers its forms anew.
  await store.transaction(async (trx) => {
    await trx.deleteFrom('office_replies').execute();
    await trx.deleteFrom('spent_action_ids').execute();
  });
});
afterAll(async () => {
  await shared.close();
  await store.close();
  await database.drop();
});

/** Every row that is kept of what offices said. */
const kept = () => store.read.selectFrom('office_replies').selectAll().execute();

const callForm = ({ $ }: Answer, card = 1) =>
  formFields($, `#target-${card} form:has(input[name=type][value=phone])`);

const report = (fields: Fields, status_code: string, headers = {}) =>
  app.post(`${PATH}/actions`, { ...fields, status_code }, headers);
const answer = (fields: Fields, office_reply: string, headers = {}) =>
  app.post(`${PATH}/replies`, { ...fields, office_reply }, headers);

/** The page that a redirect leads to. */
const follow = (redirect: Answer) => app.get(redirect.headers.get('location')!);

/** A conversation reported from the first card, and the page that asks what was said. */
async function talk(path = ACT): Promise<Answer> {
  return follow(await report(callForm(await app.get(path)), 'contact'));
}

const question = ({ $ }: Answer) => $('#reply-title').text();
const replyForm = ({ $ }: Answer) => formFields($, '#reply form');

test('after a conversation the office’s reply is asked above the next card, once, and is counted by legislator and the state’s day', async () => {
  const called = await report(callForm(await app.get(`${ACT}&partner=jira`)), 'contact');
  expect(called.headers.get('location')).toMatch(/&partner=jira#reply$/);
  const asked = await follow(called);
  expect(question(asked)).toMatch(/^What did the office of Senator .+ say about the bill\?$/);
  expect(asked.$('#reply [role=status]').text()).toBe('Your call is counted.');
  expect(asked.$('#reply').next().attr('id')).toBe('target-2');
  expect(asked.$('#target-2 .notice.good').length).toBe(0);
  expect(asked.$('#reply a').attr('href')).toBe('#target-2');
  expect(
    asked
      .$('#reply button')
      .toArray()
      .map((button) => asked.$(button).attr('value')),
  ).toEqual(['supports', 'opposes', 'undecided', 'would_not_say']);

  const noted = await answer(replyForm(asked), 'undecided');
  expect(noted.status).toBe(303);
  expect(noted.headers.get('location')).toMatch(/noted=replied&partner=jira#target-2$/);
  const next = await follow(noted);
  expect(next.$('#target-2 .notice.good').text()).toBe('Thank you: noted. Here is your next legislator.');
  expect(next.$('.count').text()).toBe('1 of 2 done');
  expect(question(next)).toBe('');
  const { roster } = app.parts.rosters.get('fl')!;
  const [senator] = roster.representation('ocd-division/country:us/state:fl/sldu:5')!.legislators;
  expect(await kept()).toEqual([
    {
      campaign_slug: 'visible-act',
      is_sample: 1,
      partner: 'jira',
      legislator_id: senator!.id,
      day: '2026-11-24',
      reply: 'undecided',
      replies: 1,
    },
  ]);
});

test('the first answer stands, however often and whatever is answered after, and that is said', async () => {
  const form = replyForm(await talk());
  await answer(form, 'supports');
  const again = await follow(await answer(form, 'opposes'));
  expect(again.$('#target-2 [role=status]').text()).toContain('Your first answer stands.');
  expect((await kept()).map(({ reply, replies }) => [reply, replies])).toEqual([['supports', 1]]);
});

test('after the last conversation the thanks ask, and say that it is noted; nobody need answer', async () => {
  const first = await talk();
  const thanks = await follow(await report(callForm(first, 2), 'contact'));
  expect(thanks.$('h1').text()).toBe('Thank you');
  expect(thanks.$('.lead').text()).toContain('2 legislators');
  expect(question(thanks)).toMatch(/^What did the office of .* say about the bill\?$/);
  const noted = await answer(replyForm(thanks), 'would_not_say');
  expect(noted.headers.get('location')).toMatch(/\/thanks\?.*noted=replied$/);
  const after = await follow(noted);
  expect(after.$('main [role=status]').text()).toBe('Thank you: noted.');
  expect(question(after)).toBe('');
  expect((await kept()).length).toBe(1);
});

test.each(['voicemail', 'unavailable'])('after %s nothing is asked', async (status_code) => {
  const form = callForm(await app.get(ACT));
  const called = await report(form, status_code);
  expect(called.headers.get('location')).not.toContain('action_id');
  expect(question(await follow(called))).toBe('');
  // A form made by hand: no one was spoken with.
  const { status } = await answer({ ...form }, 'supports');
  expect(status).toBe(400);
  expect(await kept()).toEqual([]);
});

test('a reply without its call, to an e-mail, with another answer or forged gets 400 and counts nothing', async () => {
  const page = await app.get(ACT);
  const mail = formFields(page.$, '#target-1 form.sent');
  await report(mail, 'sent');
  const call = callForm(page);
  expect((await answer(call, 'supports')).status).toBe(400);
  await report(call, 'contact');
  for (const fields of [mail, { ...call, action_id: `${call.action_id}x` }, { division: call.division! }])
    expect((await answer(fields, 'supports')).status).toBe(400);
  expect((await answer(call, 'loves')).status).toBe(400);
  expect((await answer(call, 'supports', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  const forged = await answer({ action_id: 'x' }, 'supports', JSON_WANTED);
  expect([forged.status, JSON.parse(forged.text)]).toEqual([400, { code: 'forged' }]);
  expect(await kept()).toEqual([]);
  expect((await answer(call, 'supports', JSON_WANTED)).status).toBe(204);
});

test('a reply that comes after its form has expired is not counted, and that is said, on a page and to a program', async () => {
  const asked = await talk();
  const form = replyForm(asked);
  now = new Date(now.getTime() + 15 * DAY_MS);
  const late = await follow(await answer(form, 'supports'));
  expect(late.$('#target-2 [role=status]').text()).toMatch(/^This came too late, so we did not note/);
  const program = await answer(form, 'supports', JSON_WANTED);
  expect([program.status, JSON.parse(program.text)]).toEqual([409, { code: 'too_late' }]);
  expect(await kept()).toEqual([]);
  // Nor does an old address ask.
  const address = asked.$('.languages a').first().attr('href')!;
  expect(address).toContain('action_id=');
  expect(question(await app.get(address))).toBe('');
});

test('an address that is shared asks for what was signed alone: a changed one asks nothing, and says nothing of it', async () => {
  const called = await report(callForm(await app.get(ACT)), 'contact');
  const address = called.headers.get('location')!;
  const shared = await app.get(address);
  expect(question(shared)).not.toBe('');
  const changed = await app.get(address.replace(/action_id=./, 'action_id=A'));
  expect([changed.status, question(changed)]).toEqual([200, '']);
  const elsewhere = await app.get(address.replace('visible-act', 'example'));
  expect(question(elsewhere)).toBe('');
  const in_spanish = await app.get(
    shared.$('.languages a[hreflang=es], .languages a[lang=es]').attr('href')!,
  );
  expect(question(in_spanish)).toMatch(/¿qué dijo su oficina sobre el proyecto de ley\?$/);
});

test('in a preview the question is asked and nothing is counted', async () => {
  const preview = app.parts.preview_tokens.issue('visible-act', { now });
  const asked = await talk(`${ACT}&preview=${preview}`);
  expect(question(asked)).not.toBe('');
  const noted = await follow(await answer(replyForm(asked), 'supports'));
  expect(noted.$('#target-2 [role=status]').text()).toMatch(/^Thank you: noted\./);
  expect(await kept()).toEqual([]);
  expect(await store.read.selectFrom('spent_action_ids').selectAll().execute()).toEqual([]);
});

test('a campaign that asks for no reply asks nothing, and takes none from a page that was drawn before', async () => {
  const form = replyForm(await talk());
  const { folder, drop } = changedCampaign((yaml) => `${yaml}\nasks_reply: false\n`);
  await startAnother({ campaigns_dir: folder });
  const page = await app.get(ACT);
  const called = await report(callForm(page), 'contact');
  expect(called.headers.get('location')).toMatch(/noted=done#target-2$/);
  expect(
    question(await app.get(`${called.headers.get('location')!.split('#')[0]}&action_id=${form.action_id}`)),
  ).toBe('');
  const late = await follow(await answer(form, 'supports'));
  expect(late.$('#target-2 [role=status]').text()).toMatch(/^This came too late/);
  expect(await kept()).toEqual([]);
  drop();
});

test('what was heard under an earlier name of the campaign counts under the one it has now', async () => {
  const form = replyForm(await talk());
  const { folder, copy, drop } = changedCampaign((yaml) => yaml.replace(/^status: .*/m, 'status: draft'));
  copy('seen-act', (yaml) =>
    yaml.replace(/^status: .*/m, 'status: live').concat('\nformer_slugs: [visible-act]\n'),
  );
  rmSync(join(folder, 'visible-act'), { recursive: true });
  await startAnother({ campaigns_dir: folder });
  const noted = await answer(form, 'supports');
  expect(noted.headers.get('location')).toMatch(/^\/campaigns\/seen-act\/act\?/);
  expect((await kept()).map(({ campaign_slug }) => campaign_slug)).toEqual(['seen-act']);
  const campaign = app.parts.campaigns.get('seen-act')!;
  await store.transaction((trx) =>
    trx.updateTable('office_replies').set({ campaign_slug: 'visible-act' }).execute(),
  );
  const read = await officeReplies(store.read, campaign, { is_sample: true, today: '2026-11-24' });
  expect(read.map(({ replies }) => replies.supports)).toEqual([1]);
  drop();
});

test('replies of one address are held off where they are too many, as actions are', async () => {
  await startAnother({ settings: { actions_per_minute: 3 } });
  const form = replyForm(await talk());
  const statuses = [];
  for (let nth = 0; nth < 4; nth += 1) statuses.push((await answer(form, 'supports')).status);
  expect(statuses).toEqual([303, 303, 303, 429]);
});

test('loading the address of the form leads back to the campaign, and nothing of a reply is public', async () => {
  await answer(replyForm(await talk()), 'opposes');
  const back = await app.get(`${PATH}/replies?partner=jira`);
  expect([back.status, back.headers.get('location')]).toEqual([303, `${PATH}?partner=jira`]);
  for (const path of ['totals', 'totals.json', 'totals.csv'])
    expect((await app.get(`${PATH}/${path}`)).text).not.toMatch(/opposes|repl(y|ies)/);
});
