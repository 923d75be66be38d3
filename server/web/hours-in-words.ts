import { WEEKDAYS } from '../calendar.ts';
import { officesAt } from '../legislators/office-hours.ts';
import { type StateFacts, stateFacts } from '../legislators/states.ts';
import { timeIn, weekdayIn, zoneIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import { listIn } from '../words/names.ts';
import { type CampaignPage, placeOf } from './page.ts';

/** From a week on the name of a day alone would be taken for an earlier one. */
const WEEK_DAYS = 7;

/**
 * Whether offices are usually open now, and until when or from when on, in words: by the state's clock, with its zone
 * where the state has several.
 */
export function hoursInWords(page: CampaignPage): { is_open: boolean; text: string } {
  const { t, campaign, site } = page;
  const state = stateFacts(placeOf(page).roster.state);
  const offices = officesAt(campaign.office_hours, state.time_zone, site.parts.now());
  if (offices.is_open)
    return { is_open: true, text: t('act.hours.open', { time: clockIn(page, offices.closes, state) }) };
  const { day, days_ahead } = offices;
  const weekday = weekdayIn(t, day, days_ahead >= WEEK_DAYS);
  return {
    is_open: false,
    text: t('act.hours.closed', {
      day: days_ahead === 0 ? t('act.hours.today') : t('act.hours.on_day', { day: weekday }),
      time: clockIn(page, offices.opens, state),
    }),
  };
}

/** A Sunday: days of the week are named from dates. */
const SUNDAY = '2023-01-0';

/** When offices are usually open, on whatever day one reads it: 'Monday to Friday, from 8 am to 5 pm (Eastern time)'. */
export function usualHoursInWords(page: CampaignPage): string {
  const { t, campaign } = page;
  const { opens, closes, days } = campaign.office_hours;
  const places = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [index] : []));
  const nameOf = (index: number) => weekdayIn(t, `${SUNDAY}${index + 1}`);
  const [first, last] = [places[0]!, places.at(-1)!];
  const is_run = places.length > 2 && last - first === places.length - 1;
  return t('phone_bank.hours', {
    days: is_run
      ? t('phone_bank.days', { first: nameOf(first), last: nameOf(last) })
      : listIn(t, places.map(nameOf)),
    opens: timeOfDay(t, opens),
    closes: clockIn(page, closes, stateFacts(campaign.state)),
  });
}

/** '5 pm (Eastern time)', 'noon', 'las 5 p.m. (hora del Este)'. */
export function clockIn({ t, site }: CampaignPage, time: string, state: StateFacts): string {
  const clock = timeOfDay(t, time);
  return state.has_several_time_zones ? `${clock} (${zoneIn(t, state.time_zone, site.parts.now())})` : clock;
}

/** 'las 5 p.m.'; noon and midnight by their names, for 12 am and 12 pm are easily mistaken. */
export function timeOfDay(t: Translate, time: string): string {
  if (time === '12:00') return t('act.hours.noon');
  if (time === '00:00') return t('act.hours.midnight');
  // Languages say one o'clock otherwise than the rest.
  const count = Number(time.slice(0, 2)) % 12 || 12;
  return t('act.hours.clock', { count, time: timeIn(t, time) });
}
