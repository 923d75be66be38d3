import { calendarDay, clockTime } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Target } from '../campaigns/targets.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Expected, MailMode } from '../mail/letter.ts';
import { dayIn, weekdayIn } from '../words/dates.ts';
import { closedNotice } from './campaign.ts';
import { clockIn, timeOfDay } from './hours-in-words.ts';
import type { CampaignPage } from './page.ts';

/** That a letter to one target can be sent from here, as its card says it. */
export interface LetterOffer {
  /** When it would go, and what that means, in words. */
  when: string;
  /** Whether that is too late for the campaign: the supporter's own mail comes first then. */
  is_late: boolean;
  /** Whether this site is only trying it out: nothing leaves from it. */
  is_trial: boolean;
}

/** What is offered of sending from here. */
export interface LetterOffers {
  /** By the id of the target; those whom nothing is sent to are left out. */
  by_target: Map<string, LetterOffer>;
  /** False where the store did not say in time of all of them. */
  is_whole: boolean;
}

/** What is offered to these targets. */
export async function offersFor(page: CampaignPage, targets: Target[]): Promise<LetterOffers> {
  const { campaign, site } = page;
  const mode = sendingMode(page);
  const addressed = targets.flatMap(({ legislator: { id, email } }) =>
    email ? [{ legislator_id: id, email }] : [],
  );
  if (mode === undefined || addressed.length === 0) return { by_target: new Map(), is_whole: true };
  const expected = await site.expectLetters(campaign, addressed);
  const by_target = new Map(
    [...expected].flatMap(([id, answer]) =>
      typeof answer === 'string'
        ? []
        : [
            [
              id,
              { when: whenInWords(page, answer), is_late: !answer.is_in_time, is_trial: mode === 'preview' },
            ] as const,
          ],
    ),
  );
  return { by_target, is_whole: addressed.every(({ legislator_id }) => expected.has(legislator_id)) };
}

/** How letters are sent from here now; undefined where they are not: not offered, the campaign asks nothing, or all would come too late. */
export function sendingMode(page: CampaignPage): MailMode | undefined {
  const is_closed = closedNotice(page) !== undefined || isOfNoUse(page);
  // A preview shows the page as it will be.
  const shown: Campaign = page.is_preview ? { ...page.campaign, status: 'live', dates: {} } : page.campaign;
  return is_closed ? undefined : page.site.parts.letters.modeOf(shown, page.is_sample);
}

/** Whether the last day on which an e-mail is of use has gone by. */
function isOfNoUse({ campaign, site }: CampaignPage): boolean {
  const { deliver_by } = campaign.email;
  const today = calendarDay(site.parts.now(), stateFacts(campaign.state).time_zone);
  return deliver_by !== undefined && today > deliver_by;
}

/** When a letter would go: 'If you confirm soon, it goes to the office today, between 2 pm and 3 pm (Eastern time).' */
function whenInWords(page: CampaignPage, { goes_at, is_in_time }: Expected): string {
  const { t, campaign } = page;
  const { deliver_by } = campaign.email;
  const when = leavingInWords(page, goes_at);
  if (is_in_time || !deliver_by) return t('act.send.when', { when });
  return t('act.send.late', { when, date: dayIn(t, deliver_by) });
}

/** About when a letter leaves: 'today, between 2 pm and 3 pm (Eastern time)', 'about Monday, November 30', by the state's clock. */
export function leavingInWords(page: CampaignPage, moment: Date): string {
  const { t, campaign, site } = page;
  const state = stateFacts(campaign.state);
  const day = calendarDay(moment, state.time_zone);
  if (day > calendarDay(site.parts.now(), state.time_zone))
    return t('act.send.about_day', { day: weekdayIn(t, day, true) });
  const hour = Number(clockTime(moment, state.time_zone).slice(0, 2));
  const clock = (hours: number) => `${String(hours % 24).padStart(2, '0')}:00`;
  return t('act.send.today', {
    from: timeOfDay(t, clock(hour)),
    to: clockIn(page, clock(hour + 1), state),
  });
}
