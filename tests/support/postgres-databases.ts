import { randomUUID } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';

/** The address of a database in the PostgreSQL of this run of jest, or in another one. */
export function databaseUrl(name: string, server_url = process.env.TEST_POSTGRES_URL): string {
  if (!server_url)
    throw new Error('there is no PostgreSQL: jest starts it, by tests/support/global-setup.ts');
  return Object.assign(new URL(server_url), { pathname: `/${encodeURIComponent(name)}` }).href;
}

/** The database of this run that holds the tables and nothing else: a copy of it takes a fifth of what making them does. */
export const TABLES_MADE = 'tables made';

/** Makes a database and gives back its address; `how` is the end of `create database …`. From template0, which is quicker. */
export async function createDatabase({
  name = `test ${randomUUID()}`,
  how = '',
  server_url,
  template = 'template0',
}: {
  name?: string;
  how?: string;
  server_url?: string;
  template?: string;
} = {}): Promise<string> {
  await runSql(
    databaseUrl('postgres', server_url),
    `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)} ${how}`,
  );
  return databaseUrl(name, server_url);
}

/** The name of the database at an address. */
export function databaseName(database_url: string): string {
  return decodeURIComponent(new URL(database_url).pathname.slice(1));
}

/** Takes a database away, whoever is still connected to it. */
export async function dropDatabase(database_url: string): Promise<void> {
  const name = escapeIdentifier(databaseName(database_url));
  await runSql(databaseUrl('postgres', database_url), `drop database if exists ${name} with (force)`);
}

/** Runs SQL over a connection of its own and gives back the rows. */
export async function runSql<Row = Record<string, unknown>>(
  database_url: string,
  text: string,
): Promise<Row[]> {
  const client = new Client({ connectionString: database_url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}
