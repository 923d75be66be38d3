import { stateFacts } from '../legislators/states.ts';
import type { Report } from '../reports/report.ts';
import type { ReportView } from '../reports/report-views.ts';
import { dayIn, momentIn } from '../words/dates.ts';
import { languageIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';
import { reportNames } from './report-names.ts';

/** One view as the report page shows it: a table, and what draws its chart. */
export interface ReportSection {
  view: ReportView;
  title: string;
  /** What the rows are, in a word. */
  head: string;
  rows: { label: string; count: number }[];
}

/** What the report page shows of a report, in the language of the page. */
export function reportSections(page: CampaignPage, report: Report) {
  const { t, campaign } = page;
  const { totals } = report;
  const names = reportNames(page);
  const { time_zone } = stateFacts(campaign.state);
  const section = (view: ReportView, head: string, rows: ReportSection['rows']): ReportSection => ({
    view,
    title: t(`totals.by_${view}`),
    head,
    rows,
  });
  const counted = <Row extends { completed_actions: number }>(rows: Row[], label: (row: Row) => string) =>
    rows.map((row) => ({ label: label(row), count: row.completed_actions }));
  const languageName = (language: string) =>
    language === '' ? t('report.no_language') : languageIn(t, language);
  return {
    outcomes: outcomeRows(page, report),
    sections: [
      section(
        'day',
        t('totals.day'),
        counted(totals.by_day, ({ day }) => dayIn(t, day)),
      ),
      section(
        'legislator',
        t('totals.legislator'),
        counted(totals.by_legislator, (row) => names.legislator(row.legislator_id)),
      ),
      section(
        'division',
        t('report.division'),
        counted(totals.by_division, (row) => names.division(row.division_id)),
      ),
      section(
        'language',
        t('totals.language'),
        counted(totals.by_language, (row) => languageName(row.language)),
      ),
      section(
        'message_language',
        t('totals.language'),
        counted(totals.by_message_language, (row) => languageName(row.language)),
      ),
      ...(totals.by_variant.some(({ variant }) => variant !== '')
        ? [
            section(
              'variant',
              t('report.variant'),
              counted(
                totals.by_variant,
                ({ type, variant }) => `${t(`totals.${type}`)}: ${variant || t('report.no_variant')}`,
              ),
            ),
          ]
        : []),
    ],
    partners: counted(totals.by_partner, (row) => names.partner(row.partner)),
    corrections: totals.corrections.map(({ id, kind, made_at, reason, completed_actions }) => ({
      id,
      kind,
      made: momentIn(t, new Date(made_at), time_zone),
      reason,
      count: Math.abs(completed_actions),
    })),
  };
}

/** Every outcome, those of the web and those that organizers entered apart. */
function outcomeRows({ t }: CampaignPage, { totals }: Report) {
  return totals.by_status.map(({ origin, type, status_code, is_completed, actions }) => ({
    origin: t(`report.origin.${origin}`),
    type: t(`totals.${type}`),
    outcome: t(`totals.status.${status_code}`),
    is_completed,
    count: actions,
  }));
}
