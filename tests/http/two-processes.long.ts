import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActionIds } from '../../server/actions/action-id.ts';
import { createClient, type Fields } from '../support/client.ts';
import { createDatabase, databaseName, dropDatabase, runSql } from '../support/postgres-databases.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

const SECRET_KEY = 'a secret of two processes in tests alone';
const COUNT = 4000;
/** In flight at each process. */
const AT_ONCE = 40;

let folder: string;
let database_url: string;
let servers: ServerProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-two-'));
  database_url = await createDatabase();
  // Both at once on an empty database: one of them makes the tables.
  servers = await Promise.all(
    ['one', 'two'].map((name) =>
      startServerProcess({
        DATA_DIR: join(folder, name),
        DATABASE_URL: database_url,
        SECRET_KEY,
        ACTIONS_PER_MINUTE: '1000000',
        CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
      }),
    ),
  );
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await dropDatabase(database_url);
  rmSync(folder, { recursive: true });
});

const { legislators } = JSON.parse(readFileSync('sample-data/fl/roster.json', 'utf8')) as {
  legislators: { id: string; current_role: { division_id: string } }[];
};

/** The forms of as many visits all over the state, by call and by e-mail, with and without a partner. */
function forms(): Fields[] {
  const action_ids = createActionIds({ secrets: [SECRET_KEY] });
  return Array.from({ length: COUNT }, (_, index) => {
    const { id, current_role } = legislators[index % legislators.length]!;
    const [type, status_code] = (
      [
        ['phone', 'contact'],
        ['phone', 'voicemail'],
        ['email', 'sent'],
        ['email', 'sent'],
      ] as const
    )[index % 4]!;
    const context = {
      campaign_slug: 'visible-act',
      type,
      legislator_id: id,
      division_id: current_role.division_id,
      partner: index % 5 === 0 ? 'jira' : '',
      page_language: 'en',
      message_language: 'en',
      variant: '',
      is_sample: true,
    };
    return {
      type,
      status_code,
      action_id: action_ids.issue(context, { now: new Date(), nonce: `visit ${index}` }),
    };
  });
}

test('4,000 actions through two processes on one PostgreSQL: none lost, none counted twice, no deadlock', async () => {
  const all = forms();
  // Every tenth goes to both, as from a supporter whose button was pressed twice.
  const queues = servers.map((_, server) =>
    all.filter((_, index) => index % 2 === server || index % 10 === 0),
  );
  const statuses = await Promise.all(
    servers.map(async ({ url }, server) => {
      const client = createClient(url!);
      const queue = queues[server]!.values();
      const answered: number[] = [];
      const supporter = async () => {
        for (const form of queue) {
          const headers = { accept: 'application/json' };
          answered.push((await client.post('/campaigns/visible-act/actions', form, headers)).status);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, supporter));
      return answered;
    }),
  );
  expect(statuses.flat()).toEqual(Array(COUNT + COUNT / 10).fill(204));

  for (const { url } of servers) {
    const totals = JSON.parse((await createClient(url!).get('/campaigns/visible-act/totals.json')).text);
    expect(totals).toMatchObject({
      completed_actions: COUNT,
      by_type: { phone: { contact: COUNT / 4, voicemail: COUNT / 4 }, email: { sent: COUNT / 2 } },
      by_partner: [
        { partner: '', completed_actions: (COUNT * 4) / 5 },
        { partner: 'jira', completed_actions: COUNT / 5 },
      ],
    });
    expect(totals.by_legislator.length).toBe(legislators.length);
  }
  expect(await runSql(database_url, 'select count(*)::int as rows from actions')).toEqual([{ rows: COUNT }]);

  const name = databaseName(database_url);
  const said = readFileSync(join(process.env.TEST_POSTGRES_FOLDER!, 'log'), 'utf8');
  expect(said.split('\n').filter((line) => line.startsWith(name))).toEqual([]);
  const [counters] = await runSql(
    database_url,
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  expect(counters).toEqual({ deadlocks: 0 });
  for (const { lines, said } of servers) {
    const faults = lines.filter((line) => JSON.parse(line).level !== 'info');
    expect([faults, said()]).toEqual([[], '']);
  }
});
