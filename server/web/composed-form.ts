import type { Request } from 'express';
import { draftAround, OWN_WORDS, withPlace } from '../../views/assets/mail-links.js';
import {
  type Again,
  type Composed,
  composeText,
  DETAILS,
  hashOf,
  type LetterFault,
  LONGEST_OWN_WORDS,
} from './letter.ts';
import { messageLanguageOf } from './message-words.ts';
import type { CampaignPage } from './page.ts';
import { firstOf } from './visit.ts';

/** Longest message, in characters. Web forms of legislatures take less; this only keeps out floods. */
const LONGEST_TEXT = 10_000;
/** Longest of a supporter's details, and longest subject. */
export const LONGEST_DETAIL = 200;

/** A letter as its form sends it, with what is needed to finish it once more. */
export interface SentForm {
  sent: Composed;
  /** Undefined where it was not finished before. */
  again: Again | undefined;
}

/** Reads the form of a letter. */
export function readComposed(page: CampaignPage, req: Request): SentForm {
  const names = [...DETAILS, 'email', 'asked_about', 'no_reply'];
  const sent: Composed = {
    legislator_id: firstOf(req.body, 'target'),
    // A letter of two code units may be cut in half: half of one is no letter, and breaks a link.
    subject: oneLine(firstOf(req.body, 'subject'))
      .slice(0, LONGEST_DETAIL)
      .replace(/[\ud800-\udbff]$/, ''),
    text: lines(firstOf(req.body, 'text')),
    variant: firstOf(req.body, 'letter_variant'),
    language: letterLanguage(page, firstOf(req.body, 'language')),
    typed: {
      ...Object.fromEntries(names.map((name) => [name, firstOf(req.body, name).trim()])),
      own_words: lines(firstOf(req.body, 'own_words')),
    },
  };
  return { sent, again: againOf(req) };
}

/** The letter as it was sent, with what is wrong with it. */
export function withFaults({ sent, again }: SentForm, faults: LetterFault[]): Composed {
  return { ...sent, ...(again && { again }), faults };
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
export function finishComposed(page: CampaignPage, { sent, again: before }: SentForm): Composed {
  const own_words = sent.typed.own_words ?? '';
  const placed = before?.placed ?? '';
  // Finished once and not edited since, it is finished anew from its draft; edited, its own words may be others now.
  const is_as_finished = before !== undefined && hashOf(sent.text) === before.finished;
  // The page's script has put own words in already: they stand in the text, and are not put in once more.
  const around = draftAround(sent.text, placed) ?? draftAround(sent.text, own_words);
  const draft = is_as_finished ? before.draft : (around ?? sent.text);
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
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What makes a letter no letter, or too long to be put together. */
export function textFaults({ t }: CampaignPage, { text, typed }: Composed): LetterFault[] {
  if (text === '') return [{ field: 'text', message: t('act.errors.text_empty') }];
  if (text.length > LONGEST_TEXT)
    return [{ field: 'text', message: t('act.errors.text_too_long', { count: LONGEST_TEXT }) }];
  if ((typed.own_words ?? '').length > LONGEST_OWN_WORDS) {
    const message = t('act.errors.own_words_too_long', { count: LONGEST_OWN_WORDS });
    return [{ field: 'own_words', message }];
  }
  const is_too_long = DETAILS.some((name) => (typed[name] ?? '').length > LONGEST_DETAIL);
  if (!is_too_long) return [];
  return [{ field: 'text', message: t('act.errors.details_too_long', { count: LONGEST_DETAIL }) }];
}
