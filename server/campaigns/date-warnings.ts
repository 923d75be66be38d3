import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';

/**
 * Days of a campaign that do not fit each other, or that are past on a day of the state (an ISO date). None of one that is
 * over by its status: all of its days will be past.
 */
export function dateWarnings(
  { status, dates, bills, office_hours }: Campaign,
  today: string,
): CampaignWarning[] {
  if (['won', 'lost', 'archived'].includes(status)) return [];
  const is_over = dates.ends !== undefined && dates.ends < today;
  const past = `in the state it is ${today}`;
  const { holidays } = office_hours;
  return [
    ...(is_over
      ? [
          {
            path: ['dates', 'ends'],
            message: `This day is past (${past}): the campaign asks nothing any more. Give it a later day if it goes on.`,
          },
        ]
      : []),
    ...bills.flatMap(({ session_ends, identifier }, index): CampaignWarning[] => {
      if (session_ends === undefined) return [];
      const path = ['bills', index, 'session_ends'];
      if (dates.starts !== undefined && session_ends < dates.starts) {
        const message = `The session of ${identifier} ends before the campaign starts, on ${dates.starts}. Correct one of the two days, or name the bill of the session to come.`;
        return [{ path, message }];
      }
      if (is_over || session_ends >= today) return [];
      const message = `The session of ${identifier} is over (${past}), so what legislators did on it is told as of the past. If the bill is filed again, name the new one.`;
      return [{ path, message }];
    }),
    ...(!is_over && holidays.length > 0 && holidays.every((day) => day < today)
      ? [
          {
            path: ['office_hours', 'holidays'],
            message: `Every holiday that is listed is past (${past}). Add those to come, or supporters are sent to closed offices.`,
          },
        ]
      : []),
  ];
}
