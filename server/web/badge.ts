import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { openCount } from './counter.ts';
import { type CampaignPage, openCampaignPage, type Site, sayOn } from './page.ts';

/** The colours of the pages, in light and in dark. A picture on another site can't ask our style sheet for them. */
const STYLE = [
  '.ground{fill:#fff;stroke:#6b7780}.words{fill:#1c2227}.track{fill:#c9d0d6}.done{fill:#17587f}',
  '@media (prefers-color-scheme:dark){',
  '.ground{fill:#1b2228;stroke:#8c98a2}.words{fill:#e8ecef}.track{fill:#3a454e}.done{fill:#93c9ec}}',
].join('');
/** Nothing but these very styles. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "frame-ancestors 'none'",
].join(';');

/** In pixels. Nobody here knows the letters that a browser will draw: these are wider than most. */
const FONT_SIZE = 14;
const LETTER = 8.2;
const WIDE_LETTER = 15;
const MARGIN = 12;
const HEIGHT = 40;

/** A small picture that says how far a campaign has come, for any site; without the number where that can't be had. */
export function badgeSvg(site: Site): RequestHandler {
  return async (req, res, next) => {
    const page = openCampaignPage(site, req);
    const { campaign } = page;
    const completed_actions = await site.readProgress(campaign, page.is_sample);
    const words = wordsOn(page, completed_actions);
    const width = Math.ceil(widthOf(words)) + 2 * MARGIN;
    const bar_width = width - 2 * MARGIN;
    const share = Math.min(1, (completed_actions ?? 0) / campaign.goal);
    const values = {
      ...{ words, width, bar_width, height: HEIGHT, margin: MARGIN, font_size: FONT_SIZE, style: STYLE },
      title: sayOn(page, campaign.title),
      language: page.visit.page_language,
      direction: page.t.direction,
      done_width: Math.round(share * bar_width * 10) / 10,
      done_x: page.t.direction === 'rtl' ? MARGIN + bar_width * (1 - share) : MARGIN,
    };
    res.render('badge', values, (error: unknown, svg: string) => {
      if (error) return next(error);
      openCount(page, res, completed_actions)
        .set('Content-Security-Policy', POLICY)
        .type('image/svg+xml')
        .send(svg);
    });
  };
}

function wordsOn({ t, campaign, is_sample }: CampaignPage, completed_actions: number | undefined): string {
  if (completed_actions === undefined) return t('badge.unknown');
  const numbers = { done: completed_actions, goal: campaign.goal };
  return t(is_sample ? 'badge.sample' : 'badge.count', numbers);
}

/** How wide a line is at most, by its letters: those of Chinese, Japanese and Korean are as wide as they are high. */
function widthOf(words: string): number {
  return [...words].reduce((sum, letter) => sum + (letter >= '\u1100' ? WIDE_LETTER : LETTER), 0);
}
