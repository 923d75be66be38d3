import { z } from 'zod';
import { WEEKDAYS } from '../calendar.ts';
import type { OfficeHours } from '../legislators/office-hours.ts';

/**
 * Monday to Friday from 8 am to 5 pm by the state's clock, without holidays: what offices are taken to keep where a
 * campaign says nothing else. This is a rule of ours: no source tells the hours of legislators' offices.
 */
export const USUAL_HOURS: OfficeHours = {
  opens: '08:00',
  closes: '17:00',
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  holidays: [],
};

// Each message goes on after the name of its field: 'opens' must be a time of day.
const TIME = 'must be a time of day from 00:00 to 23:59, for example 08:00 or 17:30';
/** '8:00' is as good as '08:00'. */
const time = z
  .string(TIME)
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, { error: TIME, abort: true })
  .transform((written) => written.padStart('HH:MM'.length, '0'));
const DAYS = `must be a list of days in small letters: [${USUAL_HOURS.days.join(', ')}]`;
const HOLIDAY = 'must be days of the calendar, written YYYY-MM-DD, for example 2026-12-25';
const HOLIDAYS = 'must be a list of days of the calendar, written YYYY-MM-DD: [2026-11-26, 2026-12-25]';

/** The field office_hours of campaign.yaml: each of its keys may be left out, and is then as usual. */
export const officeHours = z
  .strictObject(
    {
      opens: time.default(USUAL_HOURS.opens).describe('By the clock of the state’s capital: 08:00'),
      closes: time.default(USUAL_HOURS.closes).describe('On the same day, by the same clock: 17:00'),
      days: z
        .array(z.enum(WEEKDAYS, `must be one of: ${WEEKDAYS.join(', ')}`), DAYS)
        .min(1, 'is empty: name at least one day of the week')
        .default(USUAL_HOURS.days)
        .describe('Days of the week on which the offices are open: [monday, friday]'),
      holidays: z
        .array(z.iso.date(HOLIDAY), HOLIDAYS)
        .default(USUAL_HOURS.holidays)
        .describe('Days on which the offices stay closed: 2026-12-25'),
    },
    'must have opens, closes, days or holidays below it',
  )
  .refine(({ opens, closes }) => opens < closes, {
    path: ['closes'],
    error: ({ input }) => `must come after ${(input as OfficeHours).opens}, when the offices open`,
  })
  .default(USUAL_HOURS)
  .describe('When the offices are usually open');
