import type { Request, RequestHandler, Response } from 'express';
import { stateOfDivision } from '../legislators/states.ts';
import type { AnswerNoted } from '../mail/letter.ts';
import { openLinkPage, wayToCampaign, whoIs } from './letter-link-page.ts';
import { plain } from './letter-link-words.ts';
import { ofLink } from './letter-links.ts';
import { drawPage, type Page, type Site } from './page.ts';
import { PageError } from './page-error.ts';

/** Asks whether the office answered the letter: by a link that leads to no letter and to no person. */
export function showAnswerLink(site: Site): RequestHandler {
  return (req, res) => {
    const opened = openAnswer(site, req);
    if (!opened.is_good) return drawExpired(opened, res);
    const { page, who } = opened;
    const said = plain(page.t('letter_link.answered.title'), page.t('letter_link.answered.lead', { who }));
    draw(page, res, { ...said, button: page.t('letter_link.answered.button') });
  };
}

/** Counts that the office answered, once a link. */
export function followAnswerLink(site: Site): RequestHandler {
  return async (req, res) => {
    const opened = openAnswer(site, req);
    if (!opened.is_good) return drawExpired(opened, res);
    const { page, answer, who } = opened;
    const outcome = await site.parts.letters.noteAnswer(answer);
    const title = page.t('letter_link.answered.done');
    draw(page, res, plain(title, page.t(`letter_link.answered.${outcome}`, { who })));
  };
}

interface OpenAnswer {
  page: Page;
  answer: AnswerNoted;
  is_good: boolean;
  who: string;
}

/** 404 where the token is not ours, or was cut short. */
function openAnswer(site: Site, req: Request): OpenAnswer {
  const { token } = req.params;
  const checked =
    typeof token === 'string' ? site.parts.letter_tokens.checkAnswer(token, site.parts.now()) : undefined;
  if (!checked) throw new PageError(404, 'letter_link_wrong');
  const { answer, state } = checked;
  const subject = { ...answer, page_language: '', state: stateOfDivision(answer.division_id)?.state };
  const page = openLinkPage(site, req, subject);
  return { page, answer, is_good: state === 'good', who: whoIs(page, answer.legislator_id) };
}

function drawExpired({ page }: OpenAnswer, res: Response): void {
  const said = plain(page.t('letter_link.answered.expired'), page.t('letter_link.answered.expired_lead'));
  draw(page, res, said, 410);
}

function draw(
  page: Page,
  res: Response,
  values: ReturnType<typeof plain> & { button?: string },
  status = 200,
) {
  const onward = values.button ? [] : wayToCampaign(page);
  drawPage(page, res, 'letter-link', { ...values, ...ofLink(res.req), undo: [], onward }, status);
}
