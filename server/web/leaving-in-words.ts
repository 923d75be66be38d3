import { calendarDay, clockTime } from '../calendar.ts';
import type { StateFacts } from '../legislators/states.ts';
import { weekdayIn, zoneIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import { timeOfDay } from './hours-in-words.ts';

const HOUR_MS = 3_600_000;

/**
 * About when a letter leaves, for a sentence, by the state's clock: 'within the hour', 'today at about 10 am', 'on Monday,
 * January 4 at about 10 am (Eastern time)'.
 */
export function leavingInWords(
  t: Translate,
  goes_at: Date,
  { now, state }: { now: Date; state: StateFacts },
) {
  if (goes_at.getTime() - now.getTime() < HOUR_MS) return t('letter_link.goes.soon');
  const { time_zone, has_several_time_zones } = state;
  // To the minute it would be a promise.
  const about = new Date(Math.round(goes_at.getTime() / HOUR_MS) * HOUR_MS);
  const day = calendarDay(about, time_zone);
  const clock = timeOfDay(t, clockTime(about, time_zone));
  return t('letter_link.goes.at', {
    day:
      day === calendarDay(now, time_zone)
        ? t('act.hours.today')
        : t('act.hours.on_day', { day: weekdayIn(t, day, true) }),
    time: has_several_time_zones ? `${clock} (${zoneIn(t, time_zone, about)})` : clock,
  });
}
