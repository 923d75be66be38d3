import type { RequestHandler } from 'express';
import { totalsCsv } from '../actions/totals-csv.ts';
import { stateFacts } from '../legislators/states.ts';
import { dayIn, momentIn } from '../words/dates.ts';
import { nameIn } from '../words/names.ts';
import { tableRows } from './bar-chart.ts';
import { correctionLines } from './correction-lines.ts';
import { counted, languageRows, typeRows } from './counted-rows.ts';
import { dayChart } from './day-chart.ts';
import { openToAll } from './open-to-all.ts';
import { type CampaignPage, drawPage, openCampaignPage, type Site } from './page.ts';

/** The totals as a page: the numbers, what each means, and a chart by day with its table. */
export function showTotals(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, t } = page;
    const { time_zone } = stateFacts(campaign.state);
    const totals = await site.parts.readTotals(campaign, page.is_sample);
    const figures = await site.parts.listFigures(campaign);
    drawPage(page, res, 'totals', {
      heading: t('totals.title'),
      totals,
      as_of: momentIn(t, new Date(totals.as_of), time_zone),
      by_type: typeRows(t, totals),
      by_day: tableRows(
        totals.by_day.map((row) => ({ label: dayIn(t, row.day), count: row.completed_actions })),
        t,
      ),
      chart: dayChart(totals.by_day, t),
      by_legislator: counted(
        t,
        t('totals.by_legislator'),
        totals.by_legislator.map((row) => ({
          label: legislatorName(page, row.legislator_id),
          count: row.completed_actions,
        })),
      ),
      by_partner: counted(
        t,
        t('totals.by_partner'),
        totals.by_partner.map((row) => ({
          label:
            campaign.partners.find((partner) => partner.code === row.partner)?.name ??
            (row.partner || t('totals.no_partner')),
          count: row.completed_actions,
        })),
      ),
      by_language: counted(t, t('totals.by_language'), languageRows(t, totals.by_language)),
      by_message_language: counted(
        t,
        t('totals.by_message_language'),
        languageRows(t, totals.by_message_language),
      ),
      figures: figures.map(({ id, frozen_at, note }) => ({
        path: `/figures/${id}`,
        label: momentIn(t, new Date(frozen_at), time_zone),
        note,
      })),
      corrections: correctionLines(page, totals.corrections),
    });
  };
}

/** The totals as JSON for programs; any site may read them. */
export function totalsJson(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const totals = await site.parts.readTotals(page.campaign, page.is_sample);
    openToAll(res, 'no-cache').json(totals);
  };
}

/** The totals as CSV for spreadsheets; any site may read them. */
export function totalsCsvFile(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const totals = await site.parts.readTotals(page.campaign, page.is_sample);
    openToAll(res, 'no-cache')
      .type('text/csv')
      .attachment(`${page.campaign.slug}-totals.csv`)
      .send(totalsCsv(totals));
  };
}

function legislatorName(page: CampaignPage, id: string): string {
  if (id === '') return page.t('totals.not_said');
  // Without a roster nobody here knows who that is, nor whether they still sit.
  if (!page.place) return id;
  const legislator = page.place.roster.legislator(id);
  return legislator ? nameIn(page.t, legislator) : page.t('totals.former', { id });
}
