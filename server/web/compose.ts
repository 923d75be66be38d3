import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { drawAct } from './act-page.ts';
import { messageLanguageOf } from './message-words.ts';
import { type CampaignPage, openCampaignPage, type Site } from './page.ts';
import { standingOf } from './standing.ts';
import { type Composed, composeText, DETAILS } from './target-card.ts';
import { firstOf } from './visit.ts';

/** Longest message, in characters. Web forms of legislatures take less; this only keeps out floods. */
const LONGEST_TEXT = 10_000;
const LONGEST_DETAIL = 200;

/** Finishes the text and its links on the server for a page without script. Nothing is stored. */
export function compose(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    const typed = Object.fromEntries(
      [...DETAILS, 'no_reply'].map((name) => [name, firstOf(req.body, name).trim()]),
    );
    const sent = lines(firstOf(req.body, 'text'));
    const draft: Composed = {
      legislator_id: firstOf(req.body, 'target'),
      // A letter of two code units may be cut in half: half of one is no letter, and breaks a link.
      subject: oneLine(firstOf(req.body, 'subject'))
        .slice(0, LONGEST_DETAIL)
        .replace(/[\ud800-\udbff]$/, ''),
      // Finished once and not edited since, the message is finished anew from its words in brackets.
      text: hashOf(sent) === firstOf(req.body, 'finished') ? lines(firstOf(req.body, 'draft')) : sent,
      variant: firstOf(req.body, 'letter_variant'),
      language: letterLanguage(page, firstOf(req.body, 'language')),
      typed,
    };
    const fault = faultOf(page, draft);
    drawAct(page, res, standingOf(req.body), { composed: fault ? { ...draft, fault } : finish(page, draft) });
  };
}

/** The draft with its details put in, and what is needed to do so once more. */
function finish(page: CampaignPage, draft: Composed): Composed {
  const text = composeText(page, draft);
  return { ...draft, text, again: { draft: draft.text, finished: hashOf(text) } };
}

/** The language of a letter that was drawn for this campaign; its own choice for any other. */
function letterLanguage(page: CampaignPage, language: string): string {
  return page.campaign.message_languages.includes(language) ? language : messageLanguageOf(page);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** A text as it was typed: forms send line breaks of their own. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** A line without breaks: a subject with them could smuggle header lines into a mail. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What is wrong with a draft, in the page's language. */
function faultOf(page: CampaignPage, draft: Composed): string | undefined {
  if (draft.text === '') return page.t('act.errors.text_empty');
  if (draft.text.length > LONGEST_TEXT) return page.t('act.errors.text_too_long', { count: LONGEST_TEXT });
  const tooLong = DETAILS.some((name) => (draft.typed[name] ?? '').length > LONGEST_DETAIL);
  return tooLong ? page.t('act.errors.details_too_long', { count: LONGEST_DETAIL }) : undefined;
}
