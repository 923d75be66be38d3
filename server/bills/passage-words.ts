import type { OrgClassification } from '../legislators/legislator.ts';
import type { BillAction } from './bill-record.ts';

/** Things voted on or withdrawn that are not the bill. */
const ANOTHER_THING =
  /\b(amendments?|motions?|emergency|reconsider\w*|suspend|suspension|veto|co-?sponsors?|sponsor(?!ed)|concur\w*|conference|recommendations?|reports?|appeal|point of order|effective date)\b/i;
const MOTION_TO_PASS = /\bmotion (to|for|on) (the )?(final )?(pass\w*|adopt\w*)/i;
const NO_PASSAGE =
  /\b(passed (on )?(1st|first|2nd|second)|passed (by|over|temporarily)\b|engross\w*|reconsider\w*|recommend\w*|do (not )?pass|reported|veto|passed to (2nd|3rd|second|third))\b/i;
const PASSED = /\b(re-?)?(pass(ed|age)?|adopt(ed|ion)?|enact(ed|ment)?)\b/i;
const PASSED_WITH = /\b(pass(ed|age)|ought to pass)\b.*(\b(with|without|as|including)\b|\bw\/)/i;
const PLAINLY_PASSED = /\b(re-?)?(passed|adopted|enacted)\b/i;
const FAILED =
  /\b(fail(s|ed|ure)?|lost|defeated|rejected|refused|negatived|not (be )?(re-?)?(pass(ed)?|adopt(ed)?|enact(ed)?))\b/i;
/** New Hampshire's 'motion failed': another motion on the bill may follow. */
const MOTION_FAILED = /\bMF\b/;

/** Whether words about something voted on or withdrawn are of another thing than the bill, as an amendment of it. */
export function isOfAnotherThing(words: string): boolean {
  return ANOTHER_THING.test(words.replace(MOTION_TO_PASS, ' ')) || MOTION_FAILED.test(words);
}

/**
 * How a chamber voted on the bill by the words of what OpenStates classes as passage, failed ones and those of amendments
 * included: 'Amendment adopted; passed as amended', 'Third reading; lost'. Undefined where the words speak of another vote,
 * or of both.
 */
export function voteOnPassage(description: string): 'passed' | 'voted_down' | undefined {
  if (NO_PASSAGE.test(description) || MOTION_FAILED.test(description)) return undefined;
  const pieces = description.split(/[;,.]/);
  const failed = pieces.filter((piece) => FAILED.test(piece));
  const others = pieces.filter((piece) => !FAILED.test(piece));
  const is_plain = others.some((piece) => PLAINLY_PASSED.test(piece) && !isOfAnotherThing(piece));
  if (failed.some((piece) => !isOfAnotherThing(piece))) return is_plain ? undefined : 'voted_down';
  if (failed.length === 0 && !/\bamendments?\b/i.test(description)) return 'passed';
  const is_passed = others.some((piece) =>
    /\bamendments?\b/i.test(piece) ? PASSED_WITH.test(piece) : PASSED.test(piece),
  );
  return is_passed ? 'passed' : undefined;
}

const AMENDED =
  /\bamended\b|\b(with|w\/)\s(?:[^;.]*\s)?(amendments?|substitutes?)\b|\b(by|as) substitut\w*|\b(amendments?|substitute) (was |were )?adopted\b/i;
const CHAMBER_WORDS: Record<OrgClassification, RegExp> = {
  upper: /\bsenate\b/i,
  lower: /\b(house|assembly)\b/i,
  legislature: /(?!)/,
};

/** Whether the words of a passage say that the chamber itself changed the bill. 'As amended by House Amendment A' in a Senate does not, nor does 'in concurrence' (Maine). */
export function saysAmended({ description, chamber }: BillAction): boolean {
  if (/(?<!not )\bin concurrence\b/i.test(description)) return false;
  const by = /\bamended by (.*)$/i.exec(description)?.[1] ?? '';
  const names = (one: OrgClassification) => CHAMBER_WORDS[one].test(by);
  if (chamber === 'upper' && names('lower') && !names('upper')) return false;
  if (chamber === 'lower' && names('upper') && !names('lower')) return false;
  return AMENDED.test(description.replaceAll(/\b(without|no) amendments?\b/gi, ' '));
}

