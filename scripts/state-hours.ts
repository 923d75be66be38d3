// Days and hours as people type them and read them: those of the state.
import {
  calendarDay,
  clockTime,
  dayInWords,
  daysAfter,
  isDay,
  momentAt,
  timeInWords,
  zoneInWords,
} from '../server/calendar.ts';
import { UsageError } from './command-line.ts';

/**
 * The moment that --from or --to means. A day alone, as '2026-12-01', is its beginning for --from and its end for --to: the day
 * is included in both. An hour, as '2026-12-01T14:00', is the moment itself. UsageError where it is neither.
 */
export function readBound(typed: string, option: '--from' | '--to', time_zone: string): Date {
  const [, day, hour, minutes = '00'] = /^(\S{10})(?:[T ](\d\d)(?::(\d\d))?)?$/.exec(typed) ?? [];
  if (day === undefined || (hour !== undefined && Number(hour) > 23))
    throw new UsageError(
      `${option} is a day, as 2026-12-01, or a whole hour of it, as 2026-12-01T14:00: not '${typed}'.`,
    );
  if (!isDay(day)) throw new UsageError(`${option}: the calendar has no day '${day}'.`);
  if (!/^20\d\d-/.test(day)) throw new UsageError(`${option} is a day of this century: not '${day}'.`);
  if (minutes !== '00')
    throw new UsageError(
      `${option}: of an action the hour is kept, not the minute. Write a whole hour, as ${day}T${hour}:00.`,
    );
  if (hour !== undefined) return momentAt(day, Number(hour), time_zone);
  return momentAt(option === '--from' ? day : daysAfter(day, 1), 0, time_zone);
}

/** A moment by the clock of the state: 'December 1, 2026, 2 pm', 'the beginning of December 1, 2026'. */
export function hourInWords(iso: string, time_zone: string): string {
  const moment = new Date(iso);
  const day = dayInWords(calendarDay(moment, time_zone), 'en');
  const time = clockTime(moment, time_zone);
  return time === '00:00' ? `the beginning of ${day}` : `${day}, ${timeInWords(time, 'en')}`;
}

/** What that clock is called: 'Eastern time'. */
export function clockInWords(time_zone: string, now: Date): string {
  return zoneInWords(time_zone, 'en', now);
}
