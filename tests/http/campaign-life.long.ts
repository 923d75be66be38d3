import { fixedCampaigns } from '../../server/campaigns/live-campaigns.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const DIVISION = 'division=ocd-division/country:us/state:fl/sldu:5';
const FORM = 'form[action$="/actions"]';
const TITLE = 'Bring back the Florida VISIBLE Act';
const NOW = new Date('2026-11-25T15:00:00Z');

let app: TestApp | undefined;
let campaigns: ReturnType<typeof changedCampaign> | undefined;
afterEach(async () => {
  await app?.close();
  campaigns?.drop();
  app = undefined;
  campaigns = undefined;
});

/** An app on the VISIBLE Act with these lines in its campaign.yaml. */
async function startWith(lines: string, options: TestAppOptions = {}): Promise<TestApp> {
  campaigns = changedCampaign((yaml) => `${yaml}\n${lines}\n`);
  app = await startTestApp({ campaigns_dir: campaigns.folder, now: () => NOW, ...options });
  return app;
}

/** An action of the visible act as a form has it, drawn at some moment. */
const idOf = (nonce: string, now = NOW, ids = app!.parts.action_ids) => ids.issue(ACTION, { now, nonce });
const ACTION = {
  campaign_slug: 'visible-act',
  type: 'phone' as const,
  legislator_id: 'ocd-person/00000000-0000-0000-0000-000000000001',
  division_id: 'ocd-division/country:us/state:fl/sldu:5',
  partner: '',
  page_language: 'en',
  message_language: 'en',
  variant: '',
  is_sample: true,
};

/** The token of a preview link. */
const tokenOf = (days = 30, now = NOW) => app!.parts.preview_tokens.issue('visible-act', { now, days });
const completed = async () =>
  JSON.parse((await app!.get(`${PATH}/totals.json?preview=${tokenOf()}`)).text).completed_actions;

test('nobody finds a draft: not on the home page, nor by its address, its short link or any of its pages', async () => {
  const { get, post } = await startWith('status: draft\nformer_slugs: [visible]', {
    settings: { is_production: true },
  });
  expect((await get('/')).text).not.toContain(TITLE);
  for (const path of ['', '/bill', '/districts', `/act?${DIVISION}`, '/thanks', '/totals', '/totals.json']) {
    const { status, text } = await get(PATH + path);
    expect([path, status, text.includes(TITLE)]).toEqual([path, 404, false]);
  }
  for (const path of ['/v/visible-act', '/campaigns/visible'])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  expect((await post(`${PATH}/lookup`, { address: '32209' })).status).toBe(404);
  expect((await get('/privacy')).text).not.toContain(TITLE);
  expect((await get('/ready')).text).not.toContain('visible-act');
});

test('by its preview link a draft is walked from end to end, is marked on every page, and counts nothing', async () => {
  const { get, post } = await startWith('status: draft');
  const preview = tokenOf();
  const marked = (page: Awaited<ReturnType<typeof get>>) => {
    expect(page.$('[data-preview]').text()).toMatch(/nothing that you do here is counted/);
    expect(page.headers.get('x-robots-tag')).toBe('noindex');
    expect(page.headers.get('cache-control')).toBe('no-store');
    return page;
  };
  const campaign = marked(await get(`${PATH}?preview=${preview}&partner=jira`));
  expect(campaign.$('h1').text()).toBe(TITLE);
  const lookup = { ...formFields(campaign.$, `form[action$="/lookup"]`), address: '32209' };
  const choice = marked(await post(`${PATH}/lookup`, lookup));
  expect(formFields(choice.$, 'main form')).toMatchObject({ preview, partner: 'jira' });
  const act = marked(await get(`${PATH}/act?${DIVISION}&preview=${preview}`));
  for (const status_code of ['contact', 'contact']) {
    const acted = await post(`${PATH}/actions`, { ...formFields(act.$, FORM), status_code });
    expect(acted.status).toBe(303);
    const next = acted.headers.get('location')!;
    expect(next).toContain(`preview=${preview}`);
    marked(await get(next));
  }
  const { preview: _, ...unmarked } = formFields(act.$, FORM);
  await post(`${PATH}/actions`, { ...unmarked, status_code: 'voicemail' });
  expect(await completed()).toBe(0);
});

