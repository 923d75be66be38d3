import { request } from 'node:http';
import { createActionIds } from '../../server/actions/action-id.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Fields, formFields } from '../support/client.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ACT = 'act?division=ocd-division/country:us/state:fl/sldu:5';

const open: TestApp[] = [];
const start = async (options: TestAppOptions = {}) => {
  const app = await startTestApp({ ...options, settings: { trust_proxy: 1, ...options.settings } });
  open.push(app);
  return app;
};
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** What a script does: gets an act page as anyone does, and takes the form that reports a call. */
async function formOf(app: TestApp, path = PATH, more = ''): Promise<Fields> {
  const { $ } = await app.get(`${path}/${ACT}${more}`);
  return formFields($, 'form[action*="/actions"]:has(input[name=type][value=phone])');
}
const send = (app: TestApp, form: Fields, { path = PATH, ip = '192.0.2.1', status_code = 'contact' } = {}) =>
  app.post(`${path}/actions`, { ...form, status_code }, { 'x-forwarded-for': ip });
const completed = async (app: TestApp, path = PATH): Promise<number> =>
  JSON.parse((await app.get(`${path}/totals.json`)).text).completed_actions;

test('a form that was sent counts no more by any outcome, from anywhere, nor in another campaign', async () => {
  const campaigns = changedCampaign((yaml) => yaml);
  campaigns.copy('other-act', (yaml) => yaml.replace(/^short_link:.*\n/m, ''));
  const app = await start({ campaigns_dir: campaigns.folder });
  const form = await formOf(app);
  expect((await send(app, form)).status).toBe(303);
  for (const status_code of ['contact', 'voicemail', 'unavailable'])
    for (const ip of ['192.0.2.1', '198.51.100.9', '2001:db8::1'])
      expect((await send(app, form, { status_code, ip })).status).toBe(303);
  const elsewhere = await send(app, await formOf(app), { path: '/campaigns/other-act' });
  expect(elsewhere.status).toBe(400);
  expect([await completed(app), await completed(app, '/campaigns/other-act')]).toEqual([1, 0]);
  campaigns.drop();
});

test('forms of a preview, of another site and of nobody count nothing', async () => {
  const app = await start();
  const preview = app.parts.preview_tokens.issue('visible-act', { now: app.parts.now() });
  const seen = await formOf(app, PATH, `&preview=${preview}`);
  await send(app, seen);
  // Without what says that it is a preview.
  const { preview: _, ...bare } = seen;
  await send(app, bare);
  const form = await formOf(app);
  const verified = app.parts.action_ids.verify(form.action_id as string, app.parts.now());
  if (verified.state === 'forged') throw new Error('our own form is forged');
  const theirs = createActionIds({ secrets: ['the secret of another site, 32 characters'] });
  const action_id = theirs.issue(verified.context, { now: app.parts.now(), nonce: 'n' });
  expect((await send(app, { ...form, action_id })).status).toBe(400);
  expect((await send(app, { ...form, action_id: '' })).status).toBe(400);
  expect(await completed(app)).toBe(0);
});

test('a post that does not say where it comes from counts nothing', async () => {
  const app = await start();
  const body = new URLSearchParams({
    ...((await formOf(app)) as Record<string, string>),
    status_code: 'contact',
  });
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(`${app.url}${PATH}/actions`, { method: 'POST', headers }, (res) => {
      res.resume().on('end', () => resolve(res.statusCode));
    });
    sent.on('error', reject).end(body.toString());
  });
  expect([status, await completed(app)]).toEqual([403, 0]);
});

test('a script that gets pages and sends their forms counts so often as the limits let it, whatever it asks besides', async () => {
  const app = await start({ settings: { actions_per_minute: 3 } });
  const form = await formOf(app);
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async (_, nth) => {
      const one = nth === 0 ? form : await formOf(app);
      return (await send(app, one, { ip: `192.0.2.${nth % 20}` })).status;
    }),
  );
  // Three from each of twenty addresses would be sixty; their block may send ten times what one address may.
  expect(statuses.filter((status) => status === 303)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  expect(await completed(app)).toBe(30);
});
