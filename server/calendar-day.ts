const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar's day of a moment in an IANA time zone: YYYY-MM-DD. */
export function calendarDay(moment: Date, time_zone: string): string {
  // Swedish writes dates as ISO does. Making a format is slow, and there are few zones: each is kept.
  const format = formats.get(time_zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: time_zone });
  formats.set(time_zone, format);
  return format.format(moment);
}
