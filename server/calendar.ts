import { LRUCache } from 'lru-cache';

/** The days of the week, in the order in which Date counts them. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
/** One of these days. */
export type Weekday = (typeof WEEKDAYS)[number];

/** A language as it is written in the United States, where 1,000 has a comma and the clock goes to 12: 'es' → 'es-US'. */
export function regional(language: string): string {
  return language.includes('-') ? language : `${language}-US`;
}

// Making a format is slow and leaves much to be cleared away; there are few zones and languages: each is kept.
const number_formats = new Map<string, Intl.NumberFormat>();

/** How a language writes numbers; English, where Node does not know it, rather than whatever the server speaks. */
export function numberFormat(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = JSON.stringify([language, options]);
  const format = number_formats.get(key) ?? new Intl.NumberFormat([regional(language), 'en-US'], options);
  number_formats.set(key, format);
  return format;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Not every language has its dates here: English, then, rather than whatever the server speaks. */
function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat([regional(language), 'en'], options);
  formats.set(key, format);
  return format;
}

/** Days begin at whole quarters of an hour in every zone of today. */
const QUARTER_MS = 900_000;
const SINCE_ZONES_ARE_WHOLE = Date.UTC(1973, 0);
/** The days that were asked for last, by zone and quarter of an hour: most ask for today. */
const known_days = new LRUCache<string, string>({ max: 500 });

/** The calendar's day of a moment in an IANA time zone: YYYY-MM-DD. */
export function calendarDay(moment: Date, time_zone: string): string {
  // Swedish writes dates as ISO does.
  const dayOf = () => formatOf('sv-SE', { timeZone: time_zone }).format(moment);
  const time = moment.getTime();
  if (time < SINCE_ZONES_ARE_WHOLE) return dayOf();
  const key = `${time_zone} ${Math.floor(time / QUARTER_MS)}`;
  const day = known_days.get(key) ?? dayOf();
  known_days.set(key, day);
  return day;
}

/**
 * The moment at which the clocks of an IANA time zone show a whole hour of a day (YYYY-MM-DD). An hour that they show twice,
 * when they are set back, is the first of the two; one that they skip, when they are set forward, is the hour after it.
 */
export function momentAt(day: string, hour: number, time_zone: string): Date {
  const clock = Temporal.PlainDate.from(day).toPlainDateTime({ hour });
  return new Date(clock.toZonedDateTime(time_zone).epochMilliseconds);
}

/** Whether a text is a day of the calendar: YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00Z`);
  // A 31st of February is none at all, or one of March.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A calendar's day in words, 'November 3, 2026', from an ISO date. */
export function dayInWords(iso: string, language: string): string {
  return formatOf(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
}

/** The same in short, without its year: 'Nov 3'. */
export function shortDay(iso: string, language: string): string {
  return formatOf(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(iso));
}

/** A moment by the clock of an IANA time zone: 'November 24, 2026 at 10:30:00 AM EST'. */
export function momentInWords(moment: Date, language: string, time_zone: string): string {
  return formatOf(language, { dateStyle: 'long', timeStyle: 'long', timeZone: time_zone }).format(moment);
}

/** The clock of an IANA time zone at a moment, from '00:00' to '23:59'. */
export function clockTime(moment: Date, time_zone: string): string {
  return formatOf('sv-SE', { timeStyle: 'short', timeZone: time_zone }).format(moment);
}

/** The day of the week of a calendar's day (an ISO date). */
export function weekdayOf(iso: string): Weekday {
  return WEEKDAYS[new Date(iso).getUTCDay()]!;
}

/** The calendar's day that comes some days after another; both ISO dates. */
export function daysAfter(iso: string, days: number): string {
  const day = new Date(iso);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The day of the week in words, from an ISO date: 'Monday'; with its date where that is wanted: 'Monday, January 4'. */
export function weekdayInWords(iso: string, language: string, is_dated = false): string {
  const date = is_dated ? ({ month: 'long', day: 'numeric' } as const) : {};
  return formatOf(language, { weekday: 'long', ...date, timeZone: 'UTC' }).format(new Date(iso));
}

/** A time of day in words, from one as 'HH:MM': '8 am', '12:30 pm'. */
export function timeInWords(time: string, language: string): string {
  const minute = time.endsWith(':00') ? {} : ({ minute: '2-digit' } as const);
  const words = formatOf(language, { hour: 'numeric', ...minute, timeZone: 'UTC' });
  return words.format(new Date(`1970-01-01T${time}Z`)).replace(/[AP]M$/, (half) => half.toLowerCase());
}

/** What a time zone is called all year, at this time: 'Eastern time', 'hora central'. Zones have changed their names. */
export function zoneInWords(time_zone: string, language: string, now: Date): string {
  const parts = formatOf(language, { timeZone: time_zone, timeZoneName: 'longGeneric' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')!.value.replace(/ Time$/, ' time');
}
