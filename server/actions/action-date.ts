const HOUR_MS = 3_600_000;

/** The moment rounded down to the hour, ISO in UTC: all that an action keeps of when it was. */
export function actionDate(moment: Date): string {
  return new Date(Math.floor(moment.getTime() / HOUR_MS) * HOUR_MS).toISOString();
}