test('a form of a preview is never counted, not even once its campaign is live', async () => {
  const { get, post } = await startWith('');
  const act = await get(`${PATH}/act?${DIVISION}&preview=${tokenOf()}`);
  const { preview: _, ...form } = formFields(act.$, FORM);
  expect((await post(`${PATH}/actions`, { ...form, status_code: 'contact' })).status).toBe(303);
  expect(await completed()).toBe(0);
  const real = await get(`${PATH}/act?${DIVISION}`);
  await post(`${PATH}/actions`, { ...formFields(real.$, FORM), status_code: 'contact' });
  expect(await completed()).toBe(1);
});

test.each([
  ['that has expired', () => tokenOf(1, new Date('2026-11-24T14:59:00Z')), 'draft'],
  ['that has expired', () => tokenOf(1, new Date('2026-11-24T14:59:00Z')), 'live'],
  ['that somebody made up', () => tokenOf().replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')), 'live'],
  ['of another campaign', () => app!.parts.preview_tokens.issue('zoo', { now: NOW }), 'live'],
])(
  'a preview link %s opens nothing, so that nobody counts without knowing (%#)',
  async (_name, token, status) => {
    const { get } = await startWith(`status: ${status}`);
    const page = await get(`${PATH}?preview=${token()}`);
    expect([page.status, page.$('h1').text()]).toEqual([404, 'This preview link is no longer good']);
    expect((await get(`${PATH}/act?${DIVISION}&preview=${token()}`)).$(FORM)).toHaveLength(0);
  },
);

test('a made-up preview link tells nobody that there is a draft', async () => {
  const { get } = await startWith('status: draft');
  const [there, nowhere] = [await get(`${PATH}?preview=1.x`), await get('/campaigns/nowhere?preview=1.x')];
  expect([there.status, there.$('h1').text()]).toEqual([nowhere.status, nowhere.$('h1').text()]);
});

test('a scheduled campaign is announced, and its preview shows it as it will be', async () => {
  const { get } = await startWith('dates: {starts: 2026-11-26}');
  const page = await get(PATH);
  expect(page.$('.notice').text()).toBe('This campaign begins on November 26, 2026. Please come back then.');
  expect((await get('/')).text).not.toContain(TITLE);
  const previewed = await get(`${PATH}?preview=${tokenOf()}`);
  expect(previewed.$('form[action$="/lookup"]').length).toBeGreaterThan(0);
});

test('a paused campaign shows its case and asks nothing; a call that was made before is still counted', async () => {
  const { get, post } = await startWith('status: paused');
  const page = await get(PATH);
  expect(page.$('.notice').text()).toMatch(/has paused, and asks for nothing now/);
  expect([page.$('article').length, page.$('form[action$="/lookup"]').length]).toEqual([1, 0]);
  expect((await get('/')).text).not.toContain(TITLE);
  expect((await get(`${PATH}/act?${DIVISION}`)).headers.get('location')).toBe(PATH);
  const action_id = idOf('before the pause');
  const acted = await post(`${PATH}/actions`, { type: 'phone', action_id, status_code: 'contact' });
  expect([acted.status, await completed()]).toEqual([303, 1]);
});

test.each([
  ['status: won', /it reached what it asked for/, 'won'],
  ['status: lost', /it did not reach what it asked for/, 'lost'],
  ['status: archived', /kept for the record/, 'archived'],
  ['dates: {ends: 2026-11-24}', /ended on November 24, 2026/, 'ended'],
])(
  'with %s the page closes with how it ended, the count, thanks and the closing words',
  async (line, says, phase) => {
    const { get } = await startWith(`${line}\nclosing: {en: The last word., es: La última palabra.}`);
    const page = await get(PATH);
    expect(page.$(`[data-phase="${phase}"]`).text()).toMatch(says);
    const text = page.$('main').text();
    expect(text).toMatch(/0 actions were counted; 1,000 were hoped for/);
    expect(text).toMatch(/Thank you to all who called and wrote/);
    expect(text).toContain('The last word.');
    expect(page.$('form[action$="/lookup"]')).toHaveLength(0);
    expect(page.headers.get('x-robots-tag')).toBe(phase === 'archived' ? 'noindex' : null);
    expect((await get('/')).text).not.toContain(TITLE);
    expect((await get(`${PATH}/totals`)).status).toBe(200);
    const spanish = await get(`${PATH}?lang=es`);
    expect(spanish.$('main').text()).toMatch(/Gracias a todas las personas[\s\S]*/);
    expect(spanish.$('main').text()).toContain('La última palabra.');
  },
);

test('who comes when all is over is led on to the next campaign, with partner and language', async () => {
  campaigns = changedCampaign((yaml) => `${yaml}\nstatus: won\nsuccessor: next\n`);
  campaigns.copy('next', (yaml) => yaml.replace(/status: won\nsuccessor: next/, ''));
  app = await startTestApp({ campaigns_dir: campaigns.folder, now: () => NOW });
  const page = await app.get(`${PATH}?partner=jira&lang=es`);
  expect(page.$('a[href="/campaigns/next?partner=jira&lang=es"]').text()).toMatch(/Ley VISIBLE/);
});

test.each(['successor: nowhere', ''])(
  'without a campaign to go on to, nobody is led on (%s)',
  async (line) => {
    const { get } = await startWith(`status: won\n${line}`);
    expect((await get(PATH)).text).not.toMatch(/Go on/);
  },
);

test('a successor elsewhere is named by its site', async () => {
  const { get } = await startWith('status: lost\nsuccessor: https://example.org/next?step=1');
  const { $ } = await get(PATH);
  expect($('a[href="https://example.org/next?step=1"]').text()).toBe('Go on at example.org');
});

test('an old slug leads to the new one with all that stands in the address, and its forms still count', async () => {
  const { get, post, parts } = await startWith('former_slugs: [visible-2026]');
  const moved = await get(`/campaigns/visible-2026/act?${DIVISION}&partner=jira&lang=es`);
  expect([moved.status, moved.headers.get('location')]).toEqual([
    301,
    `${PATH}/act?${DIVISION}&partner=jira&lang=es`,
  ]);
  expect((await get('/campaigns/visible-2026')).headers.get('location')).toBe(PATH);
  const context = { ...ACTION, partner: 'jira', campaign_slug: 'visible-2026' };
  // Counted under the old name; and a form drawn then, sent now.
  await parts.action_log.log({
    context,
    status_code: 'contact',
    nonce: 'then',
    expires_at: '2026-12-01T00:00:00.000Z',
    origin: 'web',
    time_zone: 'America/New_York',
  });
  const action_id = parts.action_ids.issue(context, { now: NOW, nonce: 'now' });
  for (const path of ['/campaigns/visible-2026', PATH]) {
    const acted = await post(`${path}/actions`, { type: 'phone', action_id, status_code: 'voicemail' });
    expect(acted.status).toBe(303);
    expect(acted.headers.get('location')).toMatch(new RegExp(`^${PATH}/`));
  }
  const totals = JSON.parse((await get(`${PATH}/totals.json`)).text);
  expect(totals).toMatchObject({
    completed_actions: 2,
    by_partner: [{ partner: 'jira', completed_actions: 2 }],
  });
});

test.each([
  ['/v/visible-act', PATH],
  ['/v/water', PATH],
  ['/v/WATER/JIRA?lang=es', `${PATH}?partner=jira&lang=es`],
  ['/v/old-name?partner=l4a', `${PATH}?partner=l4a`],
])('the short link %s leads to %s', async (short, leads) => {
  const { get } = await startWith('short_link: water\nformer_slugs: [old-name]');
  const answer = await get(short);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, leads]);
});

