import type { Request, RequestHandler } from 'express';
import { draftAround, OWN_WORDS, withPlace } from '../../views/assets/mail-links.js';
import { drawAct } from './act-page.ts';
import { closedNotice } from './campaign.ts';
import { campaignPhase } from './campaign-phase.ts';
import { type Again, type Composed, composeText, DETAILS, hashOf, LONGEST_OWN_WORDS } from './letter.ts';
import { messageLanguageOf } from './message-words.ts';
import { type CampaignPage, openCampaignPage, type Site } from './page.ts';
import { standingOf } from './standing.ts';
import { firstOf, visitHref } from './visit.ts';

/** Longest message, in characters. Web forms of legislatures take less; this only keeps out floods. */
const LONGEST_TEXT = 10_000;
const LONGEST_DETAIL = 200;

/** Finishes the text and its links on the server for a page without script. Nothing is stored. */
export function compose(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    // Drawn anew its forms would count for ever: who was writing when it paused goes on.
    const phase = campaignPhase(page.campaign, site.parts.now());
    if (closedNotice(page) && phase !== 'paused')
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const typed = {
      ...Object.fromEntries([...DETAILS, 'no_reply'].map((name) => [name, firstOf(req.body, name).trim()])),
      own_words: lines(firstOf(req.body, 'own_words')),
    };
    const sent: Composed = {
      legislator_id: firstOf(req.body, 'target'),
      // A letter of two code units may be cut in half: half of one is no letter, and breaks a link.
      subject: oneLine(firstOf(req.body, 'subject'))
        .slice(0, LONGEST_DETAIL)
        .replace(/[\ud800-\udbff]$/, ''),
      text: lines(firstOf(req.body, 'text')),
      variant: firstOf(req.body, 'letter_variant'),
      language: letterLanguage(page, firstOf(req.body, 'language')),
      typed,
    };
    const again = againOf(req);
    const fault = faultOf(page, sent);
    const composed = fault ? { ...sent, ...(again && { again }), fault } : finish(page, sent, again);
    drawAct(page, res, standingOf(req.body), { composed });
  };
}

/** What the form holds of the letter as it was finished before. */
function againOf(req: Request): Again | undefined {
  const finished = firstOf(req.body, 'finished');
  if (finished === '') return undefined;
  return {
    draft: lines(firstOf(req.body, 'draft')),
    finished,
    placed: lines(firstOf(req.body, 'placed')),
  };
}

/** The letter with the details and own words put in, and what is needed to do so once more. */
function finish(page: CampaignPage, sent: Composed, before: Again | undefined): Composed {
  const own_words = sent.typed.own_words ?? '';
  const placed = before?.placed ?? '';
  // Finished once and not edited since, it is finished anew from its draft; edited, its own words may be others now.
  const is_as_finished = before !== undefined && hashOf(sent.text) === before.finished;
  const draft = is_as_finished ? before.draft : (draftAround(sent.text, placed) ?? sent.text);
  // Words that were put in and then changed in the letter itself are the letter's now.
  const is_by_hand = placed !== '' && placed === own_words && !draft.includes(OWN_WORDS);
  const text = is_by_hand || own_words === '' ? draft : withPlace(draft);
  const typed = { ...sent.typed, own_words: is_by_hand ? '' : own_words };
  const finished = composeText(page, { ...sent, text, typed });
  return { ...sent, text: finished, again: { draft: text, finished: hashOf(finished), placed: own_words } };
}

/** The language of a letter that was drawn for this campaign; its own choice for any other. */
function letterLanguage(page: CampaignPage, language: string): string {
  return page.campaign.message_languages.includes(language) ? language : messageLanguageOf(page);
}

/** A text as it was typed: forms send line breaks of their own. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** A line without breaks: a subject with them could smuggle header lines into a mail. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What is wrong with a letter, in the page's language, and in which field. */
function faultOf(page: CampaignPage, { text, typed }: Composed): Composed['fault'] {
  if (text === '') return { field: 'text', message: page.t('act.errors.text_empty') };
  if (text.length > LONGEST_TEXT)
    return { field: 'text', message: page.t('act.errors.text_too_long', { count: LONGEST_TEXT }) };
  if ((typed.own_words ?? '').length > LONGEST_OWN_WORDS) {
    const message = page.t('act.errors.own_words_too_long', { count: LONGEST_OWN_WORDS });
    return { field: 'own_words', message };
  }
  const is_too_long = DETAILS.some((name) => (typed[name] ?? '').length > LONGEST_DETAIL);
  if (!is_too_long) return undefined;
  return { field: 'text', message: page.t('act.errors.details_too_long', { count: LONGEST_DETAIL }) };
}
