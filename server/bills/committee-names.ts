import { spelledOut } from './california-committees.ts';

/** Where a bill can be sent that is no committee. */
const NO_COMMITTEE =
  /\b(calendar|cal|messages?|readings?|governor|mayor|engross\w*|enroll\w*|clerk|secretary|printer|conference|floor|whole|author|sponsors?|chapter|table|rep|sen|suspense)\b/i;
/** What stands after ';' or ',' in an action, and is no further committee. */
const SOMETHING_ELSE =
  /\b(read|placed|print\w*|pass\w*|order\w*|effective|hearing|rules? \d|vote|yeas|ayes|nays|motion|first|second|third|reported|withdrawn|discharged|introduced|laid|adopted|amend\w*)\b/i;
/** What follows a committee's name. */
const AFTER_THE_NAME = [
  /\s+suspense (file|calendar)\b.*$/i,
  /\s*[([].*$/,
  /\.\s+(read|second|ordered|re-?referred|amended|set|hearing)\b.*$/i,
  /\s+[-–—]\s*[HS]J\b.*$/i,
  /\s+[-–—]+\s(?!.*\bcommittee$).*$/i,
  /,?\s+(then|if favorable)\b.*$/i,
  /,?\s+(pursuant|under|in accordance|in concurrence|per|due|with|without|by|from|where|until|and (re-?)?(referred|placed|printed|ordered|sent))\b.*$/i,
  /,?\s+for (hearing|first|second|third|a|the|its|interim|further|consideration|\d).*$/i,
  /,?\s+(on|at)?\s*(mon|tues|wednes|thurs|fri|satur|sun)day\b.*$/i,
  /,?\s+(on|at)?\s*(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d.*$/i,
  /,?\s+(on\s+|at\s+)?\d{1,4}[/:-]\d{1,2}.*$/i,
];
const A_COMMITTEE = /\b(sub)?(committee|comm?)s?\b/i;
const NO_NAME =
  /^(an?|the|its|same|standing|appropriate|original|joint)?\s*(standing\s+)?(sub)?committees?$/i;

/** Each way in which an action says that a bill goes to a committee; the name follows. */
const SENT_TO =
  /\b(?:re-?\s?)?(?:referred|assigned|committed|commit|refer|ref\.?)\s+(?:(?:back|directly)\s+)?(?:to(?: the)?(?= )|(?=com(?:m\.?|mittee)?\s+on))\s*(.+?)(?=\s+and\s+(?:re-?)?referred\s+to\b|$)/gi;
const NOW_IN = /^now in (?:the )?(.+)$/i;
const LEFT =
  /\b(?:withdrawn|recalled|discharged|removed) from (?:the )?(.+?)(?=\s+(?:and|;)|;|,?\s+(?:re-?)?(?:referred|committed)|$)/i;
const DONE_BY =
  /\b(?:favorabl[ey]|unfavorabl[ey]|report(?:ed)?|substitute|amended|recommended)(?: with[^;]*| w\/[^;]*| as[^;]*| out)? (?:by|of|from)(?: the)?[ -]+(.+?)(?=;|$)/i;

/** A committee's name freed from what an action says beside it, and spelled out where California cuts it short; undefined where no name is left. */
function clean(text: string): string | undefined {
  let name = text.trim();
  for (const pattern of AFTER_THE_NAME) name = name.replace(pattern, '');
  name = name
    .replace(/^committee: */i, '')
    .replace(/^comm?\.? on\b/i, 'Committee on')
    .replace(/^(the )?(house|senate|assembly) (?=.)/i, '')
    .replace(/[\s.,:;]+$/, '')
    .trim();
  name = spelledOut(name);
  const is_name = name.length > 1 && name.length <= 100 && !NO_NAME.test(name) && !NO_COMMITTEE.test(name);
  return is_name ? name : undefined;
}

/** A list as Florida's Senate writes it: 'Judiciary; Criminal Justice; Rules'. */
function namesIn(list: string): string[] {
  const [first = '', ...others] = list.split(/\s*;\s*/);
  const stop = others.findIndex((piece) => !/^[A-Z]/.test(piece) || SOMETHING_ELSE.test(piece));
  const pieces = [first, ...(stop === -1 ? others : others.slice(0, stop))];
  return pieces.flatMap((piece) => clean(piece) ?? []);
}

/** The committees to which an action sends a bill by its words: 'Referred to Committee on Rules'. */
export function committeesSentTo(description: string): string[] {
  return [...description.matchAll(SENT_TO)].flatMap(([, list]) => namesIn(list!));
}

/** Whether an action without a class says outright that it sends the bill to a committee. */
export function saysSentToCommittee(description: string): boolean {
  return committeesSentTo(description).length > 0 && A_COMMITTEE.test(description);
}

/** The committees that have a bill by Florida's words, 'Now in Criminal Justice Subcommittee'; undefined for other words. */
export function committeesNowIn(description: string): string[] | undefined {
  const list = NOW_IN.exec(description.trim())?.[1];
  return list === undefined ? undefined : namesIn(list);
}

/** The committees from which an action takes a bill: 'Withdrawn from Judiciary Committee'; undefined for other words. */
export function committeesLeft(description: string): string[] | undefined {
  const list = LEFT.exec(description)?.[1];
  if (list === undefined || /\b(consideration|calendar|table|docket|agenda)\b/i.test(list)) return undefined;
  return namesIn(list);
}

/** The committees that have dealt with a bill by an action's words: 'Favorable by Rules'. */
export function committeesDone(description: string): string[] {
  const list = DONE_BY.exec(description)?.[1];
  return list === undefined ? [] : namesIn(list);
}

/** A committee's name as all spellings have it: 'Committee on the Judiciary' and 'House Judiciary' are 'judiciary'. */
export function bareCommittee(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/\b(committees?|standing|house|senate|assembly|on|the|of)\b/g, ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}
