import {
  calendarDay,
  clockTime,
  dayInWords,
  momentInWords,
  numberFormat,
  shortDay,
  timeInWords,
  weekdayInWords,
  zoneInWords,
} from '../calendar.ts';
import type { Translate } from './locale.ts';

// A locale file may say under `dates` how its language writes them: what it says goes before what Node knows.

/** A calendar's day in words, 'November 3, 2026', from an ISO date. */
export function dayIn(t: Translate, iso: string): string {
  return ownWords(t, 'day', iso) ?? dayInWords(iso, t.language);
}

/** The same in short, without its year: 'Nov 3'. */
export function shortDayIn(t: Translate, iso: string): string {
  return ownWords(t, 'short_day', iso) ?? shortDay(iso, t.language);
}

/** A moment by the clock of an IANA time zone: 'November 24, 2026 at 10:30:00 AM EST'. */
export function momentIn(t: Translate, moment: Date, time_zone: string): string {
  const own = ownWords(t, 'moment', calendarDay(moment, time_zone), {
    date: () => dayIn(t, calendarDay(moment, time_zone)),
    time: () => timeIn(t, clockTime(moment, time_zone)),
    zone: () => zoneIn(t, time_zone, moment),
  });
  return own ?? momentInWords(moment, t.language, time_zone);
}

/** The day of the week in words, from an ISO date: 'Monday'; with its date where that is wanted: 'Monday, January 4'. */
export function weekdayIn(t: Translate, iso: string, is_dated = false): string {
  return ownWords(t, is_dated ? 'weekday_day' : 'weekday', iso) ?? weekdayInWords(iso, t.language, is_dated);
}

/** A time of day in words, from one as 'HH:MM': '8 am', '12:30 pm'. */
export function timeIn(t: Translate, time: string): string {
  const [hour, minute] = time.split(':') as [string, string];
  const names = {
    hour: () => String(Number(hour) % 12 || 12),
    minute: () => minute,
    half: () => (Number(hour) < 12 ? 'AM' : 'PM'),
  };
  return filledPattern(t, 'time', names) ?? timeInWords(time, t.language);
}

/** What a time zone is called all year, at this time: 'Eastern time', 'hora del Este'. */
export function zoneIn(t: Translate, time_zone: string, now: Date): string {
  return t(`names.time_zones.${zoneInWords(time_zone, 'en', now)}`, {
    defaultValue: zoneInWords(time_zone, t.language, now),
  });
}

/** A number as the language writes it: '1,000'. */
export function numberIn(t: Translate, value: number): string {
  return numberFormat(t.language).format(value);
}

/** A date by the file's own pattern, its months and days of the week by the file's names where it has them; undefined without. */
function ownWords(
  t: Translate,
  pattern: string,
  iso: string,
  more: Record<string, () => string> = {},
): string | undefined {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
  return filledPattern(t, pattern, {
    year: () => String(year),
    month: () => named(t, 'months', month - 1) ?? partOf(t, iso, { month: 'long' }),
    short_month: () => named(t, 'short_months', month - 1) ?? partOf(t, iso, { month: 'short' }),
    day: () => String(day),
    weekday: () => named(t, 'weekdays', new Date(iso).getUTCDay()) ?? partOf(t, iso, { weekday: 'long' }),
    ...more,
  });
}

/** Put together here: the parts of one date are not set apart from each other as other names are. Only those in the pattern are made. */
function filledPattern(t: Translate, name: string, parts: Record<string, () => string>): string | undefined {
  const pattern = t(`dates.${name}`, { skipInterpolation: true, defaultValue: '' });
  return pattern.replaceAll(/\{\{(\w+)\}\}/g, (whole, part) => parts[part]?.() ?? whole) || undefined;
}

/** One of a list of names in the locale file; undefined where it has no such list. */
function named(t: Translate, list: 'months' | 'short_months' | 'weekdays', index: number) {
  const names = t(`dates.${list}`, { defaultValue: '' }) as unknown as string[] | '';
  return names === '' ? undefined : names[index];
}

// As in calendar.ts: a page has dozens of dates, and making a format takes longer than all else of one.
const part_formats = new Map<string, Intl.DateTimeFormat>();

function partOf(t: Translate, iso: string, part: { month: 'long' | 'short' } | { weekday: 'long' }): string {
  const key = `${t.language} ${JSON.stringify(part)}`;
  const format =
    part_formats.get(key) ?? new Intl.DateTimeFormat([t.language, 'en'], { ...part, timeZone: 'UTC' });
  part_formats.set(key, format);
  return format.format(new Date(iso));
}
