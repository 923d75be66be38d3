import { createHash } from 'node:crypto';
import { finishText } from '../../views/assets/mail-links.js';
import type { Campaign } from '../campaigns/campaign.ts';
import { promptsIn } from '../campaigns/prompts-file.ts';
import { placeholdersIn } from '../words/message-words.ts';
import { stringsOf } from './message-words.ts';
import type { CampaignPage } from './page.ts';

/** The fields that say who writes, in the order of the form. */
export const DETAILS = ['name', 'street', 'city', 'zip'] as const;

/** What tells whether a letter was edited since it was finished, so that it can be finished once more. */
export interface Again {
  /** The text before the details and the supporter's own words were put in. */
  draft: string;
  /** A hash of the finished text. */
  finished: string;
  /** The supporter's own words as they were put in. */
  placed: string;
}

/** What is wrong with a letter, in the page's language, and which part of its card it is about. */
export interface LetterFault {
  /** 'from' is the supporter's e-mail address, 'send' the button. */
  field: (typeof DETAILS)[number] | 'from' | 'subject' | 'text' | 'own_words' | 'send';
  message: string;
}

/** The text that a supporter edited, finished on the server for a page without script. */
export interface Composed {
  legislator_id: string;
  /** Language of the letter. */
  language: string;
  subject: string;
  text: string;
  variant: string;
  /** name, street, city, zip, email, own_words, no_reply, as typed; and the address that was asked about before. */
  typed: Record<string, string>;
  /** What is wrong with it; none where it is finished. */
  faults?: LetterFault[];
  again?: Again;
}

/** A form may claim any variant: one that the campaign does not have counts as none, one that was switched off since as itself. */
export function knownVariant(campaign: Campaign, variant: string): string {
  const is_known =
    Object.hasOwn(campaign.variants, variant) ||
    campaign.templates.some((template) => template.kind === 'email' && template.variant === variant);
  return is_known ? variant : '';
}

/** What the page's script needs to finish a letter in its own language. */
export function lettersWords(page: CampaignPage, language: string) {
  const t = stringsOf(page, language);
  return { placeholders: placeholdersIn(t), no_reply_text: t('message.no_reply') };
}

/** Puts what the supporter typed into a text: what the page's script does, for a page without. */
export function composeText(
  page: CampaignPage,
  { text, typed, language }: Pick<Composed, 'text' | 'typed' | 'language'>,
): string {
  const { placeholders, no_reply_text: line } = lettersWords(page, language);
  const wanted = typed.no_reply === 'yes';
  return finishText(
    wanted ? text : text.replace(line, '').trimEnd(),
    placeholders,
    typed,
    wanted ? line : '',
  );
}

/** Most letters of a supporter's own words: more than a mail link holds, and what an office reads. */
export const LONGEST_OWN_WORDS = 1000;

/** What helps supporters to say it in their own words; undefined where the campaign has no prompts. */
export function ownWordsOf(page: CampaignPage, language: string) {
  const prompts = promptsIn(page.campaign, page.visit.page_language);
  if (!prompts) return undefined;
  return { prompts, is_foreign: language !== page.visit.page_language, longest: LONGEST_OWN_WORDS };
}

/** Tells one text from another. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
