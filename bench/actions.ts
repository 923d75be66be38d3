// How many actions a second are acknowledged once they are on the disk, against the same app without a store.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OperationalError } from '../server/errors.ts';
import { findState } from '../server/legislators/states.ts';
import type { ActionAppOptions } from './action-app.ts';
import { actionForm, fromPlace, SLUG } from './action-forms.ts';
import { openBenchDatabases } from './bench-databases.ts';
import type { BenchOptions } from './bench-options.ts';
import { load, type Question, question } from './load.ts';
import { benchFolder, writeMadeUpStates } from './made-up-states.ts';
import { type BenchProcess, busyOf, workEach } from './processes.ts';
import { inTurn, type MeasuredRatio, ratioOfRounds } from './ratio.ts';

const CONNECTIONS = 64;
const KINDS = {
  SQLite: { floor: 0.55, aim: 0.8 },
  PostgreSQL: { floor: 0.35, aim: 0.5 },
};

/** Actions acknowledged a second as a share of what the app reaches where its log stores nothing, on both databases. */
export async function benchActions(options: BenchOptions): Promise<MeasuredRatio[]> {
  const { folder, drop } = benchFolder();
  try {
    await writeMadeUpStates(folder, [findState('fl')!]);
    return [
      await benchOn(folder, undefined, options),
      await benchOn(folder, options.server_url ?? 'embedded', options),
    ];
  } finally {
    drop();
  }
}

async function benchOn(
  data_dir: string,
  server_url: string | undefined,
  { is_quick, rounds, say }: BenchOptions,
): Promise<MeasuredRatio> {
  const count = is_quick ? 200 : 2500;
  const times = rounds ?? (is_quick ? 2 : 10);
  const databases = await openBenchDatabases(server_url, count * (times + 3), say);
  const { kind } = databases;
  const apps: Awaited<ReturnType<typeof startActionApp>>[] = [];
  try {
    for (const stores of [true, false]) {
      const database_url = await databases.create(stores ? 'actions' : 'nothing');
      apps.push(await startActionApp({ data_dir, database_url, stores }));
    }
    const [storing, forgetting] = apps as [(typeof apps)[0], (typeof apps)[0]];
    say(`Logging ${count} actions at a time (${kind}, each on the disk before it is acknowledged).`);
    let made = 0;
    let acknowledged = 0;
    const rate = (app: typeof storing) => async () => {
      const visits = Array.from({ length: count }, () => [postOf(made++)]);
      const loaded = await load(app.url, visits.values(), CONNECTIONS);
      if (app === storing) acknowledged += loaded.questions;
      return loaded.questions / loaded.seconds;
    };
    for (const app of apps) await rate(app)();
    const [since, before] = [storing.busy(), acknowledged];
    const pairs = await inTurn(times, rate(forgetting), rate(storing));
    const work = workEach(storing, since, acknowledged - before);
    await checkTotals(storing.url, acknowledged);
    say(`All ${acknowledged} are in the totals, none twice (${kind}).`);
    const name = `actions acknowledged after a durable commit against the same app without a store (${kind})`;
    const say_rate = (figure: number) => `${Math.round(figure)} a second`;
    const ratio = ratioOfRounds(pairs, { name, ...KINDS[kind], say: say_rate });
    return { ...ratio, figures: ratio.figures + work };
  } finally {
    for (const { end } of apps) await end();
    await databases.drop();
  }
}

function postOf(nth: number): Question {
  const headers = { accept: 'application/json', ...fromPlace(nth) };
  return question(`/campaigns/${SLUG}/actions`, { headers, form: actionForm(nth), status: 204 });
}

async function checkTotals(url: string, acknowledged: number): Promise<void> {
  const totals = await (await fetch(`${url}/campaigns/${SLUG}/totals.json`)).json();
  if (totals.completed_actions === acknowledged) return;
  const message = `${acknowledged} actions were acknowledged, and the totals say ${totals.completed_actions}.`;
  throw new OperationalError('wrong_figure', message);
}

async function startActionApp(
  options: ActionAppOptions,
): Promise<Pick<BenchProcess, 'url' | 'end' | 'busy'>> {
  const child = fork(join(import.meta.dirname, 'action-app.ts'), [JSON.stringify(options)], {
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ended = once(child, 'exit');
  const [message] = await Promise.race([
    once(child, 'message'),
    ended.then(() => {
      throw new Error('the app ended before it listened');
    }),
  ]);
  const end = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url: (message as { url: string }).url, end, busy: () => busyOf(child) };
}
