import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedCampaign } from '../support/changed-campaign.ts';
import { createClient, formFields } from '../support/client.ts';
import { startingHere } from '../support/starting-here.ts';
import { until } from '../support/until.ts';

const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const ACT = `/campaigns/visible-act/act?division=${SENATE_5}`;
const ACTIONS = '/campaigns/visible-act/actions';

const here = startingHere();
const { start, events } = here;

test('with no settings it serves the VISIBLE Act on sample data, ready at once, and keeps its key to its owner; asked to stop, it answers what is under way, ends with 0, and all that it said was counted is there', async () => {
  const server = await start();
  const client = createClient(server.url!);
  const page = await client.get('/campaigns/visible-act');
  expect([page.status, page.$('body').attr('data-sample')]).toEqual([200, 'true']);
  expect((await client.get('/ready')).status).toBe(200);
  expect(statSync(join(here.folder, 'data/secret-key')).mode & 0o077).toBe(0);

  const forms = await Promise.all(
    Array.from({ length: 30 }, async () => formFields((await client.get(ACT)).$, 'form[action$="/actions"]')),
  );
  const posts = forms.map((form) => client.post(ACTIONS, { ...form, status_code: 'voicemail' }));
  await Promise.any(posts);
  expect(await server.end('SIGTERM')).toBe(0);
  const answers = await Promise.allSettled(posts);
  const counted = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 303);
  expect(counted.length).toBeGreaterThan(0);
  const again = await start();
  const totals = await createClient(again.url!).get('/campaigns/visible-act/totals.json');
  expect(JSON.parse(totals.text).by_type.phone.voicemail).toBe(counted.length);
  // Stopped, the database is one file: whoever copies it has all of it.
  expect(await again.end('SIGTERM')).toBe(0);
  expect(readdirSync(join(here.folder, 'data')).toSorted()).toEqual(['secret-key', 'statehouse.db']);
});

test('a DATA_DIR that is no folder is named, and nothing else', async () => {
  writeFileSync(join(here.folder, 'data'), '');
  const server = await start();
  expect(await server.exit()).toBe(1);
  expect(server.said()).toMatch(/^The settings can't be used:\n {2}DATA_DIR can't be read: ENOTDIR.*\n$/);
  expect(server.lines).toEqual([]);
});

test('wrong settings stop the start with the whole list of what is wrong', async () => {
  const server = await start({ PORT: 'many', LOG_LEVEL: 'loud', NODE_ENV: 'production' });
  expect(await server.exit()).toBe(1);
  expect(server.said()).toMatch(/PORT is.*\n.*LOG_LEVEL is.*\n.*SECRET_KEY is required in production/);
  expect(existsSync(join(here.folder, 'data'))).toBe(false);
});

test('where mail is live and legislators are made up, it says that nothing is sent to those, and that the mail server is out of reach', async () => {
  const campaigns = changedCampaign((yaml) => `${yaml}\nemail: {send: true}\n`);
  const server = await start({
    PULL: 'off',
    CAMPAIGNS_DIR: campaigns.folder,
    MAIL_MODE: 'live',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'hello@example.org',
    BASE_URL: 'https://act.example.org',
  });
  await until(() => events(server).some(({ event }) => event === 'mail_server_not_reached'));
  expect(events(server)).toContainEqual(
    expect.objectContaining({
      event: 'sends_no_mail',
      slug: 'visible-act',
      message: expect.stringContaining('made up'),
    }),
  );
  campaigns.drop();
});

test('in production without real legislators or mail it starts, says what to do, and is not ready', async () => {
  const campaigns = changedCampaign((yaml) => `${yaml}\nemail: {send: true}\n`);
  const server = await start({
    NODE_ENV: 'production',
    SECRET_KEY: 'x'.repeat(32),
    PULL: 'off',
    CAMPAIGNS_DIR: campaigns.folder,
  });
  expect(events(server)).toContainEqual(
    expect.objectContaining({ event: 'sends_no_mail', slug: 'visible-act' }),
  );
  expect(events(server)).toContainEqual(
    expect.objectContaining({
      event: 'no_roster',
      message: expect.stringMatching(/npm run legislators -- pull fl/),
    }),
  );
  const client = createClient(server.url!);
  expect((await client.get('/ready')).status).toBe(503);
  expect((await client.get('/health')).status).toBe(200);
  campaigns.drop();
});
