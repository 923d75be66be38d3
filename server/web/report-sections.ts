import { COMPLETED } from '../actions/action.ts';
import { OFFICE_REPLIES } from '../actions/office-reply.ts';
import { FEWEST_ALIKE, MOST_OTHERWISE, PROPOSAL_DAYS } from '../actions/proposed-position.ts';
import { OTHER_CODES } from '../actions/visit-queries.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Report } from '../reports/report.ts';
import { type ReportView, visitsAgainstActions } from '../reports/report-views.ts';
import { dayIn, numberIn } from '../words/dates.ts';
import { chamberIn } from '../words/names.ts';
import { type BarChart, type BarRow, barChart, type TableRow } from './bar-chart.ts';
import { correctionLines } from './correction-lines.ts';
import { counted, languageRows } from './counted-rows.ts';
import { type DayChart, dayChart } from './day-chart.ts';
import { type DistrictMap, districtMap } from './district-map.ts';
import type { CampaignPage } from './page.ts';
import { letterSections } from './report-letters.ts';
import { reportNames } from './report-names.ts';
import { visitsChart, visitsColumns, visitsTable } from './visits-chart.ts';

/** One view as the report page shows it: what draws its charts, and the table behind them. */
export interface ReportSection {
  view: ReportView;
  title: string;
  columns: string[];
  rows: TableRow[];
  days?: DayChart | undefined;
  /** Maps, each under the name of its chamber. */
  maps?: { chamber: string; map: DistrictMap }[];
  bars?: BarChart | undefined;
  /** Whether the table is folded: the charts have told most of it. */
  is_folded: boolean;
}

/** A longer table of days is folded. */
const DAYS_AT_ONCE = 14;

/** What the report page shows of a report, in the language of the page. */
export function reportSections(page: CampaignPage, report: Report) {
  const { t } = page;
  const { totals } = report;
  const names = reportNames(page);
  const section = (view: ReportView, head: string, rows: BarRow[]): ReportSection => {
    const { title, rows: lines, chart } = counted(t, t(`totals.by_${view}`), rows);
    return {
      view,
      title,
      columns: [head, t('totals.counts')],
      rows: lines,
      bars: chart,
      is_folded: chart !== undefined,
    };
  };
  const rowsOf = <Row extends { completed_actions: number }>(rows: Row[], label: (row: Row) => string) =>
    rows.map((row) => ({ label: label(row), count: row.completed_actions }));
  const days = rowsOf(totals.by_day, ({ day }) => dayIn(t, day));
  return {
    outcomes: outcomeSection(page, report),
    sections: [
      {
        ...section('day', t('totals.day'), days),
        bars: undefined,
        days: dayChart(totals.by_day, t),
        is_folded: days.length > DAYS_AT_ONCE,
      },
      section(
        'legislator',
        t('totals.legislator'),
        rowsOf(totals.by_legislator, (row) => names.legislator(row.legislator_id)),
      ),
      mapped(
        section(
          'division',
          t('report.division'),
          rowsOf(totals.by_division, (row) => names.division(row.division_id)),
        ),
        mapsOf(page, report),
      ),
      section('language', t('totals.language'), languageRows(t, totals.by_language)),
      section('message_language', t('totals.language'), languageRows(t, totals.by_message_language)),
      ...(totals.by_variant.some(({ variant }) => variant !== '')
        ? [
            section(
              'variant',
              t('report.variant'),
              rowsOf(
                totals.by_variant,
                ({ type, variant }) => `${t(`totals.${type}`)}: ${variant || t('report.no_variant')}`,
              ),
            ),
          ]
        : []),
    ],
    partners: partnerSection(page, report),
    unknown_codes: (report.unknown_codes ?? []).map(({ code, visits, last_day }) =>
      code === OTHER_CODES
        ? t('report.other_codes', { count: visits, date: dayIn(t, last_day) })
        : t('report.unknown_code', { code, count: visits, date: dayIn(t, last_day) }),
    ),
    replies: report.replies && repliesSection(page, report.replies),
    letters: report.letters && letterSections(page, report.letters),
    corrections: correctionLines(page, totals.corrections),
    entered: enteredSection(page, report),
  };
}

/** A section by district with its maps, which tell what bars would. */
function mapped(section: ReportSection, maps: NonNullable<ReportSection['maps']>): ReportSection {
  return maps.length === 0 ? section : { ...section, maps, bars: undefined, is_folded: true };
}

