import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import { MOST_CODES, OTHER_CODES, type UnknownCode, type VisitCount, writeVisits } from './visit-queries.ts';

/** How long visits wait in memory: what a kill of the process loses. */
const WRITE_EVERY_MS = 5000;

/** One visit that begins. */
export interface BegunVisit {
  campaign_slug: string;
  is_sample: boolean;
  /** Code of the partner whose link led here, '' for none. */
  partner: string;
  /** The code in the link where the campaign has no such partner: as it was typed, or OTHER_CODES; else ''. */
  unknown_code: string;
  /** IANA zone of the state, whose days are counted. */
  time_zone: string;
}

/** Counts visits. */
export interface VisitLog {
  /** Counts in memory, at once: no page waits for the store. */
  count: (visit: BegunVisit) => void;
  /** Writes what was counted; never rejects. Where the store can't be reached, the log says so and the counts are kept. */
  flush: () => Promise<void>;
  /** Writes what was counted; what comes later is not counted. */
  close: () => Promise<void>;
}

/**
 * Visits counted by campaign, partner and the state's day, and written together every few seconds. What is held does not grow
 * with how many come: there is one number for each partner and day, and a bounded number of unknown codes.
 */
export function createVisitLog({
  store,
  now,
  log,
  write_every_ms = WRITE_EVERY_MS,
}: {
  store: Pick<Store, 'transaction'>;
  now: () => Date;
  log: Log;
  write_every_ms?: number;
}): VisitLog {
  let counts = noCounts();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let isFailing = false;
  let isClosed = false;

  const write = async () => {
    const taken = counts;
    if (taken.visits.size === 0) return;
    counts = noCounts();
    try {
      await store.transaction((trx) => writeVisits(trx, listed(taken)));
      isFailing = false;
    } catch (error) {
      const isStore = error instanceof OperationalError;
      // Once an outage, not every few seconds of it.
      if (!isFailing || !isStore) log(isStore ? 'warn' : 'error', 'visits_unwritten', describeError(error));
      isFailing = isStore;
      if (isStore) putBack(counts, taken);
      if (isStore) writeSoon();
    }
  };
  const flush = () => {
    writing = writing.then(write);
    return writing;
  };
  const writeSoon = () => {
    if (timer !== undefined || isClosed) return;
    timer = setTimeout(() => {
      timer = undefined;
      void flush();
    }, write_every_ms).unref();
  };

  return {
    count: ({ campaign_slug, is_sample, partner, unknown_code, time_zone }) => {
      if (isClosed) return;
      const day = calendarDay(now(), time_zone);
      addVisits(counts, { campaign_slug, is_sample: Number(is_sample), partner, day, visits: 1 });
      // Codes are kept for those who hand out links: what is tried on samples is nobody's link.
      if (unknown_code !== '' && !is_sample)
        addCode(counts, { campaign_slug, code: unknown_code, first_day: day, last_day: day, visits: 1 });
      writeSoon();
    },
    flush,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await flush();
    },
  };
}

interface Counts {
  visits: Map<string, VisitCount>;
  /** By campaign, then by code. */
  codes: Map<string, Map<string, UnknownCode>>;
}

function noCounts(): Counts {
  return { visits: new Map(), codes: new Map() };
}

function listed({ visits, codes }: Counts) {
  return {
    visits: [...visits.values()],
    codes: [...codes.values()].flatMap((of_campaign) => [...of_campaign.values()]),
  };
}

function addVisits({ visits }: Counts, count: VisitCount): void {
  const key = JSON.stringify([count.campaign_slug, count.is_sample, count.partner, count.day]);
  const before = visits.get(key);
  visits.set(key, before ? { ...before, visits: before.visits + count.visits } : count);
}

function addCode({ codes }: Counts, count: UnknownCode): void {
  const of_campaign = codes.get(count.campaign_slug) ?? new Map<string, UnknownCode>();
  codes.set(count.campaign_slug, of_campaign);
  const code = of_campaign.has(count.code) || of_campaign.size < MOST_CODES ? count.code : OTHER_CODES;
  const before = of_campaign.get(code);
  of_campaign.set(code, before ? joined(before, count) : { ...count, code });
}

function joined(one: UnknownCode, other: UnknownCode): UnknownCode {
  return {
    ...one,
    first_day: [one.first_day, other.first_day].toSorted()[0]!,
    last_day: [one.last_day, other.last_day].toSorted()[1]!,
    visits: one.visits + other.visits,
  };
}

/** Adds what could not be written to what came meanwhile. */
function putBack(counts: Counts, taken: Counts): void {
  const { visits, codes } = listed(taken);
  for (const count of visits) addVisits(counts, count);
  for (const code of codes) addCode(counts, code);
}
