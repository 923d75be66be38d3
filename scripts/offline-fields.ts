// What an organizer says of actions that were counted on paper, each checked; UsageError where one does not fit.
import { type Action, type ActionType, STATUS_CODES } from '../server/actions/action.ts';
import { daysAfter, isDay } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { oneOf, UsageError } from './command-line.ts';
import { refuseControls } from './correction-words.ts';

/** Most actions of one entry. */
export const MOST_AT_ONCE = 100_000;
const LONGEST_NOTE = 300;
/** Where a campaign does not say when it began: a day that is longer ago is a slip of the pen. */
const DAYS_BACK = 366;

/** The outcomes that can be entered, the first of a type where none is said. */
const OUTCOMES = { phone: STATUS_CODES.phone, email: ['sent'] } as const;
/** What these outcomes are called. */
export const OUTCOME_WORDS = {
  contact: 'spoke with someone',
  voicemail: 'left a message',
  unavailable: 'no answer',
  sent: 'sent',
} as const;

/** The outcome of a type of action: the one that is said, or the usual one. */
export function outcomeOf(type: ActionType, given: string | undefined) {
  const known: readonly (keyof typeof OUTCOME_WORDS)[] = OUTCOMES[type];
  return given === undefined ? known[0]! : oneOf(known, given, `With --type ${type}, --status`);
}

/** How many actions are entered. */
export function countOf(given: string | undefined): number {
  const count = /^\d{1,6}$/.test(given ?? '') ? Number(given) : 0;
  if (count < 1 || count > MOST_AT_ONCE)
    throw new UsageError(`--count is how many: a whole number from 1 to ${MOST_AT_ONCE}.`);
  return count;
}

/** What the organizer writes beside an entry. */
export function noteOf(given = ''): string {
  const note = given.trim().replaceAll(/\s+/g, ' ');
  refuseControls(note, '--note');
  if (note === '')
    throw new UsageError('Say what this was, so that you know it again: --note "Phone bank at the library".');
  if (note.length > LONGEST_NOTE) throw new UsageError(`--note has ${LONGEST_NOTE} letters at most.`);
  return note;
}

/** The day of an entry: today where none is said, never one to come, nor one before the campaign could have been. */
export function dayOf(given: string | undefined, { dates }: Campaign, today: string): string {
  if (given === undefined) return today;
  if (!isDay(given)) throw new UsageError(`--date is a day of the calendar, as ${today}: not '${given}'.`);
  if (given > today)
    throw new UsageError(
      `--date ${given} is still to come: in the state it is ${today}. Enter what was done already.`,
    );
  if (dates.starts !== undefined && given < dates.starts)
    throw new UsageError(`--date ${given} is before the campaign: by its file it starts on ${dates.starts}.`);
  if (dates.starts === undefined && given < daysAfter(today, -DAYS_BACK))
    throw new UsageError(
      `--date ${given} is more than a year ago. If that is right, write in campaign.yaml when the campaign began: dates: {starts: ${given}}`,
    );
  return given;
}

/** The code of the partner who is credited; '' where none is said. */
export function partnerOf(given: string | undefined, { slug, partners }: Campaign): string {
  if (given === undefined) return '';
  if (partners.length === 0) throw new UsageError(`campaigns/${slug} has no partners: leave out --partner.`);
  return oneOf(
    partners.map(({ code }) => code),
    given,
    '--partner',
  );
}

/** A sheet is read in one of the page's languages, and spoken from in one of the messages': what is said counts where it is one. */
export function languagesOf(
  given: string | undefined,
  { languages, message_languages }: Campaign,
): Pick<Action, 'page_language' | 'message_language'> {
  if (given === undefined) return { page_language: '', message_language: '' };
  const language = oneOf([...new Set([...languages, ...message_languages])], given, '--lang');
  return {
    page_language: languages.includes(language) ? language : '',
    message_language: message_languages.includes(language) ? language : '',
  };
}
