import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, formFields } from '../support/client.ts';
import { type KeptPostgres, keepPostgres } from '../support/keep-postgres.ts';
import { createDatabase } from '../support/postgres-databases.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

const ACT = '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:5';
const ACTIONS = '/campaigns/visible-act/actions';
const LIST = '/campaigns/visible-act/districts';

let folder: string;
let postgres: KeptPostgres;
let running: ServerProcess | undefined;
beforeAll(async () => {
  postgres = await keepPostgres();
});
afterAll(() => postgres.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-start-'));
});
afterEach(async () => {
  await running?.end('SIGKILL');
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function start(database_url: string): Promise<ServerProcess> {
  running = await startServerProcess({
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database_url,
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
  });
  return running;
}

test('while PostgreSQL is away it says 503 and counts nothing; once it is back it goes on by itself', async () => {
  const server = await start(await createDatabase({ server_url: postgres.url }));
  const client = createClient(server.url!);
  expect((await client.get('/ready')).status).toBe(200);
  const form = {
    ...formFields((await client.get(ACT)).$, 'form[action$="/actions"]'),
    status_code: 'contact',
  };

  await postgres.stop();
  expect((await client.get('/ready')).status).toBe(503);
  expect((await client.get('/health')).status).toBe(200);
  expect((await client.get(ACT)).status).toBe(200);
  // Nobody has to wait to find out who speaks for them: the list, a search of it and a choice need no database.
  expect((await client.get(LIST)).$('option').length).toBeGreaterThan(160);
  const found = await client.get(`${LIST}?find=Duval`);
  expect([found.status, found.$('[type=radio][value!=""]').length]).toEqual([200, 8]);
  const choice = formFields(found.$, 'form[action$="/lookup"]');
  const division_upper = found.$('[type=radio]').attr('value')!;
  const chosen = await client.post('/campaigns/visible-act/lookup', { ...choice, division_upper });
  expect([chosen.status, chosen.headers.get('location')]).toEqual([
    303,
    expect.stringContaining('/act?division='),
  ]);
  const refused = await client.post(ACTIONS, form);
  expect(refused.status).toBe(503);
  expect(refused.text).toMatch(/nothing was counted/);
  expect((await client.get('/campaigns/visible-act/totals')).status).toBe(503);

  await postgres.start();
  expect((await client.get('/ready')).status).toBe(200);
  expect((await client.post(ACTIONS, form)).status).toBe(303);
  const totals = await client.get('/campaigns/visible-act/totals.json');
  expect(JSON.parse(totals.text).completed_actions).toBe(1);
  expect(await server.end('SIGTERM')).toBe(0);
  const said = server.lines.join('\n') + server.said();
  expect(said).toMatch(/can't be reached/);
  expect(said).not.toMatch(/owner|right|uncaught/);
});

test('a start that finds no PostgreSQL ends with one sentence and 1', async () => {
  const nobody = Object.assign(new URL(postgres.url), { port: '9', password: 'secret-word' });
  const server = await start(nobody.href);
  expect(await server.exit()).toBe(1);
  expect(server.said()).toMatch(
    /^The database postgres at 127\.0\.0\.1:9 can't be reached: connect ECONNREFUSED 127\.0\.0\.1:9\. See whether it runs, and what DATABASE_URL says\.\n$/,
  );
  expect(server.lines.join()).not.toMatch(/secret-word|owner/);
});

test('a start on a database that is not there says how to make it', async () => {
  const nowhere = Object.assign(new URL(postgres.url), { pathname: '/nowhere' });
  const server = await start(nowhere.href);
  expect(await server.exit()).toBe(1);
  expect(server.said()).toMatch(
    /^The database nowhere at .* does not exist: make it first, with createdb\.\n$/,
  );
});
