// How long the totals take of many actions, and of ten thousand: nobody should have to wait longer for a success.
import { readTotals } from '../server/actions/totals.ts';
import { AFTERWARDS } from '../tests/support/known-actions.ts';
import { MAIN, makeKnownWorld } from '../tests/support/known-world.ts';
import { type BenchDatabases, openBenchDatabases } from './bench-databases.ts';
import type { BenchOptions } from './bench-options.ts';
import { inWords, type KnownApp, startKnownApp } from './known-app.ts';
import { inTurn, type MeasuredRatio, ratioOfRounds, timeOf } from './ratio.ts';

const FEWEST = 10_000;
const SIZES = [100_000, 1_000_000, 10_000_000];
const FLOOR = 1.5;
const AIM = 1.2;
/** Calls of each side in a round. */
const TIMES = 5;
const ROUNDS = 60;

/**
 * Fills a database with ten thousand actions and lets another one grow to far more, checks every figure of both at each size,
 * then times the same questions to both in turn. OperationalError `wrong_figure` where a figure is not exact, `disk_full`
 * where there is no room.
 */
export async function benchTotals(options: BenchOptions): Promise<MeasuredRatio[]> {
  const { is_quick, server_url, say } = options;
  const most = is_quick ? 2 * FEWEST : options.most;
  const databases = await openBenchDatabases(server_url, most + FEWEST, say);
  const world = await makeKnownWorld();
  process.once('exit', world.drop);
  const apps: KnownApp[] = [];
  const open = async (name: string) => {
    const app = await startKnownApp({ world, database_url: await databases.create(name), say });
    apps.push(app);
    return app;
  };
  try {
    const few = await open('few');
    await few.growTo(FEWEST);
    const many = await open('many');
    const ratios: MeasuredRatio[] = [];
    for (const actions of [...SIZES.filter((size) => size < most), most]) {
      await many.growTo(actions);
      ratios.push(...(await timeAll(databases, few, many, options)));
    }
    return ratios;
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
  { is_quick, rounds, say }: BenchOptions,
): Promise<MeasuredRatio[]> {
  const questions: Record<string, (app: KnownApp) => Promise<unknown>> = {
    readTotals: (app) => readTotals(app.store, MAIN, { is_sample: false, now: AFTERWARDS }),
    'totals.json': (app) => ask(app, `/campaigns/${MAIN.slug}/totals.json`),
    'report.json': (app) => ask(app, `/reports/${MAIN.slug}/report.json?link=${app.link}`),
  };
  const ratios: MeasuredRatio[] = [];
  for (const [question, put] of Object.entries(questions)) {
    say(`Timing ${question}.`);
    const name = `${question} of ${inWords(many.actions())} actions against ${inWords(few.actions())} (${kind})`;
    const time = (app: KnownApp) => () => timeOf(() => put(app), TIMES);
    const pairs = await inTurn(rounds ?? (is_quick ? 2 : ROUNDS), time(few), time(many));
    ratios.push(ratioOfRounds(pairs, { name, floor: FLOOR, aim: AIM, say: (ms) => `${ms.toFixed(1)} ms` }));
  }
  return ratios;
}

async function ask({ url }: KnownApp, path: string): Promise<void> {
  const answer = await fetch(new URL(path, url));
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  await answer.text();
}
