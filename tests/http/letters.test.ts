import { OperationalError } from '../../server/errors.ts';
import type { HandInOutcome } from '../../server/mail/letter.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { type Fields, formFields } from '../support/client.ts';
import { type NotedLetters, noteLetters } from '../support/letters-in-memory.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Tuesday, 10 am in Florida. */
const MORNING = new Date('2026-11-24T15:00:00Z');
const PATH = '/campaigns/visible-act';
const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';
const ACT = `${PATH}/act?${DIVISIONS}&partner=jira`;
const PERSON = {
  name: 'Ada Example',
  email: 'ada@example.org',
  street: '1 Example Street',
  city: 'Jacksonville',
  zip: '32209',
};

let campaigns: ChangedCampaigns;
let app: TestApp;
let noted: NotedLetters;
let now = MORNING;
beforeAll(async () => {
  const sends =
    (more = '') =>
    (yaml: string) =>
      `${yaml}\nemail: {send: true${more}}\n`;
  campaigns = changedCampaign((yaml) => yaml);
  campaigns.copy('sent', sends());
  campaigns.copy('hurried', sends(', deliver_by: 2026-11-30'));
  campaigns.copy('too-late', sends(', deliver_by: 2026-11-20'));
  campaigns.copy('draft', (yaml) => `${sends()(yaml)}status: draft\n`);
  campaigns.copy('waiting', (yaml) => `${sends()(yaml)}status: paused\n`);
  noted = noteLetters(MORNING);
  app = await startTestApp({
    campaigns_dir: campaigns.folder,
    now: () => now,
    parts: () => ({ letters: noted.letters }),
  });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});
beforeEach(() => {
  const { letters, ...fresh } = noteLetters(MORNING);
  Object.assign(noted, fresh);
  // What was said of a campaign is kept for some seconds.
  now = new Date(now.getTime() + 60_000);
});

const of = (slug: string) => ACT.replace('visible-act', slug);
const SENT = '/campaigns/sent';

async function openForm(slug = 'sent', more = '') {
  const { $ } = await app.get(`${of(slug)}${more}`);
  return formFields($, '#target-1 form.compose');
}

const send = (fields: Fields, slug = 'sent') =>
  app.post(`/campaigns/${slug}/letters`, { send: 'yes', ...fields });

/** What the page says is wrong, by the name of the field that the summary leads to. */
function faultsOn({ $ }: Awaited<ReturnType<TestApp['get']>>) {
  return $('.error-summary a')
    .toArray()
    .map((link) => {
      const field = $($(link).attr('href')!);
      expect(field).toHaveLength(1);
      return [field.attr('name'), $(link).text()];
    });
}

test('where a campaign does not offer it, the act page has nothing of it, and a letter is not taken', async () => {
  const { $, text } = await app.get(ACT);
  expect(text).not.toMatch(/\/letters|name="email"|sent from here/i);
  const fields = formFields($, '#target-1 form.compose');
  const action_id = $('#target-1 form.sent [name=action_id]').attr('value')!;
  const answer = await send({ ...fields, ...PERSON, action_id }, 'visible-act');
  expect(answer.status).toBe(422);
  expect(answer.$('.error-summary').text()).toContain('are not sent from here now');
  expect(answer.$('#target-1-name').attr('value')).toBe('Ada Example');
  expect(noted.handed_in).toEqual([]);
});

