import type { Response } from 'express';
import { SOLVER } from './assets.ts';
import { type CampaignPage, drawPage } from './page.ts';
import { visitHref } from './visit.ts';

/** The solver's files: fetched at once, not only when the page's script has come and names them. */
const SOLVER_NAMES = Object.keys(SOLVER);

/**
 * The page that stands between a letter and its being taken: the browser does a sum by itself, and a button goes on; another
 * goes on without. 'again' says that the sum before was no good any more, 'without_full' (429) that no more letters pass
 * without one for `wait_s` seconds.
 */
export async function askForProof(
  page: CampaignPage,
  res: Response,
  { notice, wait_s = 0 }: { notice?: 'again' | 'without_full'; wait_s?: number },
): Promise<void> {
  const challenge = await page.site.parts.proof_of_work.ask(page.campaign.slug);
  if (wait_s > 0) res.set('Retry-After', String(wait_s));
  const values = {
    heading: page.t('challenge.title'),
    lead: page.t('challenge.lead'),
    notice: notice && page.t(`challenge.${notice}`, { count: minutesOf(wait_s) }),
    challenge,
    solver: SOLVER_NAMES,
    ...formOf(page, res),
  };
  drawPage(page, res, 'challenge', values, wait_s > 0 ? 429 : 200);
}

/** The page for when no more letters are taken: when to go on, and a button that tries again with all that was typed. */
export function sayFull(page: CampaignPage, res: Response, wait_s: number): void {
  res.set('Retry-After', String(wait_s));
  const values = {
    heading: page.t('challenge.full_title'),
    lead: page.t('challenge.full_text', { count: minutesOf(wait_s) }),
    ...formOf(page, res),
  };
  drawPage(page, res, 'challenge', values, 429);
}

/** All that was typed, to be sent once more to where it went. */
function formOf({ visit, campaign }: CampaignPage, { req }: Response) {
  const typed = Object.entries((req.body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap((one): [string, string][] => (typeof one === 'string' ? [[name, one.toWellFormed()]] : [])),
  );
  return { action: visitHref(visit, `/campaigns/${campaign.slug}/letters`), typed };
}

function minutesOf(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60));
}