test('a short link that leads nowhere is a page that says so', async () => {
  const { get } = await startWith('');
  expect((await get('/v/wader')).status).toBe(404);
});

test('a form that was drawn while a campaign was public counts once, though it is a draft or gone by now', async () => {
  const { post, parts } = await startWith('status: draft');
  const form = { type: 'phone', action_id: idOf('open'), status_code: 'contact' };
  for (const _ of ['once', 'twice']) {
    const acted = await post(`${PATH}/actions`, form);
    expect([acted.status, acted.headers.get('location')]).toEqual([303, '/']);
  }
  expect((await post(`${PATH}/actions`, form, { accept: 'application/json' })).status).toBe(204);
  expect(await completed()).toBe(1);
  expect((await post(`${PATH}/actions`, { ...form, action_id: 'forged' })).status).toBe(404);
  const campaign = parts.campaigns.get('visible-act')!;
  parts.campaigns = fixedCampaigns([], { before: new Map([['visible-act', campaign]]) });
  const acted = await post(`${PATH}/actions`, { ...form, action_id: idOf('gone') });
  expect([acted.status, (await app!.get(PATH)).status]).toEqual([303, 404]);
  expect((await parts.readTotals(campaign, true)).completed_actions).toBe(2);
});

test('a form of a preview that has expired is never made one that counts', async () => {
  const { post } = await startWith('');
  const action_id = idOf('old', new Date('2026-11-01T00:00:00Z'), app!.parts.preview_ids);
  const again = await post(`${PATH}/actions`, {
    type: 'phone',
    action_id,
    status_code: 'contact',
    division: ACTION.division_id,
  });
  const confirmed = { ...formFields(again.$, '[role=alert] form'), status_code: 'contact' };
  expect((await post(`${PATH}/actions`, confirmed)).status).toBe(303);
  expect(await completed()).toBe(0);
});

