// What an organizer answers, at the prompt or by flags: each read the same way, with what is wrong in a sentence.
import { z } from 'zod';
import { bareIdentifier } from '../server/bills/bill-record.ts';
import type { Partner } from '../server/campaigns/campaign.ts';
import { EVERY_CHAMBER } from '../server/campaigns/field-values.ts';
import { isTaken, slugFault } from '../server/campaigns/put-campaign.ts';
import type { OrgClassification } from '../server/legislators/legislator.ts';
import { STATES, type StateFacts, stateCalled } from '../server/legislators/states.ts';
import { didYouMean } from '../server/yaml/nearest.ts';

/** An answer that was read, or why it can't be, in a sentence. */
export type Answer<Value> = { value: Value } | { fault: string };

/** A bill as it was typed; what was not said of it is undefined. */
export interface TypedBill {
  identifier: string;
  session: string | undefined;
  chamber: OrgClassification | undefined;
}

/** A name for the campaign that is free. */
export function readSlug(typed: string, campaigns_dir: string): Answer<string> {
  const fault = slugFault(typed);
  if (fault !== undefined) return { fault };
  if (isTaken(campaigns_dir, typed))
    return { fault: `There is a campaign '${typed}' already, and it stays as it is. Use another name.` };
  return { value: typed };
}

/** A state: 'fl', 'FL', 'Florida'. */
export function readState(typed: string): Answer<StateFacts> {
  const value = stateCalled(typed);
  if (value) return { value };
  const meant = didYouMean(
    typed,
    STATES.map(({ name }) => name),
  );
  return {
    fault: `'${typed}' is no state.${meant} Write its two letters or its name: fl, or Florida.`,
  };
}

/** A bill: 'SB 316', 'SB 316@2026', 'LD 5@2026@lower'. */
export function readBill(typed: string): Answer<TypedBill> {
  const [name = '', ...more] = typed.split('@').map((part) => part.trim());
  const identifier = name.replace(/\s+/g, ' ');
  // Braces would be taken for names in texts, brackets for links.
  if (!/\d/.test(bareIdentifier(identifier)) || !/^[\p{L}\d][\p{L}\d .\-/]*$/u.test(identifier))
    return { fault: `'${name}' is no bill. Write it as the legislature does, for example SB 316.` };
  const chamber = EVERY_CHAMBER.find((one) => more.includes(one));
  const [session, ...rest] = more.filter((part) => part !== chamber && part !== '');
  if (rest.length > 0)
    return {
      fault: `'${typed}' has too many parts. Write the bill, its session and its chamber: SB 316@2026@upper.`,
    };
  if (session === undefined) return { value: { identifier, session, chamber } };
  const read = readSession(session);
  return 'fault' in read ? read : { value: { identifier, session: read.value, chamber } };
}

/** One bill or more, with commas or 'and' between them. */
export function readBills(typed: string): Answer<TypedBill[]> {
  const names = typed.split(/[,;&]|\s+and\s+/i).filter((name) => name.trim() !== '');
  const value: TypedBill[] = [];
  for (const name of names.length === 0 ? [typed] : names) {
    const read = readBill(name.trim());
    if ('fault' in read) return read;
    value.push(read.value);
  }
  return { value };
}

/** The session of a bill. */
export function readSession(typed: string): Answer<string> {
  if (/^[\p{L}\d][\p{L}\d ()_./-]*$/u.test(typed)) return { value: typed };
  return { fault: `'${typed}' is no session. Write the year, 2027, or two, 2027-2028.` };
}

/** One of some known words. */
export function readOneOf<Value extends string>(
  known: readonly Value[],
  typed: string,
  what: string,
): Answer<Value> {
  const value = known.find((one) => one === typed.toLowerCase());
  if (value) return { value };
  return { fault: `'${typed}' is no ${what}. Write one of: ${known.join(', ')}.` };
}

/** Language codes, with commas or spaces between them. */
export function readLanguages(typed: string): Answer<string[]> {
  const codes = typed.split(/[\s,]+/).filter((one) => one !== '');
  const wrong = codes.find((one) => !/^[a-z]{2,3}$/i.test(one));
  const value = codes.map((one) => one.toLowerCase());
  if (wrong !== undefined || value.length === 0)
    return {
      fault: `'${wrong ?? typed}' is no language code. Write two or three letters for each, with commas: en,es.`,
    };
  return { value: [...new Set(value)] };
}

/** How many calls and e-mails are hoped for. */
export function readGoal(typed: string): Answer<number> {
  const value = Number(typed.replaceAll(',', ''));
  if (/^[\d,]+$/.test(typed) && Number.isSafeInteger(value) && value > 0) return { value };
  return { fault: `'${typed}' is no goal. Write a whole number of calls and e-mails, for example 500.` };
}

/** A day of the calendar, not before the one given. */
export function readDay(typed: string, not_before?: string): Answer<string> {
  if (!z.iso.date().safeParse(typed).success)
    return { fault: `'${typed}' is no day. Write it as YYYY-MM-DD, for example 2026-11-30.` };
  if (not_before !== undefined && typed < not_before)
    return { fault: `${typed} is before ${not_before}, on which the campaign starts.` };
  return { value: typed };
}

/** The last day of a campaign, not before its first one, and not past; `today` by the calendar of its state. */
export function readLastDay(
  typed: string,
  { starts, today }: { starts: string | undefined; today: string },
): Answer<string> {
  const read = readDay(typed, starts);
  if ('fault' in read || typed >= today) return read;
  return {
    fault: `${typed} is past: today is ${today}. Write a last day that is to come, or leave it out.`,
  };
}

/** A partner: 'jira=Jacksonville Immigrant Rights Alliance'. */
export function readPartner(typed: string): Answer<Partner> {
  const [, code = '', name = ''] = /^([^=]*)=(.*)$/s.exec(typed) ?? [];
  const value = { code: code.trim(), name: name.trim() };
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value.code) && value.code.length <= 50 && value.name !== '')
    return { value };
  return {
    fault: `'${typed}' is no partner. Write a code of small letters, an equals sign and the name: jira=Jacksonville Immigrant Rights Alliance.`,
  };
}

/** A text, and its language where that is said: 'es=Agua limpia'. */
export function readLocal(typed: string, first: string): Answer<{ language: string; text: string }> {
  const [, language = first, text = ''] = /^(?:([a-z]{2,3})=)?(.*)$/s.exec(typed) ?? [];
  const value = { language, text: text.replace(/[\s\p{Cc}]+/gu, ' ').trim() };
  return value.text === ''
    ? { fault: 'A title or a summary is empty. Write a few words, or leave it out.' }
    : { value };
}
