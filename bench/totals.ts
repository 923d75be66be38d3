// How long the totals take of ten million actions, and of ten thousand: nobody should have to wait longer for a success.
import { readTotals } from '../server/actions/totals.ts';
import { AFTERWARDS } from '../tests/support/known-actions.ts';
import { MAIN, makeKnownWorld } from '../tests/support/known-world.ts';
import { type BenchDatabases, openBenchDatabases } from './bench-databases.ts';
import { inWords, type KnownApp, startKnownApp } from './known-app.ts';
import { type TimedRatio, timePair } from './ratio.ts';

const FEWEST = 10_000;
const FLOOR = 1.5;
const AIM = 1.2;
/** Calls of each side in a round. */
const TIMES = 5;

/** How it is run. */
export interface TotalsBench {
  /** Actions in the larger database. */
  most: number;
  rounds: number;
  /** A PostgreSQL's address, or 'embedded' for one of its own; undefined for SQLite. */
  server_url: string | undefined;
  say: (line: string) => void;
}

/**
 * Fills a database with ten thousand actions and one with far more, checks every figure of both, then times the same questions
 * to both in turn. OperationalError `wrong_figure` where a figure is not exact, `disk_full` where there is no room.
 */
export async function benchTotals({ most, rounds, server_url, say }: TotalsBench): Promise<TimedRatio[]> {
  const databases = await openBenchDatabases(server_url, most + FEWEST, say);
  const world = await makeKnownWorld();
  process.once('exit', world.drop);
  const apps: KnownApp[] = [];
  try {
    for (const actions of [FEWEST, most]) {
      const database_url = await databases.create(String(actions));
      apps.push(await startKnownApp({ world, database_url, actions, say }));
    }
    const [few, many] = apps as [KnownApp, KnownApp];
    return await timeAll(databases, few, many, rounds, say);
  } finally {
    for (const app of apps) await app.close();
    world.drop();
    await databases.drop();
  }
}

async function timeAll(
  { kind }: BenchDatabases,
  few: KnownApp,
  many: KnownApp,
  rounds: number,
  say: (line: string) => void,
): Promise<TimedRatio[]> {
  const questions: Record<string, (app: KnownApp) => Promise<unknown>> = {
    readTotals: (app) => readTotals(app.store, MAIN, { is_sample: false, now: AFTERWARDS }),
    'totals.json': (app) => ask(app, `/campaigns/${MAIN.slug}/totals.json`),
    'report.json': (app) => ask(app, `/reports/${MAIN.slug}/report.json?link=${app.link}`),
  };
  const ratios: TimedRatio[] = [];
  for (const [question, put] of Object.entries(questions)) {
    say(`Timing ${question}.`);
    const name = `${question} of ${inWords(many.actions)} actions against ${inWords(few.actions)} (${kind})`;
    const pair = { base: () => put(few), other: () => put(many), floor: FLOOR, aim: AIM };
    ratios.push(await timePair({ name, ...pair, rounds, times: TIMES }));
  }
  return ratios;
}

async function ask({ url }: KnownApp, path: string): Promise<void> {
  const answer = await fetch(new URL(path, url));
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  await answer.text();
}
