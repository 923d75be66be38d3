import type { RequestHandler, Response } from 'express';
import type { ActionContext } from '../actions/action.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { messagesFor } from '../campaigns/messages.ts';
import type { Target } from '../campaigns/targets.ts';
import { pickFrom } from '../campaigns/variants.ts';
import { holdReasons } from '../mail/care.ts';
import type { HandInOutcome, LetterContent } from '../mail/letter.ts';
import { drawAct } from './act-page.ts';
import { closedNotice } from './campaign.ts';
import { campaignPhase } from './campaign-phase.ts';
import {
  finishComposed,
  oneLine,
  readComposed,
  type SentForm,
  textFaults,
  withFaults,
} from './composed-form.ts';
import type { Composed, LetterFault } from './letter.ts';
import { finishSubject, sendFaults } from './letter-checks.ts';
import { sendingMode } from './letter-offer.ts';
import { wordsOf } from './message-words.ts';
import { sameCardHref, targetsOf } from './onward.ts';
import { type CampaignPage, openCampaignPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { standingAfter, verifyForm } from './signed-form.ts';
import { type Standing, standingPairs, waitingMark } from './standing.ts';
import { firstOf, visitHref } from './visit.ts';

/** Takes a letter that is to be sent from here, and leads to what the supporter does next: look in their mail. */
export function handInLetter(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { is_preview, action } = verifyForm(site, firstOf(req.body, 'action_id'));
    const form = readComposed(page, req);
    if (action.state === 'forged' || !fits(page.campaign, action.context, form))
      throw new PageError(400, 'forged');
    const { context, nonce } = action;
    const standing = standingAfter(page, req, context);
    if (is_preview) return res.redirect(303, sameCardHref(page, standing, context.legislator_id, 'preview'));
    const is_paused = campaignPhase(page.campaign, site.parts.now()) === 'paused';
    if (closedNotice(page) && !is_paused)
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const refuse = (...faults: LetterFault[]) =>
      drawAct(page, res, standing, { composed: withFaults(form, faults) });

    const target = targetsOf(page, standing).find(
      ({ legislator }) => legislator.id === context.legislator_id,
    );
    if (!target || sendingMode(page) === undefined)
      return refuse({ field: 'text', message: page.t('act.send.errors.not_now') });
    if (!target.legislator.email) return refuse(whyNotSent(page, 'no_address'));
    if (action.state === 'expired' || context.is_sample !== page.is_sample)
      return refuse({ field: 'send', message: page.t('act.send.errors.expired') });
    const { letter, faults } = readLetter(page, form, firstOf(req.body, 'subject'));
    if (faults.length > 0) return refuse(...faults);

    const content = contentOf(page, letter);
    const outcome = await site.parts.letters.handIn({
      campaign: page.campaign,
      // Under its name of now, whatever it was called when the form was drawn.
      context: { ...context, campaign_slug: page.campaign.slug },
      nonce,
      content,
      to: target.legislator.email,
      held: holdReasons({
        content,
        own_text: ownTextOf(page, target, context),
        target_email: target.legislator.email,
      }),
      is_proven: res.locals.letter_is_proven !== false,
    });
    return goOn(page, { res, standing, refuse }, context.legislator_id, outcome);
  };
}

/** Whether a form is the letter that its id was signed for. */
function fits({ slug, former_slugs }: Campaign, context: ActionContext, { sent }: SentForm): boolean {
  return (
    [slug, ...former_slugs].includes(context.campaign_slug) &&
    context.type === 'email' &&
    context.legislator_id === sent.legislator_id
  );
}

/** The letter finished, and all that is wrong with it, in the order of the form. */
function readLetter(page: CampaignPage, form: SentForm, subject: string) {
  const in_text = textFaults(page, form.sent);
  const letter = in_text.length > 0 ? form.sent : finishComposed(page, form);
  // Details that were put in may have made it longer than it was.
  const in_whole = in_text.length > 0 ? [] : textFaults(page, letter);
  return { letter, faults: [...sendFaults(page, letter, subject), ...in_text, ...in_whole] };
}

/** What is handed over: of the text all but signs that no mail can have. */
function contentOf(page: CampaignPage, letter: Composed): LetterContent {
  const typed = (name: string) => oneLine(letter.typed[name] ?? '');
  return {
    name: typed('name'),
    email: typed('email'),
    street: typed('street'),
    city: typed('city'),
    zip: typed('zip'),
    subject: finishSubject(page, letter),
    text: letter.text.replaceAll('\r', '\n').replaceAll(/[^\P{Cc}\n\t]/gu, ''),
  };
}

/** The campaign's own subject and text, as the supporter found them. */
function ownTextOf(page: CampaignPage, target: Target, { message_language, variant }: ActionContext): string {
  const { email } = messagesFor(page.campaign, {
    target,
    language: message_language,
    page_language: page.visit.page_language,
    wordsIn: (language) => wordsOf(page, language),
    pickVariant: pickFrom([variant]),
  });
  return `${email.subject}\n\n${email.text}`;
}

/** The page that tells what became of the letter. */
function goOn(
  page: CampaignPage,
  {
    res,
    standing,
    refuse,
  }: { res: Response; standing: Standing; refuse: (...faults: LetterFault[]) => Promise<void> },
  legislator_id: string,
  result: HandInOutcome,
): Promise<void> | void {
  const { t, visit, campaign } = page;
  switch (result.outcome) {
    case 'taken': {
      const done = [...new Set([...standing.done, waitingMark(legislator_id)])];
      const pairs: [string, string][] = [...standingPairs({ ...standing, done }), ['target', legislator_id]];
      return res.redirect(303, visitHref(visit, `/campaigns/${campaign.slug}/letters/look`, pairs));
    }
    case 'under_way':
    case 'sent_already':
      return res.redirect(303, sameCardHref(page, standing, legislator_id, result.outcome));
    case 'address_refuses':
      return refuse({ field: 'from', message: t('act.send.errors.address_refuses') });
    case 'too_many_from_sender':
      return refuse({ field: 'from', message: t('act.send.errors.too_many') });
    case 'not_sent':
      return refuse(whyNotSent(page, result.why));
  }
}

function whyNotSent({ t }: CampaignPage, why: 'no_address' | 'set_aside'): LetterFault {
  return { field: 'text', message: t(`act.send.errors.${why}`) };
}
