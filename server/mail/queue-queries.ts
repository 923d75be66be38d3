import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import type { HoldReason, MailKind, MailMode } from './letter.ts';
import type { EndReason, LetterState } from './letter-states.ts';

/** Reads the database: at one moment, where the numbers are to agree with others. */
type Reads = Pick<Transaction<Tables>, 'selectFrom'>;

/** How many letters of a campaign are alike: where they stand, and why. */
export interface CountedLetters {
  campaign_slug: string;
  mode: MailMode;
  is_sample: boolean;
  state: LetterState;
  /** '' where it is not over, and of one that was accepted. */
  reason: EndReason | '';
  /** Empty where none waits for the organizer. */
  held: HoldReason[];
  letters: number;
  /** ISO moment at which the first of them was handed in, or, where they are confirmed, confirmed. */
  oldest_at: string;
}

/** Which letters are counted: of these campaigns, real or sample, in one mode; all where it is not said. */
export interface LettersScope {
  slugs?: readonly string[] | undefined;
  is_sample?: boolean | undefined;
  mode?: MailMode | undefined;
}

/** Counts letters by campaign, state and reason; what is not there has none. */
export async function countLetters(
  trx: Reads,
  { slugs, is_sample, mode }: LettersScope = {},
): Promise<CountedLetters[]> {
  const keys = ['campaign_slug', 'mode', 'is_sample', 'state', 'reason', 'held'] as const;
  const rows = await trx
    .selectFrom('letters')
    .$if(slugs !== undefined, (query) => query.where('campaign_slug', 'in', slugs!))
    .$if(is_sample !== undefined, (query) => query.where('is_sample', '=', Number(is_sample)))
    .$if(mode !== undefined, (query) => query.where('mode', '=', mode!))
    .groupBy(keys)
    .orderBy('campaign_slug')
    .orderBy('state')
    .orderBy('reason')
    .orderBy('held')
    .select((eb) => [
      ...keys,
      eb.fn.countAll().as('letters'),
      eb.fn.min('handed_in_at').as('handed_in_at'),
      eb.fn.min('confirmed_at').as('confirmed_at'),
    ])
    .execute();
  return rows.map(({ handed_in_at, confirmed_at, ...row }) => ({
    campaign_slug: row.campaign_slug,
    mode: row.mode as MailMode,
    is_sample: row.is_sample !== 0,
    state: row.state as LetterState,
    reason: row.reason as EndReason | '',
    held: heldIn(row.held),
    letters: Number(row.letters),
    oldest_at: confirmed_at || handed_in_at,
  }));
}

/** The reasons that a column `held` tells, with commas between. */
function heldIn(held: string): HoldReason[] {
  return held === '' ? [] : (held.split(',') as HoldReason[]);
}

/** When the next letter of each campaign may go: those that wait for the organizer do not. */
export async function nextLetters(
  trx: Reads,
): Promise<{ campaign_slug: string; mode: MailMode; is_sample: boolean; next_at: string }[]> {
  const keys = ['letters.campaign_slug', 'letters.mode', 'letters.is_sample'] as const;
  const rows = await trx
    .selectFrom('outbox')
    .innerJoin('letters', 'letters.id', 'outbox.letter_id')
    .where('outbox.kind', '=', 'letter')
    .where('letters.state', '=', 'confirmed')
    .where('letters.held', '=', '')
    .groupBy(keys)
    .select((eb) => [...keys, eb.fn.min('outbox.due_at').as('next_at')])
    .execute();
  return rows.map((row) => ({ ...row, mode: row.mode as MailMode, is_sample: row.is_sample !== 0 }));
}

/** Mails of one kind that wait to be handed to the mail server. */
export interface WaitingMails {
  kind: MailKind;
  mails: number;
  /** How many of them were tried before, and how often the one that was tried most. */
  tried: number;
  most_attempts: number;
  /** ISO moment at which the next is due. */
  next_at: string;
}

/** The mails that are to be handed over, by kind; letters that wait for the organizer are not among them. */
export async function waitingMails(trx: Reads): Promise<WaitingMails[]> {
  const rows = await trx
    .selectFrom('outbox')
    .innerJoin('letters', 'letters.id', 'outbox.letter_id')
    .where((eb) => eb.or([eb('kind', '<>', 'letter'), eb('held', '=', '')]))
    .groupBy('kind')
    .orderBy('kind')
    .select((eb) => [
      'kind',
      eb.fn.countAll().as('mails'),
      eb.fn.sum(eb.case().when('attempts', '>', 0).then(1).else(0).end()).as('tried'),
      eb.fn.max('attempts').as('most_attempts'),
      eb.fn.min('due_at').as('next_at'),
    ])
    .execute();
  return rows.map(({ kind, mails, tried, most_attempts, next_at }) => ({
    kind: kind as MailKind,
    mails: Number(mails),
    tried: Number(tried),
    most_attempts: Number(most_attempts),
    next_at,
  }));
}

/** How many letters of a campaign were answered, as their writers say, by legislator. */
export async function readLetterAnswers(
  trx: Reads,
  slugs: readonly string[],
  { is_sample }: { is_sample: boolean },
): Promise<{ legislator_id: string; answers: number }[]> {
  const rows = await trx
    .selectFrom('letter_answers')
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', Number(is_sample))
    .groupBy('legislator_id')
    .orderBy('legislator_id')
    .select((eb) => ['legislator_id', eb.fn.sum('answers').as('answers')])
    .execute();
  return rows.map(({ legislator_id, answers }) => ({ legislator_id, answers: Number(answers) }));
}
