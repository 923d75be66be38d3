import { z } from 'zod';
import { HOLD_REASONS } from '../mail/letter.ts';
import { QUEUE_STATES, type QueueRow, queueOf } from '../mail/letter-queue.ts';
import { END_REASONS } from '../mail/letter-states.ts';
import { countLetters, readLetterAnswers } from '../mail/queue-queries.ts';
import { readSetAside, type SetAside } from '../mail/set-aside-queries.ts';

const COUNT = z.int().nonnegative();

/** Letters that stand alike. */
export const LETTERS_ROW = z.strictObject({
  state: z
    .enum(QUEUE_STATES)
    .describe("Where they stand: 'held' wait for the organizer, 'confirmed' for their turn."),
  reason: z
    .enum(['', ...HOLD_REASONS, ...END_REASONS])
    .describe("Why they are held, or did not go; else ''."),
  letters: COUNT,
  oldest_at: z
    .union([z.iso.datetime(), z.literal('')])
    .describe("The hour, in UTC, since which the first of them waits; '' where none does."),
});

/** How many letters one legislator answered. */
export const LETTER_ANSWERS = z.strictObject({
  legislator_id: z.string().describe('OpenStates person id.'),
  answers: COUNT.describe('How many supporters said that the office answered: each letter counts once.'),
});

/** An address that nothing is sent to. */
export const SET_ASIDE = z.strictObject({
  address: z.string(),
  since: z.iso.datetime(),
  hard_bounces: COUNT.describe('How many letters in a row came back from there.'),
});

/** What a report tells of the letters that the server sends. */
export const REPORT_LETTERS = z.strictObject({
  queue: z.array(LETTERS_ROW).describe('Where they stand now, in the order of their way.'),
  set_aside: z.array(SET_ASIDE).describe('Addresses of legislators that letters came back from.'),
  answers: z.array(LETTER_ANSWERS).describe('By legislator, those with the most answers first.'),
});

/** The same as a value. */
export interface ReportLetters {
  queue: QueueRow[];
  set_aside: SetAside[];
  answers: { legislator_id: string; answers: number }[];
}

/** What is read, of which campaign. */
export interface LettersRequest {
  slugs: readonly string[];
  is_sample: boolean;
  /** Only these addresses are told of; all that were set aside where it is undefined. */
  addresses?: readonly string[] | undefined;
}

/** Reads what a report tells of letters. Real ones are those alone that are sent: what a preview would send is none. */
export async function readReportLetters(
  trx: Parameters<typeof countLetters>[0],
  { slugs, is_sample, addresses }: LettersRequest,
): Promise<ReportLetters> {
  const counted = await countLetters(trx, { slugs, is_sample, mode: is_sample ? undefined : 'live' });
  const set_aside = is_sample ? [] : await readSetAside(trx);
  const known = addresses?.map((address) => address.toLowerCase());
  const answers = await readLetterAnswers(trx, slugs, { is_sample });
  return {
    queue: queueOf(counted),
    set_aside: set_aside.filter(({ address }) => known?.includes(address) ?? true),
    answers: answers.toSorted(
      (a, b) => b.answers - a.answers || (a.legislator_id < b.legislator_id ? -1 : 1),
    ),
  };
}