test.each([
  ['dates: {starts: 2027-05-01}', 303],
  ['status: archived', 303],
  ['status: won', 303],
  ['status: paused', 200],
])('with %s a letter is finished only where its writer may have begun it', async (line, status) => {
  const { post } = await startWith(line);
  const { roster } = app!.parts.rosters.get('fl')!;
  const target = roster.representation(ACTION.division_id)!.legislators[0]!.id;
  const composed = await post(`${PATH}/compose`, { division: ACTION.division_id, target, text: 'Dear all' });
  expect([composed.status, composed.$(FORM).length > 0]).toEqual([status, status === 200]);
});

test('of a campaign that is put away every page asks search engines to leave it out', async () => {
  const { get } = await startWith('status: archived');
  for (const path of ['', '/totals', '/bill', '/thanks'])
    expect([path, (await get(PATH + path)).headers.get('x-robots-tag')]).toEqual([path, 'noindex']);
});

test('whether it works is told without naming a draft that has faults, or its state', async () => {
  campaigns = changedCampaign((yaml) => yaml);
  campaigns.copy('plan', (yaml) => `${yaml.replace('state:fl', 'state:ga')}\nstatus: draft\n`);
  campaigns.copy('open', (yaml) => yaml.replace('ask: support', 'ask: maybe'));
  campaigns.copy('hidden', (yaml) => `${yaml.replace('ask: support', 'ask: maybe')}\nstatus: draft\n`);
  app = await startTestApp({ campaigns_dir: campaigns.folder, campaigns_every_ms: 60_000 });
  const { text } = await app.get('/ready');
  expect(JSON.parse(text).broken_campaigns).toEqual([{ slug: 'open', faults: 1, serves_last: false }]);
  expect(text).not.toMatch(/plan|hidden|"ga"/);
});
