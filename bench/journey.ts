// The whole journey of supporters, from the link to the totals, with one web process on PostgreSQL and with two.
import { OperationalError } from '../server/errors.ts';
import { createBoundaries } from '../server/legislators/boundaries.ts';
import { districtsOfPoint } from '../server/legislators/point-districts.ts';
import { findState } from '../server/legislators/states.ts';
import { actionForm, fromPlace, SLUG } from './action-forms.ts';
import { openBenchDatabases } from './bench-databases.ts';
import type { BenchOptions } from './bench-options.ts';
import { load, type Question, question } from './load.ts';
import { benchFolder, FLORIDA_OUTLINES, floridaDistrict, writeMadeUpStates } from './made-up-states.ts';
import { type BenchProcess, startApp, workEach } from './processes.ts';
import { inTurn, type MeasuredRatio, ratioOfRounds } from './ratio.ts';

const CONNECTIONS = 32;
const PAGE = `/campaigns/${SLUG}`;
const BROWSER = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' };

/**
 * Journeys a second of two processes as a share of those of one. On two cores two processes share with PostgreSQL and with
 * whoever asks what one leaves idle: two must not be slower than one, and should bring a fifth more. Each core beyond tells more.
 */
export async function benchJourney({
  is_quick,
  rounds,
  server_url,
  say,
}: BenchOptions): Promise<MeasuredRatio[]> {
  const { folder, drop } = benchFolder();
  const count = is_quick ? 20 : 250;
  const times = rounds ?? (is_quick ? 1 : 8);
  const databases = await openBenchDatabases(server_url ?? 'embedded', count * 2 * (times + 2), say);
  const running: BenchProcess[] = [];
  try {
    await writeMadeUpStates(folder, [findState('fl')!]);
    const start = async (processes: string) => {
      const app = await startApp(folder, {
        DATABASE_URL: await databases.create(processes),
        PROCESSES: processes,
      });
      running.push(app);
      return app;
    };
    const [one, two] = [await start('1'), await start('2')];
    const places = certainPlaces();
    let made = 0;
    const done = new Map([one, two].map((app) => [app, 0]));
    const rate = (app: BenchProcess) => async () => {
      const visits = Array.from({ length: count }, () => journey(made++, places));
      const loaded = await load(app.url, visits.values(), CONNECTIONS);
      done.set(app, done.get(app)! + loaded.visits);
      return loaded.visits / loaded.seconds;
    };
    say(`Walking ${count} journeys at a time, with one process and with two (PostgreSQL).`);
    for (const app of [one, two]) await rate(app)();
    const [since, before] = [one.busy(), done.get(one)!];
    const pairs = await inTurn(times, rate(one), rate(two));
    const work = workEach(one, since, done.get(one)! - before);
    for (const [{ url }, journeys] of done) await checkTotals(url, journeys);
    say('Every action of every journey is in the totals once.');
    const name =
      'journeys (six requests) with two processes against one, on PostgreSQL, sharing two cores with whoever asks';
    const say_rate = (figure: number) => `${figure.toFixed(1)} a second`;
    const ratio = ratioOfRounds(pairs, { name, floor: 1, aim: 1.2, say: say_rate });
    return [{ ...ratio, figures: `${ratio.figures}${work}; ${await batchSize(two)} actions a transaction` }];
  } finally {
    for (const app of running) await app.end();
    await databases.drop();
    drop();
  }
}

/** The campaign, where one lives, the legislators, one action, the thanks and the totals: as browsers without script ask. */
function journey(nth: number, places: Place[]): Question[] {
  const { latitude, longitude, act } = places[nth % places.length]!;
  const headers = { ...BROWSER, ...fromPlace(nth) };
  return [
    question(PAGE, { headers }),
    question(`${PAGE}/lookup`, { headers, form: { latitude, longitude }, status: 303 }),
    question(`${PAGE}/act?${act}`, { headers }),
    question(`${PAGE}/actions`, { headers, form: actionForm(nth), status: 303 }),
    question(`${PAGE}/thanks?${act}`, { headers }),
    question(`${PAGE}/totals`, { headers }),
  ];
}

interface Place {
  latitude: string;
  longitude: string;
  /** The query of the page of legislators. */
  act: string;
}

/** A place in the middle of Florida's districts, where it is certain in which districts that is. */
function certainPlaces(): Place[] {
  const features = FLORIDA_OUTLINES.map((one) => ({
    ...one,
    properties: floridaDistrict(one.properties.division_id),
  }));
  const boundaries = createBoundaries('fl', { type: 'FeatureCollection', features });
  return features.flatMap(({ geometry }) => {
    const corners = geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2);
    const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length;
    const point = { latitude: mean(1), longitude: mean(0) };
    const verdicts = districtsOfPoint(boundaries, point);
    if (verdicts.length < 2 || verdicts.some(({ doubt }) => doubt)) return [];
    const divisions = verdicts.flatMap(({ districts }) =>
      districts.map(({ division_id }) => ['division', division_id]),
    );
    return [
      {
        latitude: String(point.latitude),
        longitude: String(point.longitude),
        act: String(new URLSearchParams(divisions)),
      },
    ];
  });
}

/** How many actions a transaction held, in the mean. */
async function batchSize({ url }: BenchProcess): Promise<string> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const sum = (name: string) =>
    [
      ...metrics.matchAll(new RegExp(`^statehouse_action_batch_size_${name}(?:\\{.*\\})? (\\S+)$`, 'gm')),
    ].reduce((total, [, value]) => total + Number(value), 0);
  return (sum('sum') / sum('count')).toFixed(1);
}

async function checkTotals(url: string, journeys: number): Promise<void> {
  const { completed_actions } = await (await fetch(`${url}${PAGE}/totals.json`)).json();
  if (completed_actions === journeys) return;
  const message = `${journeys} journeys were walked, and the totals say ${completed_actions} actions.`;
  throw new OperationalError('wrong_figure', message);
}
