import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { inLanguage } from '../campaigns/local-text.ts';
import type { FrozenFigure } from '../reports/frozen-figure.ts';
import type { StoredFigure } from '../reports/frozen-queries.ts';
import { dayIn, momentIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import { nameIn } from '../words/names.ts';
import { changeLine } from './correction-lines.ts';
import { counted, languageRows, typeRows } from './counted-rows.ts';
import { openToAll } from './open-to-all.ts';
import { drawPage, openPage, publicUrl, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { figurePreview } from './share.ts';

/** Ids as they are made, and no longer than a slug makes them: what else is asked for reaches no database. */
const ID = /^[a-z0-9-]{1,120}$/;
/** The bytes never change, and are sent as they are: an exact ETag (RFC 9110, section 8.8.1) would not be true of packed ones. */
const FOR_GOOD = 'public, max-age=31536000, immutable, no-transform';

/** A figure for the press as a page, drawn from its row alone; below it, read now, what was taken out since. */
export function showFigure(site: Site): RequestHandler {
  return async (req, res) => {
    const { figure } = await figureOf(site, req);
    const page = openPage(site, req);
    const { t, visit } = page;
    const campaign = campaignNow(site, figure);
    const { corrections, taken_out } = await site.parts.readCorrectionsSince(figure, campaign);
    const title = inLanguage(figure.title, visit.page_language).text;
    // A language that the interface learned later has no words in the row.
    const as_of =
      figure.as_of_in_words[visit.page_language] ?? momentIn(t, new Date(figure.as_of), figure.time_zone);
    const address = publicUrl(page, req, `/figures/${figure.id}`);
    const count = t('figure.count', { count: figure.completed_actions });
    const description = t('figure.fixed', { date: as_of });
    drawPage(page, res, 'figure', {
      heading: title,
      result: count,
      description,
      figure,
      count,
      as_of,
      definition: definitionIn(figure, visit.page_language),
      citation: t('figure.citation', {
        title: title,
        count: figure.completed_actions,
        date: as_of,
        address,
      }),
      // A draft is not there for whoever has no link to it.
      live: campaign && campaign.status !== 'draft' ? `/campaigns/${campaign.slug}/totals` : undefined,
      ...tablesOf(t, figure),
      corrections: figure.corrections.map((one) => correctionRow(t, figure, one)),
      is_less_since: taken_out > 0,
      since: corrections.map((one) => correctionRow(t, figure, one)),
      // Numbers of real actions, whatever else the site shows: no campaign of it is named a sample here.
      is_sample: false,
      link_preview: figurePreview(
        { visit, title: `${count} – ${title}`, description },
        { url: address, spoken: site.locales.languages },
      ),
    });
  };
}

/** A figure as JSON, the same bytes for ever; any site may read it. */
export function figureJson(site: Site): RequestHandler {
  return async (req, res) => {
    const { json } = await figureOf(site, req);
    const digest = createHash('sha256').update(json).digest('base64url');
    openToAll(res, FOR_GOOD).set('ETag', `"${digest}"`);
    res.type('json').send(json);
  };
}

/** What was taken out of a figure since it was fixed, as JSON; any site may read it. */
export function figureCorrectionsJson(site: Site): RequestHandler {
  return async (req, res) => {
    const { figure } = await figureOf(site, req);
    const since = await site.parts.readCorrectionsSince(figure, campaignNow(site, figure));
    openToAll(res, 'no-cache').json(since);
  };
}

/** The figure that the address names; 404 where there is none. */
async function figureOf(site: Site, req: Request): Promise<StoredFigure> {
  const { id } = req.params;
  const stored = typeof id === 'string' && ID.test(id) ? await site.parts.readFigure(id) : undefined;
  if (!stored) throw new PageError(404, 'not_found');
  return stored;
}

/** The campaign of a figure as it is now, under the name that it has now. A short link of another is not its name. */
function campaignNow(site: Site, { campaign_slug }: FrozenFigure): Campaign | undefined {
  const { campaigns } = site.parts;
  return (
    campaigns.get(campaign_slug) ??
    campaigns.all().find(({ former_slugs }) => former_slugs.includes(campaign_slug))
  );
}

/** The sentences that say what is counted, in the language of the page or in the first that they are in. */
function definitionIn({ definition }: FrozenFigure, page_language: string) {
  const [[first, sentences] = ['', []]] = Object.entries(definition);
  const own = definition[page_language];
  return own ? { language: page_language, sentences: own } : { language: first, sentences };
}

/** The tables of a figure, with the names that it holds. */
function tablesOf(t: Translate, figure: FrozenFigure) {
  return {
    by_type: typeRows(t, figure as Parameters<typeof typeRows>[1]),
    by_day: counted(
      t,
      t('totals.by_day'),
      figure.by_day.map((row) => ({ label: dayIn(t, row.day), count: row.completed_actions })),
    ),
    by_legislator: counted(
      t,
      t('totals.by_legislator'),
      figure.by_legislator.map(({ legislator_id, title, name, completed_actions }) => ({
        label:
          name === null
            ? legislator_id || t('totals.not_said')
            : nameIn(t, { name, current_role: { title: title ?? '' } }),
        count: completed_actions,
      })),
    ),
    by_partner: counted(
      t,
      t('totals.by_partner'),
      figure.by_partner.map(({ partner, name, completed_actions }) => ({
        label: name ?? (partner || t('totals.no_partner')),
        count: completed_actions,
      })),
    ),
    by_language: counted(t, t('totals.by_language'), languageRows(t, figure.by_language)),
    by_message_language: counted(
      t,
      t('totals.by_message_language'),
      languageRows(t, figure.by_message_language),
    ),
  };
}

/** A correction in words: when, how many, and why. */
function correctionRow(
  t: Translate,
  { time_zone }: FrozenFigure,
  correction: FrozenFigure['corrections'][number],
) {
  const text = changeLine(t, correction, dayOf(t, correction.made_at, time_zone));
  return { text, reason: correction.reason };
}

function dayOf(t: Translate, moment: string, time_zone: string): string {
  return dayIn(t, calendarDay(new Date(moment), time_zone));
}
