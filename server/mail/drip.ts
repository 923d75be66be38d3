import { calendarDay, clockTime, momentAt } from '../calendar.ts';
import { type OfficeHours, officesAt } from '../legislators/office-hours.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** How much longer than it must be the gap between two letters may be, so that they don't come by the clock. */
const JITTER = 0.2;
/** Letters that waited for an office to open come over its first minutes. */
const OPENING_MS = 10 * MINUTE_MS;

/** Nothing is put off by more than this: what is, a clock that jumped has put off. */
export const LONGEST_PUT_OFF_MS = 2 * HOUR_MS;

/** When offices of one state are open. */
export interface Offices {
  hours: OfficeHours;
  /** IANA zone. */
  time_zone: string;
}

/**
 * How long to wait after one letter before the next, in milliseconds. Never less than an hour's share of `per_hour`, so that no
 * hour, from whatever minute on, has more than that many. `random` is from 0 up to 1.
 */
export function gapAfter(per_hour: number, random: number): number {
  return Math.ceil((HOUR_MS / per_hour) * (1 + JITTER * random));
}

/** The moment from which on a letter may go: now where the offices are open, or else soon after they open. */
export function openFrom(now: Date, { hours, time_zone }: Offices, random: number): Date {
  const offices = officesAt(hours, time_zone, now);
  if (offices.is_open) return now;
  return new Date(clockMoment(offices.day, offices.opens, time_zone).getTime() + random * OPENING_MS);
}

/**
 * About when a letter goes that has `waiting` others before it, `per_hour` of which go in an hour of office time; `free_at` is
 * when the next one may go.
 */
export function expectedAt(
  { now, free_at, waiting, per_hour }: { now: Date; free_at: Date; waiting: number; per_hour: number },
  offices: Offices,
): Date {
  let left = waiting * (HOUR_MS / per_hour) * (1 + JITTER / 2);
  let at = new Date(Math.max(now.getTime(), free_at.getTime()));
  for (;;) {
    at = openFrom(at, offices, 0);
    const closes = closingOf(at, offices);
    if (at.getTime() + left < closes.getTime()) return new Date(at.getTime() + left);
    left -= closes.getTime() - at.getTime();
    at = closes;
  }
}

/** When the offices that are open at a moment close. */
function closingOf(at: Date, { hours, time_zone }: Offices): Date {
  return clockMoment(calendarDay(at, time_zone), hours.closes, time_zone);
}

/** The moment at which the clocks of a zone show 'HH:MM' of a day. */
function clockMoment(day: string, time: string, time_zone: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const moment = new Date(momentAt(day, hour, time_zone).getTime() + minute * MINUTE_MS);
  // An hour that the clocks skip or show twice: whatever they then show, never before the time that was asked for.
  return clockTime(moment, time_zone) < time ? new Date(moment.getTime() + HOUR_MS) : moment;
}

/** The key of the drip of one target, whichever campaigns write to them. */
export function targetKey(legislator_id: string): string {
  return `target ${legislator_id}`;
}

/** The key of the drip of all addresses of one receiving domain. */
export function domainKey(address: string): string {
  return `domain ${address.slice(address.lastIndexOf('@') + 1).toLowerCase()}`;
}
