import type { Response } from 'express';
import { inLanguage } from '../campaigns/local-text.ts';
import { dayIn } from '../words/dates.ts';
import { campaignPhase } from './campaign-phase.ts';
import { type CampaignPage, drawPage, sayOn } from './page.ts';
import { visitHref } from './visit.ts';

/** Draws the page of a campaign that is over: how it ended, what was counted, thanks, and what to go on to. */
export async function drawClosing(page: CampaignPage, res: Response): Promise<void> {
  const { campaign, site, t, visit } = page;
  const phase = campaignPhase(campaign, site.parts.now());
  const { ends } = campaign.dates;
  drawPage(page, res, 'closing', {
    heading: sayOn(page, campaign.title),
    description: sayOn(page, campaign.summary),
    phase,
    outcome: t(`closing.${phase}`, ends ? { date: dayIn(t, ends) } : {}),
    completed_actions: await site.readProgress(campaign, page.is_sample),
    successor: successorOf(page),
    case_text: campaign.pages[visit.page_language] ?? campaign.pages[campaign.languages[0]!]!,
  });
}

interface Successor {
  title: string;
  /** Of the title, where that is not the page's own. */
  lang: string | undefined;
  href: string;
  is_elsewhere: boolean;
}

/** What to go on to: another campaign that is no draft, or a page elsewhere. */
function successorOf(page: CampaignPage): Successor | undefined {
  const { campaign, site, t, visit } = page;
  const { successor } = campaign;
  if (successor === undefined) return undefined;
  if (/^https?:/i.test(successor)) {
    const title = t('closing.successor_elsewhere', { site: new URL(successor).host });
    return { title, lang: undefined, href: successor, is_elsewhere: true };
  }
  const next = site.parts.campaigns.get(successor);
  if (!next || next.status === 'draft' || next.slug === campaign.slug) return undefined;
  const { language, text } = inLanguage(next.title, visit.page_language);
  return {
    title: text,
    lang: language === visit.page_language ? undefined : language,
    // A preview is of one campaign alone.
    href: visitHref({ ...visit, preview: '' }, `/campaigns/${next.slug}`),
    is_elsewhere: false,
  };
}
