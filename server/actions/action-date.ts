const HOUR_MS = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The moment rounded down to the hour, ISO in UTC: all that an action keeps of when it was. */
export function actionDate(moment: Date): string {
  return new Date(Math.floor(moment.getTime() / HOUR_MS) * HOUR_MS).toISOString();
}

/** The state's day of an action date: YYYY-MM-DD in an IANA time zone. */
export function actionDay(action_date: string, time_zone: string): string {
  // Swedish writes dates as ISO does.
  const format = formats.get(time_zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: time_zone });
  formats.set(time_zone, format);
  return format.format(new Date(action_date));
}
