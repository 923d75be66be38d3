import { openStore } from '../../server/store/open-store.ts';
import { backUp, everyRow, restore } from '../support/backups.ts';
import { countCompleted, logAll } from '../support/log-all.ts';
import {
  createDatabase,
  databaseName,
  databaseUrl,
  dropDatabase,
  runSql,
} from '../support/postgres-databases.ts';

const made: string[] = [];
const make = async (options: Parameters<typeof createDatabase>[0]) => {
  const url = await createDatabase(options);
  made.push(url);
  return url;
};
afterEach(async () => {
  for (const url of made.splice(0)) await dropDatabase(url);
});

test.each([
  ['quotes, blanks and letters of other languages', { name: `o'brien "état" ${process.pid}` }],
  ['bytes without an encoding', { how: `encoding 'SQL_ASCII'` }],
  ['Latin letters alone', { how: `encoding 'LATIN1' locale 'C'` }],
])('one of %s counts as any other', async (_, options) => {
  const found = await openStore(await make(options));
  await logAll(found, ['a', 'a', 'b']);
  expect(await countCompleted(found)).toBe(2);
  await found.close();
});

test('one is reached by its Unix socket', async () => {
  const { username, password, port, pathname } = new URL(await make({}));
  const folder = encodeURIComponent(process.env.TEST_POSTGRES_FOLDER!);
  for (const url of [
    `postgres://${username}:${password}@${pathname}?host=${folder}&port=${port}`,
    `postgresql://${username}:${password}@${folder}:${port}${pathname}`,
  ]) {
    const near = await openStore(url);
    await near.ping();
    await near.close();
  }
});

test('one shared with another program of the same tables keeps to the schema of its user', async () => {
  const url = await make({});
  await runSql(
    url,
    `create table kysely_migration (name text, timestamp text); insert into kysely_migration values ('another', 'x');
     create table actions (id int); create schema ours;
     alter database "${databaseName(url)}" set search_path = ours, public`,
  );
  const shared = await openStore(url);
  await logAll(shared, ['a']);
  expect(await countCompleted(shared)).toBe(1);
  await shared.close();
  const rows = await everyRow(url);
  await restore(await backUp(url), url, true);
  expect(await everyRow(url)).toEqual(rows);
  expect(await runSql(url, 'select * from public.actions')).toEqual([]);
  expect(await runSql(url, 'select * from public.kysely_migration')).toHaveLength(1);
});

test('one without a schema, and one in which the user may make no tables, are told in words that help', async () => {
  const url = await make({});
  await runSql(url, `alter database "${databaseName(url)}" set search_path = nowhere`);
  await expect(openStore(url)).rejects.toThrow(/has no schema on this user's search_path/);
  await runSql(
    url,
    `alter database "${databaseName(url)}" reset search_path; create role guest login password 'right'`,
  );
  const asGuest = Object.assign(new URL(url), { username: 'guest' }).href;
  await expect(openStore(asGuest)).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringMatching(/does not let this user.*Make the user the owner/),
  });
  await runSql(url, 'drop role guest');
});

describe('what keeps a database out of reach names host and database, and no more', () => {
  const changed = (changes: Partial<URL>) => Object.assign(new URL(databaseUrl('a db')), changes).href;
  test.each([
    ['a wrong password', () => changed({ password: 'secret-word' }), /refuses the user, the password/],
    ['a user who is not there', () => changed({ username: 'secret-user' }), /refuses the user, the password/],
    ['a database that is not there', () => changed({}), /"?a db"? at 127\.0\.0\.1:\d+ does not exist/],
    [
      'a port where nobody listens',
      () => changed({ port: '9' }),
      /a db at 127\.0\.0\.1:9 can't be reached: .*ECONNREFUSED/,
    ],
    ['a server without SSL', () => changed({ search: '?sslmode=verify-full' }), /does not support SSL/],
    [
      'a certificate that is not there',
      () => changed({ search: '?sslrootcert=/nowhere' }),
      /can't be used: ENOENT/,
    ],
  ])('%s', async (_, url, message) => {
    const error = await openStore(url()).catch((caught) => caught);
    expect(error).toMatchObject({ name: 'OperationalError', code: 'store_unavailable', cause: undefined });
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/secret|right|owner/);
  });
});
