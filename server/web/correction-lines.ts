import type { Totals } from '../actions/totals.ts';
import { calendarDay } from '../calendar.ts';
import { stateFacts } from '../legislators/states.ts';
import { dayIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import type { CampaignPage } from './page.ts';

/** What was taken out or put back, the latest first, in a sentence that ends with its reason. */
export function correctionLines(
  { t, campaign }: Pick<CampaignPage, 't' | 'campaign'>,
  corrections: Totals['corrections'],
): string[] {
  const { time_zone } = stateFacts(campaign.state);
  return corrections
    .map(({ kind, made_at, completed_actions, reason }) =>
      t(`totals.corrections.${kind}${completed_actions === 0 ? '_none' : ''}`, {
        date: dayIn(t, calendarDay(new Date(made_at), time_zone)),
        count: Math.abs(completed_actions),
        reason,
      }),
    )
    .toReversed();
}

/** What was taken out or put back, without its reason; `date` is the day in words. */
export function changeLine(
  t: Translate,
  { kind, completed_actions }: Totals['corrections'][number],
  date: string,
): string {
  const key = kind === 'readmit' ? 'put_back' : 'taken_out';
  return t(`figure.${key}${completed_actions === 0 ? '_none' : ''}`, {
    count: Math.abs(completed_actions),
    date,
  });
}