/** A map for each chamber that has boundaries and anything counted. */
function mapsOf({ campaign, place, t }: CampaignPage, { totals }: Report) {
  if (!place) return [];
  return stateFacts(campaign.state).chambers.flatMap((chamber) => {
    const map = districtMap({ place, chamber, counts: totals.by_division }, t);
    return map ? [{ chamber: chamberIn(t, campaign.state, chamber), map }] : [];
  });
}

/** Visits against actions: of everyone, or of the one partner whose report it is. */
function partnerSection(page: CampaignPage, report: Report): ReportSection {
  const { t } = page;
  const names = reportNames(page);
  const title = t('totals.by_partner');
  const rows = visitsAgainstActions(report).map((row) => ({
    ...row,
    label: names.partner(row.partner),
    offline_actions: enteredBy(report, row.partner),
  }));
  return {
    view: 'partner',
    title,
    columns: visitsColumns(t('totals.partner'), t),
    rows: visitsTable(rows, t),
    bars: visitsChart(title, rows, t),
    is_folded: false,
  };
}

/** The completed actions that organizers entered for a partner and that were not taken out. */
function enteredBy({ offline }: Report, partner: string): number {
  return offline
    .filter((one) => one.partner === partner && COMPLETED.includes(one.status_code))
    .reduce((sum, { actions, excluded_actions }) => sum + actions - excluded_actions, 0);
}

/** Every outcome, those of the web and those that organizers entered apart. */
function outcomeSection({ t }: CampaignPage, { totals }: Report) {
  const rows = totals.by_status.map(({ origin, type, status_code, is_completed, actions }) => ({
    origin: t(`report.origin.${origin}`),
    type: t(`totals.${type}`),
    outcome: t(`totals.status.${status_code}`),
    is_completed,
    count: numberIn(t, actions),
  }));
  const bars = totals.by_status.map(
    ({ origin, type, status_code, is_completed, actions }): BarRow => ({
      label: t(`totals.status.${status_code}`),
      count: actions,
      is_completed,
      group: origin === 'web' ? t(`totals.${type}`) : `${t(`totals.${type}`)}, ${t('report.origin.offline')}`,
    }),
  );
  // Rows of one group stand together.
  const grouped = [...Map.groupBy(bars, ({ group }) => group).values()].flat();
  return { rows, bars: barChart(t('totals.by_type'), grouped, t) };
}

/** What offices said, for organizers alone. */
function repliesSection(page: CampaignPage, replies: NonNullable<Report['replies']>) {
  const { t } = page;
  const names = reportNames(page);
  return {
    columns: [
      t('totals.legislator'),
      ...OFFICE_REPLIES.map((reply) => t(`report.reply.${reply}`)),
      t('report.first_day'),
      t('report.last_day'),
    ],
    rows: replies.map((one) => ({
      label: names.legislator(one.legislator_id),
      cells: [
        ...OFFICE_REPLIES.map((reply) => numberIn(t, one.replies[reply])),
        dayIn(t, one.first_day),
        dayIn(t, one.last_day),
      ],
    })),
    rule: t('report.proposed_by', {
      alike: FEWEST_ALIKE,
      days: PROPOSAL_DAYS,
      share: Math.round(MOST_OTHERWISE * 100),
    }),
    proposed: replies.flatMap(({ legislator_id, proposed }) =>
      proposed
        ? [
            {
              text: t('report.proposed', {
                name: names.legislator(legislator_id),
                position: t(`report.position.${proposed.position}`),
                alike: proposed.alike,
                answers: proposed.answers,
              }),
              yaml: proposed.yaml,
            },
          ]
        : [],
    ),
  };
}

/** What organizers entered: each entry, with its note where that is for whoever reads. */
function enteredSection(page: CampaignPage, { offline, scope }: Report) {
  const { t } = page;
  const names = reportNames(page);
  const has_notes = scope === 'organizer';
  return {
    columns: [
      t('totals.day'),
      t('totals.outcome'),
      t('totals.legislator'),
      t('totals.partner'),
      ...(has_notes ? [t('report.note')] : []),
      t('totals.actions'),
      t('report.taken_out'),
    ],
    rows: offline.map((one) => ({
      label: dayIn(t, one.day),
      words: [
        `${t(`totals.${one.type}`)}, ${t(`totals.status.${one.status_code}`)}`,
        names.legislator(one.legislator_id),
        names.partner(one.partner),
        ...(has_notes ? [one.note ?? ''] : []),
      ],
      count: numberIn(t, one.actions),
      out: numberIn(t, one.excluded_actions),
    })),
  };
}
