import { calendarDay } from '../calendar.ts';
import { stateFacts } from '../legislators/states.ts';
import type { ReportLetters } from '../reports/report-letters.ts';
import { dayIn, momentIn, numberIn } from '../words/dates.ts';
import { nameIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';
import { reportNames } from './report-names.ts';

/** What the report page shows of the e-mails that this site sends: undefined parts where there is nothing to tell. */
export function letterSections(page: CampaignPage, { queue, set_aside, answers }: ReportLetters) {
  const { t, campaign, place } = page;
  const { time_zone } = stateFacts(campaign.state);
  const names = reportNames(page);
  const of = (address: string) =>
    place?.roster.legislators.filter(({ email }) => email?.toLowerCase() === address) ?? [];
  return {
    queue: queue.length > 0 && {
      columns: [t('report.letters.state'), t('report.letters.letters'), t('report.letters.oldest')],
      rows: queue.map(({ state, reason, letters, oldest_at }) => ({
        label:
          reason === ''
            ? t(`report.letters.states.${state}`)
            : t('report.letters.because', {
                state: t(`report.letters.states.${state}`),
                reason: t(`report.letters.reasons.${reason}`),
              }),
        cells: [numberIn(t, letters), oldest_at === '' ? '–' : momentIn(t, new Date(oldest_at), time_zone)],
      })),
      has_held: queue.some(({ state }) => state === 'held'),
    },
    set_aside: set_aside.map(({ address, since, hard_bounces }) => {
      const told = {
        address: [...of(address).map((legislator) => nameIn(t, legislator)), address].join(', '),
        date: dayIn(t, calendarDay(new Date(since), time_zone)),
        count: hard_bounces,
      };
      return t('report.letters.set_aside', told);
    }),
    answers: answers.length > 0 && {
      columns: [t('totals.legislator'), t('report.letters.answers')],
      rows: answers.map(({ legislator_id, answers: count }) => ({
        label: names.legislator(legislator_id),
        cells: [numberIn(t, count)],
      })),
    },
  };
}
