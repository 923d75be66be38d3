/** What holds for one day. */
export interface DayValue<Value> {
  /** Today's: made when it is first asked for. */
  today: () => Value;
  /** Lets go of it: whoever comes next gets another. */
  forget: () => void;
}

/** Keeps a value for a day (UTC), and lets go of it at the day's end, whether or not anyone asks again. `day`: 2026-11-30. */
export function keepForDay<Value>(now: () => Date, make: (day: string) => Value): DayValue<Value> {
  let kept: { day: string; value: Value; forgetting: NodeJS.Timeout } | undefined;
  const forget = () => {
    clearTimeout(kept?.forgetting);
    kept = undefined;
  };
  return {
    forget,
    today: () => {
      const moment = now();
      const day = moment.toISOString().slice(0, 'YYYY-MM-DD'.length);
      if (kept?.day !== day) {
        forget();
        const left_ms = new Date(moment).setUTCHours(24, 0, 0, 0) - moment.getTime();
        kept = { day, value: make(day), forgetting: setTimeout(forget, left_ms).unref() };
      }
      return kept.value;
    },
  };
}
