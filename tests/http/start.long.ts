import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClient, formFields } from '../support/client.ts';
import { startServerProcess } from '../support/server-process.ts';
import { startingHere } from '../support/starting-here.ts';

const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const ACT = `/campaigns/visible-act/act?division=${SENATE_5}`;
const ACTIONS = '/campaigns/visible-act/actions';

const here = startingHere();
const { start, events } = here;

test('killed while actions stream in, it has lost none that was acknowledged and counts none twice', async () => {
  let acknowledged = 0;
  for (let kill = 0; kill < 3; kill += 1) {
    const server = await start();
    const client = createClient(server.url!);
    const sent: Record<string, string | string[]>[] = [];
    let until_kill = 15 + kill * 20;
    const supporter = async () => {
      for (;;) {
        const { $ } = await client.get(ACT);
        const form = { ...formFields($, 'form[action$="/actions"]'), status_code: 'contact' };
        const { status } = await client.post(ACTIONS, form);
        if (status !== 303) return;
        sent.push(form);
        until_kill -= 1;
        if (until_kill === 0) await server.end('SIGKILL');
      }
    };
    // Each supporter ends with the connection that the kill cut.
    await Promise.allSettled(Array.from({ length: 8 }, supporter));
    acknowledged += sent.length;

    const again = await start();
    const later = createClient(again.url!);
    const totals = async () => JSON.parse((await later.get('/campaigns/visible-act/totals.json')).text);
    const before = await totals();
    // What was under way at the kill may be written though nobody was told: at most one a supporter and kill.
    expect(before.completed_actions).toBeGreaterThanOrEqual(acknowledged);
    expect(before.completed_actions).toBeLessThanOrEqual(acknowledged + 8);
    for (const form of sent) expect((await later.post(ACTIONS, form)).status).toBe(303);
    expect((await totals()).completed_actions).toBe(before.completed_actions);
    acknowledged = before.completed_actions;
    await again.end('SIGTERM');
  }
  expect(acknowledged).toBeGreaterThan(10);
});

test('asked to stop, it answers a lookup that waits for the geocoder', async () => {
  const slow = createServer((_req, res) => setTimeout(() => res.end('<html>'), 700)).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const { port } = slow.address() as AddressInfo;
  const server = await start({ CENSUS_GEOCODER_URL: `http://127.0.0.1:${port}` });
  const asked = once(slow, 'request');
  const answer = createClient(server.url!).post('/campaigns/visible-act/lookup', {
    address: '1 Example Street, Jacksonville 32209',
  });
  await asked;
  const ended = server.end('SIGTERM');
  expect((await answer).status).toBe(200);
  expect(await ended).toBe(0);
  slow.close();
});

test('after a whole visit nothing that was typed is on the disk or in the log', async () => {
  const server = await start({ LOG_LEVEL: 'debug' });
  const client = createClient(server.url!);
  const address = '77 Secret Street, Jacksonville, FL 32209';
  await client.post('/campaigns/visible-act/lookup', { address });
  await client.post('/campaigns/visible-act/lookup', { latitude: '30.3255', longitude: '-81.6565' });
  const { $ } = await client.get(ACT);
  const typed = { name: 'Ada Secretname', street: '77 Secret Street', zip: '32209' };
  const composed = await client.post('/campaigns/visible-act/compose', {
    ...formFields($, 'form.compose'),
    ...typed,
  });
  expect(composed.text).toContain('Ada Secretname');
  const form = formFields(composed.$, 'form.sent');
  expect((await client.post(ACTIONS, { ...form, ...typed, status_code: 'sent' })).status).toBe(303);
  expect(await server.end('SIGTERM')).toBe(0);

  const files = readdirSync(here.folder, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(1);
  for (const { parentPath, name } of files) {
    expect(readFileSync(join(parentPath, name), 'latin1')).not.toMatch(/Secret|32209|30\.3255/);
  }
  expect(server.lines.join('\n') + server.said()).not.toMatch(/Secret|32209|30\.3255|127\.0\.0\.1/);
});

test('a database that is damaged stops the start in words, and is left as it is', async () => {
  writeFileSync(join(here.folder, 'statehouse.db'), 'no database at all, whatever its name says'.repeat(100));
  const server = await start({ DATABASE_URL: `sqlite:${here.folder}/statehouse.db` });
  expect(await server.exit()).toBe(1);
  expect(server.said()).toMatch(/can't be read\. If it is damaged, move it away and restore a back-up/);
  expect(readFileSync(join(here.folder, 'statehouse.db'), 'utf8')).toMatch(/^no database/);
});

test('a broken campaign is named at start with its place and left out; the others run', async () => {
  const campaigns = join(here.folder, 'campaigns');
  cpSync('campaigns', campaigns, { recursive: true });
  cpSync(join(campaigns, 'visible-act'), join(campaigns, 'broken'), { recursive: true });
  const file = join(campaigns, 'broken/campaign.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('ask: support', 'ask: maybe'));
  const server = await start({ CAMPAIGNS_DIR: campaigns });
  const faults = events(server).filter((event) => event.event === 'campaign_fault');
  expect(faults.length).toBe(1);
  expect(events(server)).toContainEqual(
    expect.objectContaining({ event: 'campaign_left_out', slug: 'broken' }),
  );
  expect(faults[0]?.message).toMatch(/broken\/campaign\.yaml:\d+:6: 'ask' must be support or oppose/);
  const client = createClient(server.url!);
  expect((await client.get('/campaigns/broken')).status).toBe(404);
  expect((await client.get('/campaigns/visible-act')).status).toBe(200);
});

test('a port that is taken, and a database that can not be made, are told in words that help', async () => {
  const first = await start();
  const port = new URL(first.url!).port;
  const second = await startServerProcess({ PORT: port, DATA_DIR: join(here.folder, 'other') });
  expect(await second.exit()).toBe(1);
  expect(second.said()).toMatch(/Another program uses this port.*PORT=3001 npm start/);

  const occupied = join(here.folder, 'file');
  writeFileSync(occupied, '');
  const third = await startServerProcess({
    DATA_DIR: join(here.folder, 'third'),
    DATABASE_URL: `sqlite:${occupied}/db`,
  });
  expect(await third.exit()).toBe(1);
  expect(third.said()).toMatch(/can't be made or opened/);
});
