// Whether the memory that the server takes stays as it was over minutes of visits at four fifths of what it can serve.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServerProcess } from '../tests/support/server-process.ts';
import { startStubGeocoder } from '../tests/support/stub-geocoder.ts';
import { fitLine, type Line } from './line.ts';
import { memoryOf } from './processes.ts';
import { median, type Ratio } from './ratio.ts';
import { createVisitor, type Visitor } from './visits.ts';

const SHARE_OF_CAPACITY = 0.8;
/** What the ramp tries, each for so long. */
const RAMP = [4, 8, 12];
const STEP_MS = 4000;
/** More at once are not sent: where other programs take the processor there is less capacity than the ramp found. */
const MOST_AT_ONCE = 12;
const LOOK_EVERY_MS = 1000;
const SETTINGS = {
  // With gigabytes of room V8 lets garbage lie for minutes, and memory grows until it first looks.
  NODE_OPTIONS: '--max-old-space-size=128',
  PULL: 'off',
  LOOKUPS_PER_MINUTE: '1000000000',
  ACTIONS_PER_MINUTE: '1000000000',
  // Suites and other programs run beside it: a turn that waits for the processor is no overload.
  OVERLOAD_DELAY_MS: '1000',
};
const MEGABYTE = 1024 * 1024;

/** What a soak came to. */
export interface Soak {
  /** Visits a second that were reached with nothing to wait for, and those that were sent then. */
  capacity: number;
  rate: number;
  /** For how long they were sent. */
  seconds: number;
  visits: number;
  /** How many were not sent, as too many were under way. */
  held_back: number;
  /** What went wrong, each kind with how often. */
  errors: Record<string, number>;
  /** Actions that were acknowledged, and how many the totals tell of. */
  acknowledged: number;
  counted: number;
  /** Resident memory in MB: the medians of the second quarter and of the last. */
  early_mb: number;
  late_mb: number;
  /** MB a minute, over the second half. */
  growth: Line;
}

/** Finds out how many visits a server can serve, then soaks it for so many minutes. */
export async function soak({
  minutes,
  say,
}: {
  minutes: number;
  say: (line: string) => void;
}): Promise<Soak> {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-soak-'));
  const geocoder = await startStubGeocoder();
  const server = await startServerProcess({
    ...SETTINGS,
    DATA_DIR: folder,
    CENSUS_GEOCODER_URL: geocoder.url,
  });
  const visitor = createVisitor(server.url!);
  try {
    const capacity = await findCapacity(visitor, say);
    const rate = capacity * SHARE_OF_CAPACITY;
    say(
      `It serves ${capacity.toFixed(1)} visits a second; ${rate.toFixed(1)} are sent for ${minutes} minutes.`,
    );
    const pid = server.pid!;
    const sent = await sendVisits({ visitor, rate, ms: minutes * 60_000, geocoder, pid, say });
    const totals = JSON.parse((await visitor.get('/campaigns/visible-act/totals.json')).text);
    return {
      capacity,
      rate,
      seconds: minutes * 60,
      ...sent.load,
      acknowledged: visitor.acknowledged(),
      counted: totals.completed_actions,
      ...memoryIn(sent.memory),
    };
  } finally {
    visitor.close();
    await server.end('SIGTERM');
    await geocoder.close();
    rmSync(folder, { recursive: true });
  }
}

/** Visits a second where each visitor begins anew once it has ended: the best of some numbers of visitors. */
async function findCapacity(visitor: Visitor, say: (line: string) => void): Promise<number> {
  let best = 0;
  for (const [index, visitors] of [RAMP[0]!, ...RAMP].entries()) {
    const started = performance.now();
    let visits = 0;
    const goOn = async () => {
      while (performance.now() - started < STEP_MS) {
        await visitor.visit();
        visits += 1;
      }
    };
    await Promise.all(Array.from({ length: visitors }, goOn));
    const rate = visits / ((performance.now() - started) / 1000);
    // The first step is for the server to get warm.
    if (index > 0) say(`${visitors} visitors at once: ${rate.toFixed(1)} visits a second.`);
    if (index > 0) best = Math.max(best, rate);
  }
  return best;
}

interface Sending {
  visitor: Visitor;
  /** Visits a second, whatever becomes of those before. */
  rate: number;
  ms: number;
  geocoder: { requests: unknown[]; received: unknown[] };
  pid: number;
  say: (line: string) => void;
}

