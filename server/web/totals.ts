import type { RequestHandler, Response } from 'express';
import { ACTION_TYPES, COMPLETED, SELF_REPORTED, STATUS_CODES } from '../actions/action.ts';
import type { Totals } from '../actions/totals.ts';
import { totalsCsv } from '../actions/totals-csv.ts';
import { stateFacts } from '../legislators/states.ts';
import { dayIn, momentIn } from '../words/dates.ts';
import { languageIn, nameIn } from '../words/names.ts';
import { dayChart } from './day-chart.ts';
import { type CampaignPage, drawPage, openCampaignPage, type Site } from './page.ts';

/** The totals as a page: the numbers, what each means, and a chart by day with its table. */
export function showTotals(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, t } = page;
    const totals = await site.parts.readTotals(campaign, page.is_sample);
    drawPage(page, res, 'totals', {
      heading: t('totals.title'),
      totals,
      as_of: momentIn(t, new Date(totals.as_of), stateFacts(campaign.state).time_zone),
      by_type: typeRows(page, totals),
      by_day: totals.by_day.map((row) => ({
        label: dayIn(t, row.day),
        count: row.completed_actions,
      })),
      chart: dayChart(totals.by_day, t),
      by_legislator: totals.by_legislator.map((row) => ({
        label: legislatorName(page, row.legislator_id),
        count: row.completed_actions,
      })),
      by_partner: totals.by_partner.map((row) => ({
        label:
          campaign.partners.find((partner) => partner.code === row.partner)?.name ??
          (row.partner || t('totals.no_partner')),
        count: row.completed_actions,
      })),
      by_language: totals.by_language.map((row) => ({
        label: languageIn(t, row.language),
        count: row.completed_actions,
      })),
      by_message_language: totals.by_message_language.map((row) => ({
        label: languageIn(t, row.language),
        count: row.completed_actions,
      })),
    });
  };
}

/** The totals as JSON for programs; any site may read them. */
export function totalsJson(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const totals = await site.parts.readTotals(page.campaign, page.is_sample);
    openToAll(res).json(totals);
  };
}

/** The totals as CSV for spreadsheets; any site may read them. */
export function totalsCsvFile(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const totals = await site.parts.readTotals(page.campaign, page.is_sample);
    openToAll(res).type('text/csv').attachment(`${page.campaign.slug}-totals.csv`).send(totalsCsv(totals));
  };
}

function openToAll(res: Response): Response {
  return res.set({
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'no-cache',
  });
}

/** Every outcome that supporters report; those of mail that the server sends where there are any. */
function typeRows({ t }: CampaignPage, totals: Totals) {
  return ACTION_TYPES.map((type) => ({
    kind: t(`totals.${type}`),
    rows: STATUS_CODES[type]
      .map((status) => ({ status, count: totals.by_type[type][status] ?? 0 }))
      .filter(({ status, count }) => count > 0 || SELF_REPORTED.includes(status))
      .map(({ status, count }) => ({
        outcome: t(`totals.status.${status}`),
        count,
        is_completed: COMPLETED.includes(status),
      })),
  }));
}

function legislatorName(page: CampaignPage, id: string): string {
  if (id === '') return page.t('report.no_legislator');
  // Without a roster nobody here knows who that is, nor whether they still sit.
  if (!page.place) return id;
  const legislator = page.place.roster.legislator(id);
  return legislator ? nameIn(page.t, legislator) : page.t('totals.former', { id });
}
