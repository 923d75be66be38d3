/** A language as it is written in the United States, where 1,000 has a comma and the clock goes to 12: 'es' → 'es-US'. */
export function regional(language: string): string {
  return language.includes('-') ? language : `${language}-US`;
}

// Making a format is slow and leaves much to be cleared away; there are few zones and languages: each is kept.
const formats = new Map<string, Intl.DateTimeFormat>();

/** Not every language has its dates here: English, then, rather than whatever the server speaks. */
function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat([regional(language), 'en'], options);
  formats.set(key, format);
  return format;
}

/** The calendar's day of a moment in an IANA time zone: YYYY-MM-DD. */
export function calendarDay(moment: Date, time_zone: string): string {
  // Swedish writes dates as ISO does.
  return formatOf('sv-SE', { timeZone: time_zone }).format(moment);
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
