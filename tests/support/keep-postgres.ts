import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PostgresOptions } from './run-postgres.ts';

/** A real PostgreSQL for tests, kept by a process of its own. */
export interface KeptPostgres {
  url: string;
  folder: string;
  start: () => Promise<void>;
  stop: () => Promise<void>;
  remove: () => Promise<void>;
}

/** Starts a PostgreSQL that ends with the process that asked for it, and leaves nothing behind, also where that is killed. */
export async function keepPostgres({ isDurable = false }: PostgresOptions = {}): Promise<KeptPostgres> {
  const how = isDurable ? ['--durable'] : [];
  const keeper = fork(join(import.meta.dirname, 'postgres-keeper.ts'), how, {
    // Out of reach of Ctrl+C in the terminal: it ends by itself, in order.
    detached: true,
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(keeper, 'exit');
  const answer = async () => {
    const [message] = await Promise.race([
      once(keeper, 'message'),
      ended.then(([code]) => {
        throw new Error(`the keeper of PostgreSQL ended with ${code}`);
      }),
    ]);
    return message;
  };
  const ask = async (wish: 'start' | 'stop') => {
    const done = answer();
    keeper.send(wish);
    await done;
  };
  const { url, folder } = (await answer()) as { url: string; folder: string };
  return {
    url,
    folder,
    start: () => ask('start'),
    stop: () => ask('stop'),
    remove: async () => {
      keeper.disconnect();
      await ended;
    },
  };
}
