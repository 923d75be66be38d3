// How long the app takes to start, and the memory it holds, on Florida alone and with the boundaries of every state at hand.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { OperationalError } from '../server/errors.ts';
import type { Point } from '../server/legislators/legislator.ts';
import { findState, STATES, type StateFacts } from '../server/legislators/states.ts';
import type { BenchOptions } from './bench-options.ts';
import { benchFolder, writeMadeUpStates } from './made-up-states.ts';
import { type BenchProcess, startApp, startBare, untilReady } from './processes.ts';
import { type MeasuredRatio, median, ratioOf } from './ratio.ts';

const MEGABYTE = 1_000_000;
/** Of the time and memory that the start may take, it should leave a tenth. */
const SHARE = { floor: 1, aim: 0.9 };

/** Time and memory of the start, as shares of what they may be: 0.5 and 3 seconds beyond an empty Express app, and 500 MB. */
export async function benchStart({ is_quick, rounds, say }: BenchOptions): Promise<MeasuredRatio[]> {
  const { folder, drop } = benchFolder();
  try {
    const all = is_quick ? STATES.slice(0, 4) : STATES;
    const of_florida = await makeWorld(join(folder, 'florida'), [findState('fl')!]);
    const of_all = await makeWorld(join(folder, 'all'), all);
    say(
      `Starting with Florida, and with ${all.length} states: ${of_all.districts} districts, ${of_all.corners} corners.`,
    );
    const florida: Started[] = [];
    const every: Started[] = [];
    for (let round = -1; round < (rounds ?? (is_quick ? 1 : 5)); round += 1) {
      const empty = await startBare(folder);
      const empty_ms = empty.listening_ms;
      await empty.end();
      const one = await startOn(of_florida, empty_ms);
      // The first of all reads from the disk what is in memory afterwards.
      if (round >= 0) florida.push(one);
      if (round >= 0 && round < 3) every.push(await startOn(of_all, empty_ms));
    }
    return [
      timeRatio('Florida’s boundaries', florida, 500),
      timeRatio('every state’s boundaries', every, 3000),
      memoryRatio('Florida’s boundaries', florida, 500),
      memoryRatio('every state’s boundaries', every, 500),
    ];
  } finally {
    drop();
  }
}

interface World {
  data_dir: string;
  campaigns_dir: string;
  districts: number;
  corners: number;
  /** A point of each state. */
  points: Map<string, Point>;
}

/** What a start took. */
interface Started {
  empty_ms: number;
  listening_ms: number;
  ready_ms: number;
  /** Once a point of every state has been looked up. */
  memory: number;
}

/** A live campaign in each of these states, whose rosters and boundaries are at hand. */
async function makeWorld(folder: string, states: readonly StateFacts[]): Promise<World> {
  const [data_dir, campaigns_dir] = [join(folder, 'data'), join(folder, 'campaigns')];
  for (const { state, jurisdiction_id, chambers } of states) {
    const own = join(campaigns_dir, `act-${state}`);
    mkdirSync(own, { recursive: true });
    // The fewest texts that a campaign can have: it is the boundaries that are measured.
    for (const file of ['page.md', 'email.hbs', 'phone.hbs'])
      cpSync(join('campaigns/visible-act/en', file), join(own, 'en', file));
    const campaign = {
      title: { en: 'Bring back the act' },
      summary: { en: 'Ask your state legislators to bring the bill back, and to support it.' },
      jurisdiction_id,
      bills: [{ identifier: 'SB 316', session: '2026', chamber: chambers[0] }],
      ask: 'support',
      goal: 1000,
      targets: { chambers },
    };
    writeFileSync(join(own, 'campaign.yaml'), stringify(campaign));
  }
  return { data_dir, campaigns_dir, ...(await writeMadeUpStates(data_dir, states)) };
}

async function startOn({ data_dir, campaigns_dir, points }: World, empty_ms: number): Promise<Started> {
  const app = await startApp(data_dir, { CAMPAIGNS_DIR: campaigns_dir });
  try {
    const ready_ms = app.listening_ms + (await untilReady(app));
    await lookUpAll(app, points);
    return { empty_ms, listening_ms: app.listening_ms, ready_ms, memory: app.memory() };
  } catch (cause) {
    const log = readFileSync(join(data_dir, 'log'), 'utf8').slice(-500);
    throw new OperationalError('wrong_figure', `A state’s districts were not found: ${log}`, { cause });
  } finally {
    await app.end();
  }
}

/** A roster that is read when it is first needed would take no memory otherwise. */
async function lookUpAll({ url }: BenchProcess, points: Map<string, Point>): Promise<void> {
  for (const [state, { latitude, longitude }] of points) {
    const body = new URLSearchParams({ latitude: String(latitude), longitude: String(longitude) });
    const headers = { 'sec-fetch-site': 'same-origin' };
    const asked = { method: 'POST', body, headers, redirect: 'manual' } as const;
    const answer = await fetch(`${url}/campaigns/act-${state}/lookup`, asked);
    await answer.text();
    // Certain, or a choice: where there were no boundaries it would be a page to choose from the whole list.
    const found = answer.status === 303 && answer.headers.get('location')!.includes('division=');
    if (!found && answer.status !== 200) throw new Error(`act-${state}: ${answer.status}`);
  }
}

function timeRatio(what: string, starts: Started[], allowed_ms: number): MeasuredRatio {
  const beyond = starts.map(({ ready_ms, empty_ms }) => (ready_ms - empty_ms) / allowed_ms);
  const of = (field: keyof Started) => `${(median(starts.map((one) => one[field])) / 1000).toFixed(2)} s`;
  return ratioOf(beyond, {
    name: `start with ${what}, beyond an empty Express app, of the ${allowed_ms / 1000} s it may take`,
    ...SHARE,
    figures: `listening ${of('listening_ms')}, ready ${of('ready_ms')}, Express ${of('empty_ms')}`,
  });
}

function memoryRatio(what: string, starts: Started[], allowed_megabytes: number): MeasuredRatio {
  const megabytes = starts.map(({ memory }) => memory / MEGABYTE);
  return ratioOf(
    megabytes.map((one) => one / allowed_megabytes),
    {
      name: `memory with ${what}, of the ${allowed_megabytes} MB it may take`,
      ...SHARE,
      figures: `${Math.round(median(megabytes))} MB`,
    },
  );
}
