import type { RequestHandler } from 'express';
import { TIME_LIMITS } from '../mail/letter-states.ts';
import { nameIn, shortNameIn } from '../words/names.ts';
import { againHref } from './act-page.ts';
import { sendingMode } from './letter-offer.ts';
import { canBeReached } from './office-contacts.ts';
import { onwardHref, targetsOf } from './onward.ts';
import { drawPage, openCampaignPage, type Site } from './page.ts';
import { isToDo, standingOf, standingPairs } from './standing.ts';
import { firstOf, visitHref } from './visit.ts';

const HOUR_MS = 3_600_000;

/** What to do once a letter is handed in: look in one's mail. Says of nobody who they are, so that it can be loaded anew. */
export function showLook(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit, t } = page;
    const standing = standingOf(req.query);
    const mode = sendingMode(page);
    const legislator = page.place?.roster.legislator(firstOf(req.query, 'target'));
    if (!legislator || mode === undefined || standing.divisions.length === 0)
      return res.redirect(303, visitHref(visit, `/campaigns/${campaign.slug}`));
    const targets = targetsOf(page, standing);
    const index = targets.findIndex((target) => target.legislator.id === legislator.id);
    const next = targets.find(
      (target) => canBeReached(target.legislator) && isToDo(standing, target.legislator.id),
    );
    drawPage(page, res, 'letter-look', {
      heading: t('letter_look.title'),
      who: nameIn(t, legislator),
      is_trial: mode === 'preview',
      hours: TIME_LIMITS.confirm_ms / HOUR_MS,
      onward: {
        href: onwardHref(page, standing, { noted: '' }),
        text: next ? t('letter_look.next', { who: shortNameIn(t, next.legislator) }) : t('act.finish'),
      },
      again: index === -1 ? undefined : againHref(page, standing, { legislator_id: legislator.id, index }),
      back: visitHref(visit, `/campaigns/${campaign.slug}/act`, standingPairs(standing)),
    });
  };
}
