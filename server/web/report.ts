import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { totalsCsv } from '../actions/totals-csv.ts';
import { calendarDay } from '../calendar.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Report } from '../reports/report.ts';
import type { ReportLink } from '../reports/report-token.ts';
import { REPORT_VIEWS, viewCsv, viewRows, viewsOf } from '../reports/report-views.ts';
import { dayIn, momentIn } from '../words/dates.ts';
import { type CampaignPage, drawPage, openPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { partnerTools } from './partner-tools.ts';
import { reportNames } from './report-names.ts';
import { reportSections } from './report-sections.ts';
import { firstOf, visitHref, visitOf } from './visit.ts';

/** A report that a good link opens. */
interface OpenReport {
  page: CampaignPage;
  link: ReportLink;
  token: string;
  report: Report;
}

/**
 * Opens the report that a link shows, whatever the campaign's status. 403 where the link is none of ours, is another
 * campaign's, has expired or was revoked; what can't be told from one that was never made is told as that.
 */
async function openReport(site: Site, req: Request): Promise<OpenReport> {
  const { report_tokens, isReportLinkKept, readReport, campaigns, rosters, now } = site.parts;
  const token = firstOf(req.query, 'link');
  const { slug } = req.params;
  const campaign = typeof slug === 'string' ? campaigns.byName(slug) : undefined;
  if (!campaign) throw new PageError(403, 'report_wrong');
  const checked = report_tokens.check(token, [campaign.slug, ...campaign.former_slugs], now());
  if (checked.state === 'forged') throw new PageError(403, 'report_wrong');
  if (checked.state === 'expired') throw new PageError(403, 'report_expired');
  if (!(await isReportLinkKept(checked.link))) throw new PageError(403, 'report_revoked');
  const opened = openPage(site, req);
  const place = rosters.get(campaign.state);
  const interface_languages = site.locales.languages;
  const visit = { ...visitOf(req, campaign, { interface_languages, preview: '' }), partner: '' };
  const page: CampaignPage = {
    ...opened,
    campaign,
    place,
    visit,
    t: site.locales.translate(visit.page_language),
    is_sample: place?.roster.is_sample ?? false,
    is_preview: false,
  };
  const report = await readReport(campaign, {
    partner: checked.link.partner,
    is_sample: page.is_sample,
    addresses: place?.roster.legislators.flatMap(({ email }) => email ?? []),
  });
  return { page, link: checked.link, token, report };
}

/** The report as a page: every view as a chart with its table. */
export function showReport(site: Site): RequestHandler {
  return async (req, res) => {
    const { page, link, token, report } = await openReport(site, req);
    const { campaign, t } = page;
    const { time_zone } = stateFacts(campaign.state);
    const partner = campaign.partners.find(({ code }) => code === link.partner);
    const path = `/reports/${campaign.slug}`;
    const dataHref = (name: string) => visitHref(page.visit, `${path}/${name}`, [['link', token]]);
    drawPage(page, res, 'report', {
      heading: t('report.title'),
      is_private: true,
      report,
      totals: report.totals,
      is_organizer: report.scope === 'organizer',
      whose: link.partner && (partner?.name ?? link.partner),
      expires: dayIn(t, calendarDay(new Date(link.expires_at), time_zone)),
      counted_up_to: countedUpTo(page, report),
      version: versionOf(site, report),
      version_href: dataHref('version'),
      views: viewsOf(report),
      dataHref,
      ...reportSections(page, report),
      tools: partner && partnerTools(page, req, partner),
    });
  };
}

/** A text that changes whenever the report does: by it an open page knows when to be drawn anew. And up to when it is counted. */
export function reportVersion(site: Site): RequestHandler {
  return async (req, res) => {
    const { page, report } = await openReport(site, req);
    res.json({ version: versionOf(site, report), counted_up_to: countedUpTo(page, report) });
  };
}

/** Up to when the numbers are counted, in words. */
function countedUpTo({ t, campaign }: CampaignPage, { as_of }: Report): string {
  return t('totals.as_of', {
    date: momentIn(t, new Date(as_of), stateFacts(campaign.state).time_zone),
  });
}

/** The moment at which numbers were read changes none of them. */
function versionOf(site: Site, report: Report): string {
  return createHash('sha256')
    .update(JSON.stringify(report, (name, value) => (name === 'as_of' ? undefined : value)))
    .update(site.asset('report.js'))
    .digest('base64url')
    .slice(0, 16);
}

/** The whole report as JSON. */
export function reportJson(site: Site): RequestHandler {
  return async (req, res) => {
    const { report } = await openReport(site, req);
    res.json(report);
  };
}

/** The whole report as CSV. */
export function reportCsv(site: Site): RequestHandler {
  return async (req, res) => {
    const { report } = await openReport(site, req);
    sendCsv(res, fileName(report, 'report'), totalsCsv(report.totals));
  };
}

/** Where the views of a report are, as JSON or as CSV. */
export function reportViews(format: 'json' | 'csv'): string[] {
  return REPORT_VIEWS.map((view) => `/reports/:slug/${view}.${format}`);
}

/** One view of the report, as JSON or as CSV. */
export function reportView(site: Site, format: 'json' | 'csv'): RequestHandler {
  return async (req, res) => {
    const opened = await openReport(site, req);
    const { page, report } = opened;
    const view = viewsOf(report).find((name) => req.path.endsWith(`/${name}.${format}`));
    // It is one that this link does not open.
    if (!view) throw new PageError(403, 'report_wrong');
    const names = reportNames(page);
    if (format === 'csv') return sendCsv(res, fileName(report, view), viewCsv(report, view, names));
    const { campaign_slug, scope, partner, as_of, is_sample } = report;
    const rows = viewRows(report, view, names);
    res.json({ schema_version: 1, campaign_slug, scope, partner, as_of, is_sample, view, rows });
  };
}

/** Whose figures a file holds stands in its name: several lie in one folder of downloads. */
function fileName({ campaign_slug, partner }: Report, what: string): string {
  return `${campaign_slug}-${partner || 'all'}-${what}.csv`;
}

function sendCsv(res: Response, name: string, csv: string): void {
  // These are opened in spreadsheets: without this mark Excel takes UTF-8 for an older code, and José for JosÃ©.
  res.type('text/csv').attachment(name).send(`\uFEFF${csv}`);
}
