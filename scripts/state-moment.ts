// Moments as organizers read them.
import { calendarDay, clockTime, dayInWords, timeInWords, zoneInWords } from '../server/calendar.ts';

/** A moment by the clock of an IANA time zone, without its seconds: 'November 24, 2026, 10:30 am (Eastern time)'. */
export function stateMoment(iso: string, time_zone: string): string {
  const moment = new Date(iso);
  const zone = time_zone === 'UTC' ? 'UTC' : zoneInWords(time_zone, 'en', moment);
  const day = dayInWords(calendarDay(moment, time_zone), 'en');
  return `${day}, ${timeInWords(clockTime(moment, time_zone), 'en')} (${zone})`;
}
