import type { OrgClassification } from '../legislators/legislator.ts';
import type { BillAction } from './bill-record.ts';
import {
  committeesDone,
  committeesLeft,
  committeesNowIn,
  committeesSentTo,
  saysSentToCommittee,
} from './committee-names.ts';
import {
  type Agreement,
  agreementIn,
  isOfAnotherThing,
  saysAmended,
  voteOnPassage,
} from './passage-words.ts';

/** What one action means for where a bill is; names of committees are empty where it names none. */
export type Meaning =
  /** `is_anew`: in the place of those to which it was sent before. */
  | { kind: 'sent'; committees: string[]; is_anew: boolean }
  /** Of all committees to which it was sent, these have it. */
  | { kind: 'now_in'; committees: string[] }
  /** These are still to have it. */
  | { kind: 'remaining'; committees: string[] }
  /** Committees are done with it. */
  | { kind: 'done'; committees: string[]; by_subcommittee: boolean }
  | { kind: 'taken_from'; committees: string[] }
  | { kind: 'before_all' }
  /** `is_amended`: that chamber says that it changed the bill. `is_report`: it took a committee's report, and may yet refer it to the next (New Hampshire). */
  | { kind: 'passed'; is_amended: boolean; is_report: boolean; agreement: Agreement | undefined }
  | { kind: 'agreement'; agreement: Agreement }
  | { kind: 'voted_down' }
  /** It ended otherwise than by a vote on passage. */
  | { kind: 'died'; in_chamber: boolean }
  /** Back in the chamber that the words name, and with that committee where they name one. */
  | { kind: 'back'; chamber: OrgClassification; committees: string[]; is_anew: boolean }
  /** It ended, unless it is on the floor: there some legislatures lay bills on the table as a matter of course. */
  | { kind: 'tabled' }
  | { kind: 'signed' }
  | { kind: 'vetoed' }
  | { kind: 'overridden' };

const DIED =
  /^(bill )?died\b|^left in\b|^passed by indefinitely\b|^(bill )?(indefinitely postponed|postponed indefinitely)\b/i;
const TAKEN_BACK =
  /^(bill )?withdrawn\s*([.;]|$|prior to introduction|from (further )?consideration|by (the |its )?(sponsor|author|patron|introducer))|\bwithdrawn from (further )?consideration\b/i;
/** Florida ends a bill so whose companion is taken up in its place. */
const TABLED_FOR_GOOD = /\blaid on table\b/i;
const TABLED = /^(bill )?(laid on (the )?table|tabled)\b/i;
const DIES_NOT = /\b(sub-?comm\w*|held|hold|reconsideration granted)\b/i;
const FOR_A_WHILE =
  /\b(pending|until|temporar\w*|subject to|later|assigned|special order|removed|taken from|amendments?|motions?)\b/i;
const FLOOR_CALENDAR =
  /\bspecial order calendar\b|\bplaced on calendar, on (2nd|3rd|second|third) reading\b|^(?!.*\bmotions?\b).*\b(ordered|advanced) to (a )?third reading\b/i;
/** New York and Virginia end bills so that their sponsors no longer want. */
const STRICKEN =
  /\benacting clause stricken\b|^(bill )?stricken (from (the )?((house|senate) )?(docket|calendar)|at (the )?request of)\b/i;
const KILLED = /^inexpedient to legislate\b.*\bMA\b|\bbill killed\b/i;
/** New York, at the end of its first year: the bill then goes back and begins its second there. */
const DIED_IN_CHAMBER = /\bdied in (the )?(senate|assembly|house)\b/i;
/** Of a committee whose report the whole chamber then accepts or not. */
const ADVICE = /\breport(s|ed)?\b|\bought not\b|\binexpedient\b|\bdo not pass\b/i;
const BACK = /\breturned to (?:the )?(senate|house|assembly)\b(?: (.+? committee)\b)?/i;
/** The first clause of an action on an amendment: 'House Committee Amendment No. 1 Referred to Rules Committee'. */
const OF_AN_AMENDMENT =
  /^((house|senate|assembly|committee|floor|conference|minority|majority) )*amendments?\b[^;]*/i;

/** What an action means, by OpenStates' classes and, where these are silent, its words; in the order in which it happened. */
export function meaningsOf(action: BillAction): Meaning[] {
  const trimmed = { ...action, description: action.description.trim() };
  const of_bill = isOnAmendmentAlone(trimmed.description)
    ? []
    : [...committeeMeanings(trimmed), ...chamberMeanings(trimmed)];
  return [...of_bill, ...betweenChambers(trimmed), ...executiveMeanings(trimmed)];
}

/** Whether an action moves or decides an amendment, and not the bill: 'Amendment adopted; bill passed' is of both. */
function isOnAmendmentAlone(description: string): boolean {
  const own = OF_AN_AMENDMENT.exec(description)?.[0];
  return own !== undefined && !/[a-z]{3}/i.test(description.slice(own.length)) && !/\bpassed\b/i.test(own);
}

