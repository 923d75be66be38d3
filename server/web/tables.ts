import type { RequestHandler } from 'express';
import { calendarDay } from '../calendar.ts';
import { stateFacts } from '../legislators/states.ts';
import { publishedCsv, publishedData } from '../reports/published-shape.ts';
import type { PublishedSlice, PublishedTables } from '../reports/published-tables.ts';
import { dayIn, numberIn } from '../words/dates.ts';
import { changeLine } from './correction-lines.ts';
import { openToAll } from './open-to-all.ts';
import { type CampaignPage, drawPage, openCampaignPage, type Site } from './page.ts';
import { reportNames } from './report-names.ts';

/** The tables of two dimensions as a page: what is shown of which days, what is hidden, and why. */
export function showTables(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, t } = page;
    const { kept_back, slices, corrections } = await publishedOf(page);
    const latest = slices.toReversed();
    drawPage(page, res, 'tables', {
      heading: t('tables.title'),
      kept_back: kept_back && periodIn(page, kept_back),
      columns: latest.filter(({ name }) => name === 'legislator_by_day').map((slice) => drawn(page, slice)),
      partners: latest
        .filter(({ name }) => name === 'partner_by_division')
        .map((slice) => drawn(page, slice)),
      corrections: corrections.map((correction) => ({
        text: changeLine(t, correction, stateDay(page, correction.made_at)),
        reason: correction.reason,
      })),
      data: `/campaigns/${campaign.slug}/tables`,
    });
  };
}

/** The same as JSON for programs; any site may read it. */
export function tablesJson(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const data = publishedData(page.campaign.slug, await publishedOf(page));
    openToAll(res, 'no-cache').json(data);
  };
}

/** The same as CSV for spreadsheets; any site may read it. */
export function tablesCsvFile(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const csv = publishedCsv(await publishedOf(page));
    openToAll(res, 'no-cache').type('text/csv').attachment(`${page.campaign.slug}-tables.csv`).send(csv);
  };
}

function publishedOf({ site, campaign, is_sample }: CampaignPage): Promise<PublishedTables> {
  return site.parts.readPublished(campaign, is_sample);
}

/** A slice for the view: groups of lines, one group without a name where its table has but one dimension. */
function drawn(page: CampaignPage, slice: PublishedSlice) {
  const names = reportNames(page);
  const lines = slice.cells.map((cell) =>
    'legislator_id' in cell
      ? { group: '', label: names.legislator(cell.legislator_id), count: cell.completed_actions }
      : {
          group: names.partner(cell.partner),
          label: names.division(cell.division_id),
          count: cell.completed_actions,
        },
  );
  const most_first = lines.toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label));
  return {
    id: `${slice.name}-${slice.last_day}`,
    period: periodIn(page, slice),
    published: page.t('tables.published', { date: stateDay(page, slice.published_at) }),
    groups: [...Map.groupBy(most_first, ({ group }) => group)].map(([name, rows]) => ({
      name,
      rows: rows.map(({ label, count }) => ({ label, count: numberIn(page.t, count) })),
    })),
  };
}

function periodIn(
  { t }: CampaignPage,
  { first_day, last_day }: { first_day: string; last_day: string },
): string {
  const [first, last] = [dayIn(t, first_day), dayIn(t, last_day)];
  return first_day === last_day ? first : t('tables.period', { first, last });
}

function stateDay({ t, campaign }: CampaignPage, moment: string): string {
  return dayIn(t, calendarDay(new Date(moment), stateFacts(campaign.state).time_zone));
}
