import { calendarDay, clockTime, daysAfter, type Weekday, weekdayOf } from '../calendar.ts';

/**
 * When the offices of a state's legislators are usually open. No source tells it of each office: these are hours for all
 * of them, by the state's clock.
 */
export interface OfficeHours {
  /** 'HH:MM', from '00:00' to '23:59'. */
  opens: string;
  /** 'HH:MM', later than `opens`: the first minute at which they are closed. */
  closes: string;
  /** At least one. */
  days: Weekday[];
  /** ISO dates on which they stay closed. */
  holidays: string[];
}

/** Whether offices are usually open at a moment, and until when; or when they usually open next. */
export type OfficesNow =
  | {
      is_open: true;
      /** 'HH:MM' of the same day. */
      closes: string;
    }
  | {
      is_open: false;
      /** ISO date of the state's day on which they open. */
      day: string;
      /** How many days that is from the state's today: 0 later today. */
      days_ahead: number;
      /** 'HH:MM' of that day. */
      opens: string;
    };

/**
 * Offices at a moment, by the clock of an IANA time zone. Days and clocks are compared as they are written, so that a
 * change of the clocks makes no day longer or shorter.
 */
export function officesAt(hours: OfficeHours, time_zone: string, now: Date): OfficesNow {
  const today = calendarDay(now, time_zone);
  const time = clockTime(now, time_zone);
  const isWorkday = (day: string) => hours.days.includes(weekdayOf(day)) && !hours.holidays.includes(day);
  if (isWorkday(today) && hours.opens <= time && time < hours.closes)
    return { is_open: true, closes: hours.closes };
  let days_ahead = time < hours.opens ? 0 : 1;
  // Ends, for a list of holidays does.
  while (!isWorkday(daysAfter(today, days_ahead))) days_ahead += 1;
  return { is_open: false, day: daysAfter(today, days_ahead), days_ahead, opens: hours.opens };
}