/** What an action says of chambers agreeing on the words of a bill that both have passed. */
export type Agreement =
  /** They still have to. */
  | 'pending'
  /** The chamber that acts takes the other's amendments. */
  | 'concurs'
  /** The chamber that acts takes what a conference of both proposes. */
  | 'takes_report'
  /** They have, since the bill goes to the governor. */
  | 'settled';

const SETTLED =
  /\b(enroll?(ed|ing|ment)?|passed both (houses|chambers)|truly agreed|completed legislative action|(presented|sent|delivered|transmitted|to) (to )?(the )?governor|signed by (the )?(speaker|president|officers))\b/i;
const NOT_AGREED =
  /\b(non-?\s?concur\w*|fail(s|ed) concur|(amendments?|substitutes?) (was |were )?(rejected|not agreed)|not (concur|agree|recede)\w*|unconcur\w*|(refus\w*|fail\w*|declin\w*|unable) to (concur|recede|agree|accede|adopt)|(request|ask)\w* [^;.]*\b(to )?(concur|recede)\w*|disagree[sd]?|insist(s|ed)?|conferees?)\b/i;
const REPORT_TAKEN =
  /\bconf(erence)?( committee)? report\b.*\b(adopted|agreed|accepted|passed|approved)\b|\b(adopt|agree|accept|approve)\w*\b.*\bconf(erence)?( committee)? report\b|\bpass\w*\b.*\b(conference|CD ?\d)\b/i;
const AMENDED_AGAIN =
  /\b(concur|agree)\w*\b(?:(?!pass)[^;,.])*\b(as (further |(house|senate|assembly) )?amended|with (further|an|a) )/i;
/** Illinois tells of each amendment, and then of the bill: 'House Concurs'. */
const ONE_OF_SEVERAL = /^((house|senate|assembly) )?((committee|floor) )?amendment (no\. )?\d+\b/i;
const CONCURS =
  /\b((amendments?|substitutes?) (was |were )?agreed to|concur(s|red)?|agree(s|d) (to )?(the )?(senate|house|assembly))\b/i;
const RECEDES = /\breced(es|ed)\b/i;
const FROM_THE_OTHER = /\b(received|message|returned) from\b/i;
const PENDING =
  /\b(concurrence|conference|in returning messages)\b|\b(received|message|returned) from\b.*\b(amend\w*|substitut\w*)\b/i;
const RETURNED = /\breturned (to|from) (the )?(senate|house|assembly)\b/i;
/** New York says so of every bill that both have passed, and always in the same words. */
const RETURNED_AS_ALWAYS = /^(RETURNED TO (SENATE|ASSEMBLY)|returned to (senate|assembly))$/;

/** What an action says of the chambers agreeing on the words of a bill; undefined where it says nothing, or speaks of the governor's words. */
export function agreementIn({ description, classification }: BillAction): Agreement | undefined {
  if (classification.includes('executive-receipt') || SETTLED.test(description)) return 'settled';
  if (/\b(governor|veto)\b|(?<!not )\bin concurrence\b/i.test(description)) return undefined;
  if (NOT_AGREED.test(description) || AMENDED_AGAIN.test(description)) return 'pending';
  if (REPORT_TAKEN.test(description) && !FAILED.test(description)) return 'takes_report';
  if (RECEDES.test(description)) return 'settled';
  if (CONCURS.test(description) && !FROM_THE_OTHER.test(description))
    return ONE_OF_SEVERAL.test(description) || isMereMotion(description) ? undefined : 'concurs';
  if (/\bwithout amendments?\b/i.test(description)) return undefined;
  // A chamber that passes the bill sends it back whether it changed it or not.
  const is_passage = classification.includes('passage');
  const is_back = RETURNED.test(description) && !is_passage && !RETURNED_AS_ALWAYS.test(description);
  return PENDING.test(description) || is_back ? 'pending' : undefined;
}

function isMereMotion(description: string): boolean {
  if (FAILED.test(description) || /\brecommend\w*/i.test(description)) return true;
  const is_carried = /\b(adopted|carried|carries|prevailed|passed|MA)\b/i.test(description);
  return /\b(motions?|moved|moves)\b/i.test(description) && !is_carried;
}
