import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient, formFields } from '../support/client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act';
const PLACE = 'ocd-division/country:us/state:fl';
const ACT = `${PATH}/act?division=${PLACE}/sldu:5&division=${PLACE}/sldl:14`;
/** A street without a number: looked up nowhere, and answered with the whole list, the dearest page there is. */
const DEAR = 'Zebrafinch Lane';
/** Many times what the server takes on at once. */
const CONNECTIONS = 30;

const AUTOCANNON = createRequire(import.meta.url).resolve('autocannon');

const folder = mkdtempSync(join(tmpdir(), 'statehouse-overload-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (name: string, settings: Record<string, string>) =>
  startServerProcess({
    PULL: 'off',
    DATA_DIR: join(folder, name),
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
    LOOKUPS_PER_MINUTE: '1000000000',
    ACTIONS_PER_MINUTE: '1000000000',
    ...settings,
  });

/** Sends lookups from a process of its own, each connection the next as soon as the last is answered, until it is stopped. */
function flood(url: string) {
  const headers = [
    'accept=text/html',
    'content-type=application/x-www-form-urlencoded',
    'sec-fetch-site=same-origin',
  ];
  const options = [
    '--connections',
    String(CONNECTIONS),
    '--duration',
    '600',
    '--timeout',
    '60',
    '--method',
    'POST',
  ];
  const body = new URLSearchParams({ address: DEAR }).toString();
  const child = spawn(
    process.execPath,
    [
      AUTOCANNON,
      ...options,
      ...headers.flatMap((header) => ['--headers', header]),
      '--body',
      body,
      `${url}${PATH}/lookup`,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  return {
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Somebody who is further on, and somebody who looks up, one question after the other. */
async function askOneByOne(server: ServerProcess, times: number) {
  const client = createClient(server.url!);
  const [further_on, lookups, refusals]: number[][] = [[], [], []];
  let counted = 0;
  const timed = async <Result>(into: number[], ask: () => Promise<Result>) => {
    const started = performance.now();
    const result = await ask();
    into.push(performance.now() - started);
    return result;
  };
  for (let time = 0; time < times; time += 1) {
    const act = await timed(further_on!, () => client.get(ACT));
    expect(act.status).toBe(200);
    const form = { ...formFields(act.$, 'form[action$="/actions"]'), status_code: 'contact' };
    const acted = await timed(further_on!, () => client.post(`${PATH}/actions`, form));
    expect(acted.status).toBe(303);
    counted += 1;
    const into: number[] = [];
    const looked = await timed(into, () => client.post(`${PATH}/lookup`, { address: DEAR }));
    if (looked.status === 503) {
      expect(looked.headers.get('retry-after')).toBe('20');
      expect(looked.$('main a.button').attr('href')).toBe(`${PATH}/districts`);
      refusals!.push(...into);
    } else {
      expect(looked.status).toBe(422);
      lookups!.push(...into);
    }
  }
  return { further_on: median(further_on!), lookup: median(lookups!), refusal: median(refusals!), counted };
}

/** Whether the log has such a line, from its nth on: there are many, and most are of requests. */
const tells = ({ lines }: ServerProcess, event: string, { because = '', from = 0 } = {}) =>
  lines
    .slice(from)
    .some((line) => line.includes(`"event":"${event}"`) && line.includes(`"because":"${because}`));

test('far beyond what it can serve it refuses new lookups quickly, those who are further on go on, and afterwards all are served', async () => {
  // The same flood, in the same run, on a server that refuses nobody.
  const patient = await start('patient', { OVERLOAD_DELAY_MS: '1000000' });
  const patient_flood = flood(patient.url!);
  // The first waits among few: the flood is only beginning.
  await askOneByOne(patient, 1);
  const without = await askOneByOne(patient, 3);
  await patient_flood.stop();
  await patient.end('SIGKILL');

  const server = await start('quick', { OVERLOAD_DELAY_MS: '25' });
  const quiet = await askOneByOne(server, 5);
  const quick_flood = flood(server.url!);
  await until(() => tells(server, 'overloaded'));
  await askOneByOne(server, 2);
  const under = await askOneByOne(server, 10);
  await quick_flood.stop();
  const flood_end = server.lines.length;
  console.log(
    `quiet: ${quiet.further_on.toFixed(0)} ms; flooded and refusing: ${under.further_on.toFixed(0)} ms, refusals in ${under.refusal.toFixed(0)} ms; flooded without refusing: ${without.further_on.toFixed(0)} ms, lookups in ${without.lookup.toFixed(0)} ms`,
  );
  expect(under.refusal).toBeLessThan(without.lookup / 3);
  expect(under.further_on).toBeLessThan(without.further_on / 2);

  await until(() => tells(server, 'serves_all_again', { from: flood_end }));
  const after = await askOneByOne(server, 5);
  expect(after.refusal).toBeNaN();
  const totals = await createClient(server.url!).get(`${PATH}/totals.json`);
  expect(JSON.parse(totals.text).completed_actions).toBe(quiet.counted + 2 + under.counted + after.counted);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(server.said()).toBe('');
});

test('with hardly any memory left a flood does not end it, new lookups are refused, and every acknowledged action is counted', async () => {
  const server = await start('small', {
    NODE_OPTIONS: `--max-old-space-size=128 --import ${resolve('tests/support/hold-memory.ts')}`,
    // However slow its turns are, it is only for want of memory that it refuses.
    OVERLOAD_DELAY_MS: '1000000',
  });
  const before = await askOneByOne(server, 3);
  const flooding = flood(server.url!);
  await until(() => tells(server, 'overloaded', { because: 'memory' }));
  let counted = 0;
  // Room comes and goes with each collection: sooner or later one of ours is refused too, and sees the page that says so.
  await until(async () => {
    const under = await askOneByOne(server, 1);
    counted += under.counted;
    return !Number.isNaN(under.refusal);
  });
  await flooding.stop();
  // Nobody was there to be refused any more.
  const after = await askOneByOne(server, 3);
  const totals = await createClient(server.url!).get(`${PATH}/totals.json`);
  expect(JSON.parse(totals.text).completed_actions).toBe(before.counted + counted + after.counted);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(server.said()).toBe('');
});
