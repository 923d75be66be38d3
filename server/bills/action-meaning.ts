import type { BillAction } from './bill-record.ts';
import {
  committeesDone,
  committeesLeft,
  committeesNowIn,
  committeesSentTo,
  saysSentToCommittee,
} from './committee-names.ts';

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
  | { kind: 'passed' }
  | { kind: 'voted_down' }
  /** It ended otherwise than by a vote on passage. */
  | { kind: 'died' }
  /** It ended, unless it is on the floor: there some legislatures lay bills on the table as a matter of course. */
  | { kind: 'tabled' }
  | { kind: 'signed' }
  | { kind: 'vetoed' }
  | { kind: 'overridden' };

/** Things voted on or withdrawn that are not the bill. */
const ANOTHER_THING =
  /\b(amendments?|motions?|emergency|reconsider\w*|suspend|suspension|substitute motion|veto|co-?sponsors?|sponsor(?!ed)|concur\w*|appeal|point of order|effective date)\b/i;
const NO_PASSAGE =
  /\b(passed (on )?(1st|first|2nd|second)|passed (by|over|temporarily)\b|engross\w*|reconsider\w*|recommend\w*|do (not )?pass|reported|veto|passed to (2nd|3rd|second|third))\b/i;
const PASSED = /\b(re-?)?(pass(ed|age)?|adopt(ed|ion)?|enact(ed|ment)?)\b/i;
const DIED =
  /^(bill )?died\b|^left in\b|^passed by indefinitely\b|^(bill )?(indefinitely postponed|postponed indefinitely)\b/i;
const TAKEN_BACK =
  /^(bill )?withdrawn\s*([.;]|$|prior to introduction|from (further )?consideration|by (the |its )?(sponsor|author|patron|introducer))|\bwithdrawn from (further )?consideration\b/i;
/** Florida ends a bill so whose companion is taken up in its place. */
const TABLED_FOR_GOOD = /\blaid on table\b/i;
const TABLED = /^(bill )?(laid on (the )?table|tabled)\b/i;
const FOR_A_WHILE =
  /\b(pending|until|temporar\w*|subject to|later|assigned|special order|removed|taken from|amendments?|motions?)\b/i;
const FLOOR_CALENDAR =
  /\bspecial order calendar\b|\bplaced on calendar, on (2nd|3rd|second|third) reading\b/i;

/** What an action means, by OpenStates' classes and, where these are silent, its words; in the order in which it happened. */
export function meaningsOf(action: BillAction): Meaning[] {
  return [...committeeMeanings(action), ...chamberMeanings(action), ...executiveMeanings(action)];
}

function committeeMeanings({ description, classification, committees }: BillAction): Meaning[] {
  const is_silent = classification.length === 0;
  const has = (name: string) => classification.includes(name);
  const left = committeesLeft(description);
  const found: Meaning[] = [];
  const is_motion = /\b(motions?|fail\w*|petition|notice|amendments?)\b/i.test(description);
  if (left && !is_motion && (is_silent || !has('amendment-withdrawal')))
    found.push({ kind: 'taken_from', committees: left });
  const is_done = classification.some((one) => one.startsWith('committee-passage'));
  if (is_done || (is_silent && /^reported out of\b/i.test(description))) {
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
  else if (has('referral-committee') || (is_silent && !is_motion && saysSentToCommittee(description))) {
    const words = committeesSentTo(description);
    const names = committees.length > 0 && !left && !is_done ? committees : words;
    // The other chamber agrees to what this one has decided.
    if (!/\bin concurrence\b/i.test(description))
      found.push({
        kind: 'sent',
        committees: names,
        is_anew: /\bre-?\s?(ref|com|assign)/i.test(description),
      });
  }
  return found;
}

function chamberMeanings({ description, classification, chamber }: BillAction): Meaning[] {
  const has = (name: string) => classification.includes(name);
  const found: Meaning[] = [];
  if (has('reading-3') || FLOOR_CALENDAR.test(description)) found.push({ kind: 'before_all' });
  // Of a vote in a committee OpenStates tells no chamber.
  if (has('passage') && chamber !== undefined && tellsOfPassage(description)) found.push({ kind: 'passed' });
  else if (DIED.test(description) || (TAKEN_BACK.test(description) && !ANOTHER_THING.test(description)))
    found.push({ kind: 'died' });
  else if (has('committee-failure') && !/\b(sub-?comm\w*|held|hold)\b/i.test(description))
    found.push({ kind: 'died' });
  else if (has('failure') && chamber !== undefined && !ANOTHER_THING.test(description))
    found.push({ kind: 'voted_down' });
  else if (TABLED_FOR_GOOD.test(description) && !FOR_A_WHILE.test(description)) found.push({ kind: 'died' });
  else if (TABLED.test(description) && !FOR_A_WHILE.test(description)) found.push({ kind: 'tabled' });
  return found;
}

/** Whether what a legislature's page classes as passage is that of the bill: 'Amendment adopted; passed as amended'. */
function tellsOfPassage(description: string): boolean {
  if (NO_PASSAGE.test(description)) return false;
  if (!/\bamendments?\b/i.test(description)) return true;
  return description
    .split(/[;,.]/)
    .some((piece) =>
      /\bamendments?\b/i.test(piece)
        ? /\bpass(ed|age)\b.*\b(with|as|including)\b/i.test(piece)
        : PASSED.test(piece),
    );
}

function executiveMeanings({ description, classification }: BillAction): Meaning[] {
  const has = (name: string) => classification.includes(name);
  const is_silent = classification.length === 0;
  if (has('veto-override-passage')) return [{ kind: 'overridden' }];
  if (has('executive-veto') || (is_silent && /^vetoed by (the )?governor\b/i.test(description)))
    return [{ kind: 'vetoed' }];
  const is_law =
    has('executive-signature') || has('became-law')
      ? /\b(law|chapter|act|governor|mayor|sign\w*|approved|enact\w*)\b/i.test(description) &&
        !/\b(speaker|president|officers)\b(?!.*\b(governor|mayor)\b)/i.test(description)
      : is_silent && /^(approved|signed) by (the )?governor\b|\b(became|becomes) law\b/i.test(description);
  return is_law ? [{ kind: 'signed' }] : [];
}
