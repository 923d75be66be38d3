import type { Request, RequestHandler, Response } from 'express';
import { stateOfDivision } from '../legislators/states.ts';
import { headerName, headerText, plainText } from '../mail/header-text.ts';
import type { LetterContent, MoveOutcome, SeenLetter } from '../mail/letter.ts';
import { isOver } from '../mail/letter-states.ts';
import type { LetterRight } from '../mail/letter-token.ts';
import { openLinkPage, type WayOn, waysOn, whoIs } from './letter-link-page.ts';
import {
  ended,
  type OpenLetter,
  plain,
  question,
  type Said,
  standing,
  whyTooLate,
} from './letter-link-words.ts';
import { letterTranslation } from './letter-translation.ts';
import { drawPage, type Page, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { visitHref } from './visit.ts';

/**
 * The page behind a link in a mail: the letter, what the link is for, and a button. Looking changes nothing: programs that
 * look for harmful mail follow every link, and more than once.
 */
export function showLetterLink(site: Site, right: LetterRight): RequestHandler {
  return async (req, res) => {
    const seen = await site.parts.letters.see(letterOf(site, right, req));
    const opened = openLetter(site, req, seen);
    if (!opened) return drawGone(site, req, res);
    if (isAsked(opened, right))
      return drawLetter(opened, res, await question(opened, right), { right, is_asked: true });
    const status = isEnded(opened) ? 410 : 200;
    drawLetter(opened, res, await standing(opened, ''), { right, status });
  };
}

/** Does what a link is for, once: whoever comes again is told how things stand. */
export function followLetterLink(site: Site, right: LetterRight): RequestHandler {
  return async (req, res) => {
    const id = letterOf(site, right, req);
    const { letters } = site.parts;
    const before = openLetter(site, req, await letters.see(id));
    // Once the campaign is over nothing goes out, whatever is confirmed.
    const is_late = right === 'confirm' && before && isEnded(before);
    const outcome = is_late ? 'too_late' : await move(site, right, { id, token: String(req.params.token) });
    // What is erased at once leaves at least the page's language.
    const opened = openLetter(site, req, await letters.see(id)) ?? before;
    if (!opened || outcome === 'gone') return drawGone(site, req, res);
    const { t } = opened.page;
    if (outcome === 'sent_already') {
      const said = plain(t('letter_link.sent_already.title'), t('letter_link.sent_already.lead'));
      return drawLetter(opened, res, said, { right, status: 409 });
    }
    if (outcome === 'moved' && right !== 'confirm')
      return drawLetter(opened, res, ended(opened, right), { right });
    const status = statusAfter(opened, outcome);
    drawLetter(opened, res, await standing(opened, outcome), { right, status });
  };
}

function move(
  { parts: { letters, letter_tokens } }: Site,
  right: LetterRight,
  { id, token }: { id: string; token: string },
): Promise<MoveOutcome> {
  if (right === 'not-me') return letters.disown(id, letter_tokens.senderOf(token));
  return right === 'confirm' ? letters.confirm(id) : letters.withdraw(id);
}

/** 410 where the letter has come to its end without being sent, 409 where what was asked for can't be done, or not now. */
function statusAfter(opened: OpenLetter, outcome: MoveOutcome): number {
  if (isEnded(opened)) return 410;
  return outcome === 'too_late' ? 409 : 200;
}

/** The id of the letter that the address gives a right to; 404 where its token is not ours, or was cut short. */
function letterOf({ parts }: Site, right: LetterRight, req: Request): string {
  const { token } = req.params;
  const id = typeof token === 'string' ? parts.letter_tokens.check(right, token) : undefined;
  if (id === undefined) throw new PageError(404, 'letter_link_wrong');
  return id;
}

/** Undefined where there is no such letter any more, or it can be read no more before it was confirmed. */
function openLetter(site: Site, req: Request, seen: SeenLetter | undefined): OpenLetter | undefined {
  if (!seen) return undefined;
  const { letter, content, sender } = seen;
  if (letter.state === 'confirming' && !content) return undefined;
  const state = stateOfDivision(letter.division_id)?.state;
  return { page: openLinkPage(site, req, { ...letter, state }), letter, content, sender };
}

/** Whether what the link is for can still be done. */
function isAsked(opened: OpenLetter, right: LetterRight): boolean {
  const { state, reason } = opened.letter;
  if (right === 'confirm') return state === 'confirming' && whyTooLate(opened) === undefined;
  if (state === 'confirming' || state === 'confirmed') return true;
  // There may be others with the same address, and more to come: whoever typed it may have taken this one back themselves.
  return right === 'not-me' && (state === 'expired' || state === 'withdrawn') && reason !== 'not_me';
}

/** Whether it never went out and never will. */
function isEnded(opened: OpenLetter): boolean {
  const { state } = opened.letter;
  if (state === 'confirming') return whyTooLate(opened) !== undefined;
  return isOver(state) && state !== 'accepted' && state !== 'bounced';
}

interface Drawing {
  right: LetterRight;
  /** Whether the page asks for its button to be pressed. */
  is_asked?: boolean;
  status?: number;
}

function drawLetter(
  opened: OpenLetter,
  res: Response,
  said: Said,
  { right, is_asked = false, status = 200 }: Drawing,
): void {
  const { page, letter, content } = opened;
  const { t } = page;
  const values = {
    ...said,
    ...ofLink(res.req),
    trial: letter.mode === 'preview' ? t('letter_link.trial') : undefined,
    button: is_asked ? t(`letter_link.${right.replace('-', '_')}.button`) : undefined,
    letter: content && is_asked && right !== 'not-me' ? shown(opened, content) : undefined,
    undo: right === 'confirm' && status === 200 ? undoing(opened) : [],
    // Whoever did not write it has no legislators to go on to here.
    onward: is_asked || right === 'not-me' ? [] : waysOn(page, letter.division_id),
  };
  drawPage(page, res, 'letter-link', values, status);
}

/** The letter as it goes out, but for the address that it is from: that is the site's own. */
function shown({ page, letter }: OpenLetter, content: LetterContent) {
  const email = page.place?.roster.legislator(letter.legislator_id)?.email;
  const who = whoIs(page, letter.legislator_id);
  return {
    to: email ? `${who} <${email}>` : who,
    name: headerName(content.name),
    email: content.email,
    subject: headerText(content.subject),
    text: plainText(content.text),
    language: letter.message_language,
    translation: letterTranslation(page, letter),
  };
}

/** How to stop a letter that has not left; 'this was not me' is for whoever did not confirm it. */
function undoing({ page, letter, sender }: OpenLetter): WayOn[] {
  const { t, site, visit } = page;
  const hrefOf = (right: LetterRight) => {
    const token = site.parts.letter_tokens.issue(right, letter.id, right === 'not-me' ? sender : '');
    return visitHref({ ...visit, partner: '' }, `/letters/${right}/${token}`);
  };
  const withdraw = { href: hrefOf('withdraw'), label: t('letter_link.withdraw.link') };
  if (letter.state === 'confirmed') return [withdraw];
  const not_me = { href: hrefOf('not-me'), label: t('letter_link.not_me.link') };
  return letter.state === 'confirming' ? [withdraw, not_me] : [];
}

/** Of a letter that was erased long ago, or never was. */
function drawGone(site: Site, req: Request, res: Response): void {
  const page: Page = openLinkPage(site, req, undefined);
  const said = plain(page.t('letter_link.gone.title'), page.t('letter_link.gone.lead'));
  drawPage(page, res, 'letter-link', { ...said, ...ofLink(req), undo: [], onward: [] }, 410);
}

/** What every page behind a link in a mail is drawn with: its address is the same in every language, and nobody's to keep. */
export function ofLink(req: Request) {
  return { is_private: true, address: { path: req.path, pairs: [] } };
}
