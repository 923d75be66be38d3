import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, formFields } from '../support/client.ts';
import { startServerProcess } from '../support/server-process.ts';

const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';

test('over thousands of visits the memory that the server takes stays as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-soak-'));
  const server = await startServerProcess({
    DATA_DIR: folder,
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
    LOOKUPS_PER_MINUTE: '1000000',
    ACTIONS_PER_MINUTE: '1000000',
  });
  const client = createClient(server.url!);
  const kilobytes = () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)]));

  /** One visit: the campaign, a ZIP code, the legislators, a call, the totals. */
  const visit = async () => {
    await client.get('/campaigns/visible-act');
    await client.post('/campaigns/visible-act/lookup', { address: '32209' });
    const act = await client.get(`/campaigns/visible-act/act?${DIVISIONS}`);
    const form = { ...formFields(act.$, 'form[action$="/actions"]'), status_code: 'contact' };
    expect((await client.post('/campaigns/visible-act/actions', form)).status).toBe(303);
    await client.get('/campaigns/visible-act/totals');
  };
  const visits = async (count: number) => {
    let left = count;
    const supporter = async () => {
      while (left-- > 0) await visit();
    };
    await Promise.all(Array.from({ length: 8 }, supporter));
    return kilobytes();
  };

  const early = await visits(800);
  const late = await visits(3200);
  console.log(`memory after 800 visits ${early} kB, after 4,000 ${late} kB`);
  expect(late / early).toBeLessThan(1.25);
  const totals = JSON.parse((await client.get('/campaigns/visible-act/totals.json')).text);
  expect(totals.completed_actions).toBe(4000);
  expect(await server.end('SIGTERM')).toBe(0);
  rmSync(folder, { recursive: true });
});
