import { mailboxOf, readMailAddress } from '../mail/mail-address.ts';
import { LONGEST_DETAIL, oneLine } from './composed-form.ts';
import { type Composed, composeText, DETAILS, type LetterFault, lettersWords } from './letter.ts';
import { meantDomain } from './mistyped-domain.ts';
import type { CampaignPage } from './page.ts';

/** Longest name that goes before an address, in characters. */
const LONGEST_NAME = 100;
/** Signs that are not seen, or turn what follows them around: in a name they would show another than was typed. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const ZIP = /^\d{5}(-\d{4})?$/;

/** What a letter that is sent from here needs beyond its text, in the order of the form. */
export function sendFaults(page: CampaignPage, finished: Composed, subject: string): LetterFault[] {
  const { t } = page;
  const typed = (name: string) => oneLine(finished.typed[name] ?? '');
  const faults: LetterFault[] = [];
  const name = typed('name');
  if (name === '') faults.push({ field: 'name', message: t('act.send.errors.name_empty') });
  else if (name.length > LONGEST_NAME || name.includes('@') || UNSEEN.test(name))
    faults.push({ field: 'name', message: t('act.send.errors.name_wrong', { count: LONGEST_NAME }) });
  if (typed('street') === '') faults.push({ field: 'street', message: t('act.send.errors.street_empty') });
  // Asked for only by the message itself.
  if (typed('city') === '' && lacks(page, finished, 'city'))
    faults.push({ field: 'city', message: t('act.send.errors.city_empty') });
  if (!ZIP.test(typed('zip'))) faults.push({ field: 'zip', message: t('act.send.errors.zip_wrong') });
  faults.push(...subjectFaults(page, subject));
  faults.push(...addressFaults(page, finished));
  return faults;
}

/** What is wrong with the supporter's address. One that looks mistyped is asked about once: sent again as it was, it is right. */
function addressFaults({ t, place }: CampaignPage, { typed }: Composed): LetterFault[] {
  const { email = '', asked_about } = typed;
  const fault = (key: string, names = {}): LetterFault[] => [
    { field: 'from', message: t(`act.send.errors.${key}`, names) },
  ];
  if (email === '') return fault('email_empty');
  if (!isBareAddress(email)) return fault('email_wrong');
  // It could only be the legislator: anyone else who types it has the office get a mail.
  const mailbox = mailboxOf(email);
  if (place?.roster.legislators.some((legislator) => mailboxOf(legislator.email ?? '') === mailbox))
    return fault('email_of_legislator');
  const meant = meantDomain(email);
  if (meant === undefined || asked_about === email) return [];
  return fault('email_mistyped', { domain: email.slice(email.lastIndexOf('@') + 1), meant });
}

function subjectFaults({ t }: CampaignPage, subject: string): LetterFault[] {
  if (oneLine(subject) === '') return [{ field: 'subject', message: t('act.send.errors.subject_empty') }];
  const is_wrong = subject.trim().length > LONGEST_DETAIL || UNSEEN.test(oneLine(subject));
  if (!is_wrong) return [];
  return [{ field: 'subject', message: t('act.send.errors.subject_wrong', { count: LONGEST_DETAIL }) }];
}

/** One address alone: a name beside it would stand in a header. */
function isBareAddress(email: string): boolean {
  const read = readMailAddress(email);
  return read !== undefined && read.name === '' && read.address === email;
}

/** Whether a finished letter still holds what stands for a detail. */
function lacks(page: CampaignPage, { text, subject, language }: Composed, name: (typeof DETAILS)[number]) {
  const placeholder = lettersWords(page, language).placeholders[name];
  return placeholder !== undefined && `${subject}\n${text}`.includes(placeholder);
}

/** The subject with what the supporter typed in it, as one line. */
export function finishSubject(page: CampaignPage, { subject, typed, language }: Composed): string {
  const details = Object.fromEntries(DETAILS.map((name) => [name, oneLine(typed[name] ?? '')]));
  return oneLine(composeText(page, { text: subject, typed: details, language }));
}
