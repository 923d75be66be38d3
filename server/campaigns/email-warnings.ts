import { daysAfter, weekdayOf } from '../calendar.ts';
import type { Roster } from '../legislators/legislator.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';

/**
 * What keeps e-mails from being sent from here, or lets them come too late: on a day of the state (an ISO date), and by the
 * roster of the state where one is at hand. None of a campaign that is over.
 */
export function emailWarnings(
  campaign: Campaign,
  today: string,
  roster: Roster | undefined,
): CampaignWarning[] {
  const { status, dates, email } = campaign;
  const is_over = dates.ends !== undefined && dates.ends < today;
  if (is_over || ['won', 'lost', 'archived'].includes(status)) return [];
  const { send, deliver_by } = email;
  return [
    ...(deliver_by === undefined ? [] : dayWarning({ ...campaign, deliver_by }, today)),
    ...(send && roster && !hasAddress(campaign, roster)
      ? [
          {
            path: ['email', 'send'],
            message: `None of those whom you ask has an e-mail address, as of ${roster.as_of}, so nothing can be sent to them. Add addresses to legislators.overrides.yaml, or write send: false.`,
          },
        ]
      : []),
  ];
}

/** The first thing that is wrong with the day: what else there is follows from it, or passes with it. */
function dayWarning(
  { email, dates, office_hours, deliver_by }: Campaign & { deliver_by: string },
  today: string,
): CampaignWarning[] {
  const told = (message: string) => [{ path: ['email', 'deliver_by'], message }];
  if (!email.send)
    return told(
      'Nothing is sent from here, so this day does nothing. Write send: true beside it, or take it out.',
    );
  if (deliver_by < today)
    return told(
      `This day is past (in the state it is ${today}): an e-mail sent from here comes too late. Give it a later day, or write send: false.`,
    );
  if (dates.ends !== undefined && deliver_by > dates.ends)
    return told(
      `The campaign ends before this day, on ${dates.ends}. Give it an earlier day, or let the campaign go on.`,
    );
  const isClosed = (day: string) =>
    !office_hours.days.includes(weekdayOf(day)) || office_hours.holidays.includes(day);
  if (!isClosed(deliver_by)) return [];
  const why = office_hours.holidays.includes(deliver_by)
    ? 'is one of your holidays'
    : `is a ${capital(weekdayOf(deliver_by))}`;
  let open = daysAfter(deliver_by, -1);
  // Ends, for a list of holidays does.
  while (isClosed(open)) open = daysAfter(open, -1);
  return told(
    `Offices are closed on this day: it ${why}. E-mails go out while they are open, the last before it on ${open}. Write that day, or correct office_hours.`,
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Whether anyone who may be asked has an address: those whom the bill's way leaves out today may be asked tomorrow. */
function hasAddress({ targets }: Campaign, roster: Roster): boolean {
  const named = [...targets.extra, ...(targets.fallback ? [targets.fallback] : [])].map(
    ({ person_id }) => person_id,
  );
  return roster.legislators.some(
    ({ id, email, current_role }) =>
      Boolean(email) && (named.includes(id) || targets.chambers.includes(current_role.org_classification)),
  );
}