function committeeMeanings({ description, classification, committees }: BillAction): Meaning[] {
  const is_silent = classification.length === 0;
  const has = (name: string) => classification.includes(name);
  const left = committeesLeft(description);
  const found: Meaning[] = [];
  const is_motion = /\b(motions?|fail\w*|petition|notice|amendments?)\b/i.test(description);
  if (left && !is_motion && (is_silent || !has('amendment-withdrawal')))
    found.push({ kind: 'taken_from', committees: left });
  // The majority's report is the committee's.
  const is_minority = /^minority\b/i.test(description);
  const is_done = classification.some((one) => one.startsWith('committee-passage')) && !is_minority;
  const is_advice = has('committee-failure') && ADVICE.test(description) && !is_minority;
  if (is_done || is_advice || (is_silent && /^reported out of\b/i.test(description))) {
    const words = committeesDone(description);
    // Where the bill also goes elsewhere, the names beside the words may be of the next committee.
    const names = words.length === 0 && !has('referral-committee') ? committees : words;
    const by_subcommittee = /\bsub-?comm/i.test(description);
    found.push({ kind: 'done', committees: names, by_subcommittee });
  }
  const now_in = is_silent ? committeesNowIn(description) : undefined;
  if (now_in) found.push({ kind: 'now_in', committees: committees.length > 0 ? committees : now_in });
  else if (/\breferences? corrected\b/i.test(description))
    found.push({
      kind: 'remaining',
      committees: committeesSentTo(description.replace(/^.*?:\s*to\b/i, 'Referred to')),
    });
  else if (
    has('referral-committee') ||
    ((is_silent || is_done) && !is_motion && saysSentToCommittee(description))
  ) {
    const words = committeesSentTo(description);
    const names = committees.length > 0 && !left && !is_done ? committees : words;
    // In California's suspense file it stays with its committee.
    const stays = names.length === 0 && /\bsuspense\b/i.test(description);
    // The other chamber agrees to what this one has decided.
    if (!stays && !/\bin concurrence\b/i.test(description))
      found.push({
        kind: 'sent',
        committees: names,
        is_anew: /\bre-?\s?(ref|com|assign)/i.test(description),
      });
  }
  return found;
}

function chamberMeanings(action: BillAction): Meaning[] {
  const { description, classification, chamber } = action;
  const has = (name: string) => classification.includes(name);
  const found: Meaning[] = [];
  if (has('reading-3') || FLOOR_CALENDAR.test(description)) found.push({ kind: 'before_all' });
  // Of a vote in a committee OpenStates tells no chamber.
  const vote = has('passage') && chamber !== undefined ? voteOnPassage(description) : undefined;
  if (vote === 'passed') found.push(passage(action));
  else if (vote) found.push({ kind: vote });
  else if (DIED.test(description) || STRICKEN.test(description))
    found.push({ kind: 'died', in_chamber: DIED_IN_CHAMBER.test(description) });
  else if (TAKEN_BACK.test(description) && !isOfAnotherThing(description))
    found.push({ kind: 'died', in_chamber: false });
  else if (KILLED.test(description)) found.push({ kind: 'voted_down' });
  else if (has('committee-failure') && !DIES_NOT.test(description) && !ADVICE.test(description))
    found.push({ kind: 'died', in_chamber: false });
  else if (has('failure') && chamber !== undefined && !isOfAnotherThing(description))
    found.push({ kind: 'voted_down' });
  else if (TABLED_FOR_GOOD.test(description) && !FOR_A_WHILE.test(description))
    found.push({ kind: 'died', in_chamber: false });
  else if (TABLED.test(description) && !FOR_A_WHILE.test(description)) found.push({ kind: 'tabled' });
  return found;
}

function passage(action: BillAction): Meaning {
  const is_report = /^ought to pass\b/i.test(action.description) && !/\bOT3rdg\b/i.test(action.description);
  return {
    kind: 'passed',
    is_amended: saysAmended(action),
    is_report,
    agreement: agreementIn(action),
  };
}

function betweenChambers(action: BillAction): Meaning[] {
  const found: Meaning[] = [];
  const [, chamber, committee] = BACK.exec(action.description) ?? [];
  if (chamber)
    found.push({
      kind: 'back',
      chamber: /senate/i.test(chamber) ? 'upper' : 'lower',
      committees: committee ? [committee] : [],
      is_anew: /^by resolution\b/i.test(action.description),
    });
  const agreement = agreementIn(action);
  if (agreement) found.push({ kind: 'agreement', agreement });
  return found;
}

function executiveMeanings({ description, classification }: BillAction): Meaning[] {
  const has = (name: string) => classification.includes(name);
  const is_silent = classification.length === 0;
  if (has('veto-override-passage')) return [{ kind: 'overridden' }];
  const is_advice = /\b(recommend\w*|amendments?)\b/i.test(description) && !/\bveto/i.test(description);
  if (
    (has('executive-veto') && !is_advice) ||
    (is_silent && /^vetoed by (the )?governor\b/i.test(description))
  )
    return [{ kind: 'vetoed' }];
  const is_law =
    has('executive-signature') || has('became-law')
      ? /\b(law|chapter|act|governor|mayor|sign\w*|approved|enact\w*)\b/i.test(description) &&
        !/\b(speaker|president|officers)\b(?!.*\b(governor|mayor)\b)/i.test(description)
      : is_silent &&
        /^(approved|signed) by (the )?governor\b|\b(became|becomes) law\b|^filed without the governor's signature\b/i.test(
          description,
        );
  return is_law ? [{ kind: 'signed' }] : [];
}
