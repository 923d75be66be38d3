import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { whenNeeded } from '../when-needed.ts';
import { isNearlyEmpty } from './empty-letter.ts';
import type { HoldReason, LetterContent } from './letter.ts';
import { linksIn } from './letter-links.ts';
import { mailboxOf } from './mail-address.ts';

/** What is asked of a letter before it may go by itself. */
export interface LetterLooked {
  content: LetterContent;
  /** The campaign's own subject and text, as the supporter found them. */
  own_text: string;
  /** The legislator's address. */
  target_email: string;
}

/** Domains whose mailboxes anybody opens for a few minutes: kept by others, in the package. */
const disposable = whenNeeded(disposableEmailBlocklistSet);

/**
 * Why the organizer is to see a letter before it goes; empty where there is no reason. A letter that is like the campaign's own
 * is no reason: that is what a letter campaign is. `many_from_sender` is not told here, for it takes the other letters.
 */
export function holdReasons({ content, own_text, target_email }: LetterLooked): HoldReason[] {
  const reasons: HoldReason[] = [];
  if (hasForeignLinks(content, own_text)) reasons.push('links');
  if (isNearlyEmpty(content, own_text)) reasons.push('short');
  if (sameMailbox(content.email, target_email)) reasons.push('writes_to_self');
  if (isDisposable(content.email)) reasons.push('disposable_domain');
  return reasons;
}

/** Whether there is a link in what the supporter wrote that the campaign did not put there. */
function hasForeignLinks({ subject, text, name, street, city }: LetterContent, own_text: string): boolean {
  const own = linksIn(own_text);
  return [subject, text, name, street, city].some((part) =>
    [...linksIn(part)].some((link) => !own.has(link)),
  );
}

/** Whether two addresses lead to one mailbox, as far as can be told: capitals, and what follows a plus sign, make no other. */
function sameMailbox(one: string, other: string): boolean {
  return other !== '' && mailboxOf(one) === mailboxOf(other);
}

/** Whether a domain, or one that it is below, is for mailboxes that are thrown away. */
function isDisposable(address: string): boolean {
  const labels = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .split('.');
  return labels.some((_, index) => disposable().has(labels.slice(index).join('.')));
}