/** Begins visits at a steady rate, and looks at the memory meanwhile. */
async function sendVisits({ visitor, rate, ms, geocoder, pid, say }: Sending) {
  const load = { visits: 0, held_back: 0, errors: {} as Record<string, number> };
  const memory: { x: number; y: number }[] = [];
  const under_way = new Set<Promise<void>>();
  const started = performance.now();
  let due = 0;
  let next_look = LOOK_EVERY_MS;
  for (let passed = 0; passed < ms; passed = performance.now() - started) {
    for (; due < (passed / 1000) * rate; due += 1) {
      if (under_way.size >= MOST_AT_ONCE) {
        load.held_back += 1;
        continue;
      }
      const visit = visitor
        .visit()
        .then(
          () => {
            load.visits += 1;
          },
          ({ message }: Error) => {
            load.errors[message] = (load.errors[message] ?? 0) + 1;
          },
        )
        .finally(() => under_way.delete(visit));
      under_way.add(visit);
    }
    if (passed >= next_look) {
      next_look += LOOK_EVERY_MS;
      memory.push({ x: passed / 60_000, y: memoryOf({ pid }) / MEGABYTE });
      if (memory.length % 60 === 0)
        say(`${memory.length / 60} minutes, ${load.visits} visits, ${memory.at(-1)!.y.toFixed(0)} MB.`);
      // What the stub remembers is not what is looked at.
      geocoder.requests.length = 0;
      geocoder.received.length = 0;
    }
    await pause(5);
  }
  await Promise.all(under_way);
  return { load, memory };
}

function memoryIn(memory: { x: number; y: number }[]): Pick<Soak, 'early_mb' | 'late_mb' | 'growth'> {
  const quarter = Math.floor(memory.length / 4);
  const middle = (part: { y: number }[]) => median(part.map(({ y }) => y));
  return {
    early_mb: middle(memory.slice(quarter, 2 * quarter)),
    late_mb: middle(memory.slice(3 * quarter)),
    growth: fitLine(memory.slice(2 * quarter)),
  };
}

/** Memory must not be larger by more in the end than it was after the warm-up. */
const FLOOR = 1.1;
const AIM = 1.02;

/**
 * The soak as a benchmark: memory at the end against memory after the warm-up. Throws where an answer was none, where the totals
 * are not what was acknowledged, or where the server grew slow or took ever more memory.
 */
export async function benchSoak(options: {
  minutes: number;
  say: (line: string) => void;
}): Promise<(Ratio & { base_mb: number; mb: number })[]> {
  const soaked = await soak(options);
  options.say(inWords(soaked));
  const wrong = wrongIn(soaked);
  if (wrong.length > 0) throw new Error(`The soak went wrong: ${wrong.join('; ')}.`);
  const { early_mb, late_mb, growth } = soaked;
  return [
    {
      name: `memory after ${options.minutes} minutes of visits against after a quarter of them`,
      ratio: Math.round((late_mb / early_mb) * 1000) / 1000,
      // What the noise of the slope comes to over the time between the two.
      spread: Math.round(((2 * growth.error * options.minutes) / 2 / early_mb) * 1000) / 1000,
      floor: FLOOR,
      aim: AIM,
      base_mb: Math.round(early_mb),
      mb: Math.round(late_mb),
    },
  ];
}

/** So many of the visits that were due must have come to their end: fewer, and the server has grown slow. */
const LEAST_SERVED = 0.8;
/** Memory that grows by less in MB over the second half, or by so many errors of its slope, grows by chance. */
const STEADY_MB = 4;
const ERRORS = 3;

/** What of a soak is not as it must be. Beside other programs less than LEAST_SERVED may come to its end. */
export function wrongIn(
  { errors, acknowledged, counted, visits, rate, seconds, held_back, growth }: Soak,
  least_served = LEAST_SERVED,
): string[] {
  const due = Math.round(rate * seconds);
  const { slope, error } = growth;
  const half_minutes = seconds / 2 / 60;
  return [
    ...Object.entries(errors).map(([message, times]) => `${times} times ${message}`),
    ...(acknowledged === counted ? [] : [`${acknowledged} actions acknowledged, ${counted} counted`]),
    ...(visits >= least_served * due ? [] : [`${visits} of ${due} visits served, ${held_back} held back`]),
    ...(slope <= Math.max(ERRORS * error, STEADY_MB / half_minutes)
      ? []
      : [`memory grew by ${slope.toFixed(2)} ± ${error.toFixed(2)} MB a minute`]),
  ];
}

/** A soak in one sentence. */
export function inWords({ visits, held_back, capacity, rate, early_mb, late_mb, growth }: Soak): string {
  const held = held_back > 0 ? ` (${held_back} held back)` : '';
  return `${visits} visits${held} at ${rate.toFixed(1)} of ${capacity.toFixed(1)} a second: ${early_mb.toFixed(0)} MB, then ${late_mb.toFixed(0)} MB, growing by ${growth.slope.toFixed(2)} ± ${growth.error.toFixed(2)} MB a minute.`;
}