test('a letter is handed in as it was written, and the page after it says what to do and nothing of the person', async () => {
  const { $ } = await app.get(of('sent'));
  const section = $('#target-1 [data-send]');
  expect(section.text()).toContain(
    'If you confirm soon, it goes to the office today, between 10 am and 11 am (Eastern time).',
  );
  expect(section.text()).toContain('Nothing goes out before you confirm it there.');
  expect(section.find('button').attr('formaction')).toBe(`${SENT}/letters`);
  expect($(`#${section.find('button').attr('form')}`).is('form.compose')).toBe(true);
  // Sent on or sent by oneself: one action, by one number.
  const fields = formFields($, '#target-1 form.compose');
  expect(fields.action_id).toBe(formFields($, '#target-1 form.sent').action_id);

  const answer = await send({ ...fields, ...PERSON, own_words: 'Own words.', no_reply: 'yes' });
  expect(answer.status).toBe(303);
  const [letter] = noted.handed_in;
  const { subject, text, ...details } = letter!.content;
  expect(details).toEqual(PERSON);
  expect(subject).toBe(fields.subject);
  expect(text).toMatch(
    /^Dear .*\n\n[\s\S]*\n\nOwn words\.\n\n[\s\S]*Ada Example[\s\S]*32209\n\nI do not need a reply\.$/,
  );
  expect(text).not.toMatch(/\[your |\r/);
  expect(letter).toMatchObject({
    campaign: { slug: 'sent' },
    context: { type: 'email', campaign_slug: 'sent', partner: 'jira', page_language: 'en', is_sample: true },
    held: [],
    is_proven: true,
  });

  const next = answer.headers.get('location')!;
  const look = await app.get(next);
  expect(`${next}${look.text}`).not.toMatch(/Ada|ada@|ada%40|1 Example|32209/);
  expect(look.$('h1').text()).toBe('Look in your mail');
  expect(look.$('main').text()).toContain('good for 72 hours');
  expect(look.$('main').text()).not.toContain('trial');
  // Where no mail comes, the letter is written once more: its form stands open, and holds nothing of the person.
  const anew = await app.get(look.$('a[href$="#target-1-from"]').attr('href')!);
  expect(anew.$('#target-1-email').attr('open')).toBeDefined();
  expect(anew.$('#target-1 details[open]')).toHaveLength(1);
  expect(anew.$('#target-1 form.sent, #target-1 [data-send]')).toHaveLength(2);
  expect(anew.text).not.toContain('Ada');
  const onward = look.$('a.button.primary');
  expect(onward.text()).toMatch(/^Go on to Representative /);
  expect(onward.attr('href')).toMatch(/#target-2$/);

  const act = await app.get(onward.attr('href')!);
  expect(act.$('.targets li').eq(0).text()).toContain('waits for you to confirm');
  expect(act.$('.count').text()).toBe('0 of 2 done');
  expect(act.$('#target-1 form.sent, #target-1 [data-send]')).toHaveLength(0);
  expect(act.$('#target-1').text()).toContain('Your e-mail is not sent yet.');
  const again = await app.get(act.$('#target-1-email a').attr('href')!);
  expect(again.$('#target-1 form.sent, #target-1 [data-send]')).toHaveLength(2);
  expect(act.$('#target-2 form.sent, #target-2 [data-send]')).toHaveLength(2);
  expect(app.log.join('\n')).not.toMatch(/Ada|ada@|1 Example Street/);
});

test('after the last legislator the way on is the thanks, which count no letter that waits', async () => {
  const form = formFields((await app.get(of('sent'))).$, '#target-2 form.compose');
  const fields = { ...form, ...PERSON, done: [`waiting:${(await openForm()).target}`] };
  const look = await app.get((await send(fields)).headers.get('location')!);
  const thanks = await app.get(look.$('a.button.primary').attr('href')!);
  expect(thanks.$('.lead').text()).not.toContain('counted');
  expect(thanks.$('.notice').text()).toContain('2 of your e-mails wait in your mail');
});

test('on a later day the page names it; too late for the campaign, one’s own mail comes first', async () => {
  const goes_at = new Date('2026-11-30T15:00:00Z');
  noted.expected = () => ({ goes_at, is_in_time: true });
  const order = async (slug: string) => {
    const { $ } = await app.get(of(slug));
    const words = $('#target-1 [data-send]').text();
    return { words, is_first: $('#target-1 [data-send]').nextAll('[data-take]').length === 1 };
  };
  const in_time = await order('hurried');
  expect(in_time.words).toContain('it goes to the office about Monday, November 30.');
  expect(in_time.is_first).toBe(true);
  now = new Date(now.getTime() + 60_000);
  noted.expected = () => ({ goes_at: new Date('2026-12-01T15:00:00Z'), is_in_time: false });
  const late = await order('hurried');
  expect(late.words).toContain('From here it would go to the office about Tuesday, December 1.');
  expect(late.words).toContain('is of use until November 30, 2026. Please send it from your own mail.');
  expect(late.is_first).toBe(false);
});

test.each(['no_address', 'set_aside'] as const)(
  'to an address that is not written to (%s) nothing is offered',
  async (why) => {
    noted.expected = () => why;
    const { $, text } = await app.get(of('sent'));
    expect(text).not.toMatch(/\/letters"|name="email"/);
    expect($('#target-1 form.sent')).toHaveLength(1);
  },
);

test.each(['waiting', 'too-late'])(
  'a letter of a campaign that no longer sends (%s) comes back with what was typed',
  async (slug) => {
    const fields = await openForm();
    const context = app.parts.action_ids.verify(String(fields.action_id), now);
    if (context.state !== 'good') throw new Error('no good id');
    const own = { ...context.context, campaign_slug: slug };
    const action_id = app.parts.action_ids.issue(own, { now, nonce: 'before' });
    const answer = await send({ ...fields, ...PERSON, action_id, text: 'Dear Senator, mine.' }, slug);
    expect(answer.status).toBe(422);
    expect(answer.$('.error-summary').text()).toContain('Please send it from your own mail.');
    expect(answer.$('#target-1 textarea[name=text]').text().trim()).toBe('Dear Senator, mine.');
    expect(answer.$('[data-send]')).toHaveLength(0);
    expect(noted.handed_in).toEqual([]);
  },
);

test('all that is missing is said at once, in the order of the form, and what was typed is kept', async () => {
  const answer = await send({ ...(await openForm()), own_words: 'Mine.', subject: ' ' });
  expect(answer.status).toBe(422);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.$('title').text()).toMatch(/^Error: /);
  expect(faultsOn(answer).map(([name]) => name)).toEqual([
    'name',
    'street',
    'city',
    'zip',
    'subject',
    'email',
  ]);
  expect(answer.$('#target-1 [name=own_words]').text().trim()).toBe('Mine.');
  expect(answer.$('#target-1 .field-error')).toHaveLength(6);
  expect(noted.handed_in).toEqual([]);
  const whole = { ...formFields(answer.$, '#target-1 form.compose'), ...PERSON, subject: 'A subject' };
  expect((await send(whole)).status).toBe(303);
});

test.each([
  ['email', 'Ada <ada@example.org>', 'email'],
  ['email', 'ada@example.org, bob@example.org', 'email'],
  ['email', 'ada@example.org\r\nBcc: bob@example.org', 'email'],
  ['email', 'ada', 'email'],
  ['email', `${'a'.repeat(260)}@example.org`, 'email'],
  ['name', 'ada@example.org', 'name'],
  ['name', 'Ada\u0000Example', 'name'],
  ['name', 'Ada\u202eExample', 'name'],
  ['name', 'a'.repeat(101), 'name'],
  ['zip', '3220', 'zip'],
  ['subject', 'a'.repeat(201), 'subject'],
  ['subject', 'One\u0000two', 'subject'],
  ['text', '  ', 'text'],
  ['text', 'a'.repeat(10_001), 'text'],
  ['own_words', 'a'.repeat(1001), 'own_words'],
  ['street', 'a'.repeat(201), 'text'],
])('%s that can not be sent (case %#) is refused at its field', async (name, value, field) => {
  const answer = await send({ ...(await openForm()), ...PERSON, [name]: value });
  expect(answer.status).toBe(422);
  expect(faultsOn(answer).map(([at]) => at)).toEqual([field]);
  expect(noted.handed_in).toEqual([]);
});

test('an address that looks mistyped is asked about once; sent again as it was, it is taken', async () => {
  const first = await send({ ...(await openForm()), ...PERSON, email: 'ada@gmial.com' });
  expect(faultsOn(first)).toEqual([
    [
      'email',
      "Did you mean gmail.com? You typed gmial.com. Correct it, or press 'Send it from here' again if it is right.",
    ],
  ]);
  // Another slip is asked about anew.
  const again = formFields(first.$, '#target-1 form.compose');
  expect((await send({ ...again, email: 'ada@gmaill.com' })).status).toBe(422);
  expect(noted.handed_in).toEqual([]);
  expect((await send(again)).status).toBe(303);
  expect(noted.handed_in[0]!.content.email).toBe('ada@gmial.com');
});

test('the address of a legislator of the state is no supporter’s, whichever legislator is written to', async () => {
  const { roster } = app.parts.rosters.get('fl')!;
  const another = roster.legislators.find(
    ({ email, current_role }) => email && current_role.district === '7',
  )!;
  const email = another.email!.toUpperCase().replace('@', '+me@');
  const answer = await send({ ...(await openForm()), ...PERSON, email });
  expect(faultsOn(answer)).toEqual([['email', expect.stringContaining('Write your own')]]);
  expect(noted.handed_in).toEqual([]);
});

test('line breaks in a name, a street or a subject become spaces; none of them is a line of its own', async () => {
  const broken = { name: 'Ada\r\nBcc: x', street: '1 Example\u2028Street', subject: 'One\r\nBcc: two' };
  await send({ ...(await openForm()), ...PERSON, ...broken, text: 'One\r\ntwo\rthree\u0000.' });
  expect(noted.handed_in[0]!.content).toMatchObject({
    name: 'Ada Bcc: x',
    street: '1 Example Street',
    subject: 'One Bcc: two',
    text: 'One\ntwo\nthree.',
  });
});

test('what looks unusual is handed in for the organizer to see first', async () => {
  const fields = await openForm();
  await send({ ...fields, ...PERSON, text: `${fields.text}\r\nSee https://example.net/offer` });
  await send({ ...fields, ...PERSON });
  expect(noted.handed_in.map(({ held }) => held)).toEqual([['links'], []]);
  expect(noted.handed_in[0]!.to).toMatch(/^senate-5@/);
});

test('a form that we did not sign for this letter is refused', async () => {
  const fields: Fields = { ...(await openForm()), ...PERSON };
  const { $ } = await app.get(of('sent'));
  const call = $('#target-1 form:has([value=contact]) [name=action_id]').attr('value')!;
  const other = $('#target-2 form.sent [name=action_id]').attr('value')!;
  for (const action_id of ['', 'forged', `${fields.action_id}x`, call, other])
    expect((await send({ ...fields, action_id })).status).toBe(400);
  expect((await send(fields, 'hurried')).status).toBe(400);
  expect((await app.post(`${SENT}/letters`, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await send({ ...fields, text: 'x'.repeat(1_000_000) })).status).toBe(413);
  expect(noted.handed_in).toEqual([]);
});

test('a form that stood open too long comes back with what was typed and goes when it is sent again', async () => {
  const fields = await openForm();
  now = new Date(now.getTime() + 15 * 86_400_000);
  const late = await send({ ...fields, ...PERSON });
  expect(late.status).toBe(422);
  expect(faultsOn(late)).toEqual([['send', expect.stringContaining('open for too long')]]);
  expect(noted.handed_in).toEqual([]);
  await send(formFields(late.$, '#target-1 form.compose'));
  expect(noted.handed_in[0]!.content).toMatchObject(PERSON);
});

test.each<[HandInOutcome, string]>([
  [{ outcome: 'address_refuses' }, 'they want no mail from here'],
  [{ outcome: 'too_many_from_sender' }, 'or go on tomorrow'],
  [{ outcome: 'not_sent', why: 'set_aside' }, 'came back to us'],
  [{ outcome: 'not_sent', why: 'no_address' }, 'Please call instead'],
])('a letter that is not taken (%j) comes back with the reason', async (outcome, words) => {
  noted.outcome = outcome;
  const answer = await send({ ...(await openForm()), ...PERSON });
  expect(answer.status).toBe(422);
  expect(faultsOn(answer)).toEqual([[expect.any(String), expect.stringContaining(words)]]);
  expect(answer.$('#target-1 [name=email]').attr('value')).toBe('ada@example.org');
});

test.each([
  ['under_way', 'You have confirmed this e-mail before.'],
  ['sent_already', 'You told us that you sent this e-mail yourself'],
] as const)(
  'a letter that is done with (%s) leads back to its card, which says so',
  async (outcome, words) => {
    noted.outcome = { outcome };
    const answer = await send({ ...(await openForm()), ...PERSON });
    expect(answer.status).toBe(303);
    const card = await app.get(answer.headers.get('location')!);
    expect(card.$('#target-1 [role=status]').first().text()).toContain(words);
  },
);

test.each(['sent', 'draft'])(
  'in a preview link’s visit of %s nothing is handed in, and that is said',
  async (slug) => {
    const preview = app.parts.preview_tokens.issue(slug, { now });
    const fields = await openForm(slug, `&preview=${preview}`);
    const answer = await send({ ...fields, ...PERSON, preview }, slug);
    const card = await app.get(answer.headers.get('location')!);
    expect(card.$('#target-1').text()).toContain('This is a preview, so nothing was sent');
    expect(noted.handed_in).toEqual([]);
  },
);

test('where this site only tries it out, the act page and the page after it say that nothing leaves', async () => {
  noted.mode = 'preview';
  const { $ } = await app.get(of('sent'));
  expect($('#target-1 [data-send] .notice').text()).toContain('This is a trial: nothing leaves this server');
  const answer = await send({ ...formFields($, '#target-1 form.compose'), ...PERSON });
  const look = await app.get(answer.headers.get('location')!);
  expect(look.$('.notice').text()).toContain('This is a trial');
  expect(look.$('.notice a').attr('href')).toBe('/outbox');
});

test('many pages ask the database once in some seconds; where it does not answer, they offer nothing and still come', async () => {
  await Promise.all(Array.from({ length: 5 }, () => app.get(of('sent'))));
  expect(noted.asked).toBe(1);
  now = new Date(now.getTime() + 60_000);
  noted.expected = () => {
    throw new OperationalError('store_unavailable', 'no database');
  };
  const { status, $ } = await app.get(of('sent'));
  expect([status, $('[data-send]').length, $('#target-1 form.sent').length]).toEqual([200, 0, 1]);
  expect(app.log.join('\n')).toContain('letters_unavailable');
});

test('in another language the page says it in that one, and the e-mail address goes along', async () => {
  const { $ } = await app.get(`${of('sent')}&lang=es`);
  expect($('#target-1 [data-send]').text()).toMatch(
    /sale para la oficina hoy, entre las 10 a\.\s?m\. y las 11 a\.\s?m\. \(hora del Este\)\./,
  );
  const form = { ...formFields($, '#target-1 form.compose'), ...PERSON, email: 'nadie' };
  const refused = await send(form);
  const switch_button = refused.$('.languages button[value=en]');
  expect(refused.$(`#${switch_button.attr('form')}`).attr('action')).toContain('/compose');
  const again = formFields(refused.$, '#target-1 form.compose');
  const english = await app.post(`${SENT}/compose`, { ...again, lang: 'en' });
  expect(english.$('#target-1 [name=email]').attr('value')).toBe('nadie');
});

test('someone who loads the address of the form is led back, and so is one who has nothing to look for', async () => {
  expect((await app.get(`${SENT}/letters`)).headers.get('location')).toBe(SENT);
  expect((await app.get(`${SENT}/letters/look?target=x`)).headers.get('location')).toBe(SENT);
  expect((await app.get(`${PATH}/letters/look?${DIVISIONS}`)).headers.get('location')).toBe(PATH);
});

test('the privacy page tells of e-mails that are sent from here where a campaign offers it', async () => {
  const { text } = await app.get('/privacy');
  expect(text).toContain('E-mails that are sent from here');
  expect(text).toMatch(/encrypted.*28 days/s);
  const plain = await startTestApp();
  expect((await plain.get('/privacy')).text).not.toContain('sent from here');
  await plain.close();
});

test('the letter is kept sealed, waits to be confirmed, and is the same one when the button is pressed twice', async () => {
  const real = await startTestApp({ campaigns_dir: campaigns.folder, now: () => now });
  const { $ } = await real.get(of('sent'));
  expect($('#target-1 [data-send]').text()).toContain('This is a trial');
  const fields: Fields = { ...formFields($, '#target-1 form.compose'), ...PERSON, send: 'yes' };
  const answers = [await real.post(`${SENT}/letters`, fields), await real.post(`${SENT}/letters`, fields)];
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  const letters = await real.store.read.selectFrom('letters').selectAll().execute();
  expect(letters).toMatchObject([{ state: 'confirming', mode: 'preview', partner: 'jira', held: '' }]);
  expect(JSON.stringify(letters)).not.toMatch(/Ada|ada@|1 Example/);
  const seen = await real.parts.letters.see(letters[0]!.id);
  expect(seen?.content).toMatchObject({ ...PERSON, subject: fields.subject });
  await real.close();
});
