import { createHmac } from 'node:crypto';
import { deriveKey } from '../keys.ts';
import type { MailDesk, MailSubject } from './mail-desk.ts';

const DAY_MS = 24 * 3_600_000;
/** How long a supporter can tell that the office answered, in days: offices take their time. */
const GOOD_FOR_DAYS = 60;

/**
 * The token by which a supporter tells that the office answered: the same each time for one letter, so that it counts once. Its
 * number is made of the letter's text too, and can't be found again once that is erased; nor does its end tell the hour.
 */
export function answerToken({ letter, content }: MailSubject, { letter_tokens, secrets }: MailDesk): string {
  const [newest] = secrets;
  if (newest === undefined) throw new Error('no secret to sign with');
  const { campaign_slug, legislator_id, division_id, partner } = letter;
  const of_letter = JSON.stringify([letter.id, content]);
  const nonce = createHmac('sha256', deriveKey(newest, 'answer-nonce')).update(of_letter).digest();
  const ends = new Date(Date.parse(letter.changed_at) + GOOD_FOR_DAYS * DAY_MS).toISOString();
  return letter_tokens.issueAnswer({
    campaign_slug,
    legislator_id,
    division_id,
    partner,
    // Nobody can have answered a letter that never left: what is told of a trial counts with the samples.
    is_sample: letter.is_sample || letter.mode === 'preview',
    nonce: nonce.subarray(0, 16).toString('base64url'),
    expires_at: `${ends.slice(0, 10)}T00:00:00.000Z`,
  });
}
