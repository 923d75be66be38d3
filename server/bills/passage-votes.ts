import type { RollCall } from './bill-record.ts';

/** OpenStates' classes of a vote by which a bill passes; `bill-passage` is the older spelling. */
const PASSAGE = ['passage', 'bill-passage'];
/** What may stand beside these. */
const BESIDE_PASSAGE = ['reading-3', 'committee-passage', 'committee-passage-favorable'];

/** A passage that changes are part of, and a committee that sends the bill on to the next: still for the bill. */
const STILL_PASSAGE = [
  /\b(as|so|if)\s+(further\s+)?amended\b/gi,
  /\bwith\s+(\w+\s+){0,3}amendments?\b/gi,
  /(?<=\bdo pass\b.*)\b(and\s+)?(be\s+)?re-?\s?referred\b.*$/gi,
];
/** Words of a motion by which a bill passes: what reads New Hampshire's pages classes every roll call as passage. */
const SPEAKS_OF_PASSAGE =
  /\b(pass|passed|passes|passing|passage|enact\w*|(third|3rd|final) reading|otp(\W?a)?|ought to pass|favorabl[ey]|read (the|a) third time)\b/i;
/** Motions that are none of passage, or where yes is against the bill. Where a motion has such words beside others, nobody says. */
const ANOTHER_MOTION = [
  /\b(lay|lays|laid|table|tabled|tabling)\b/i,
  /\bamend/i,
  /\breconsider/i,
  /\b(postpon|defer|adjourn|recess|cloture|discharg|suspen|overrid|overrul|withdr|reject|refus|defeat)/i,
  /\b(re-?\s?commit|re-?\s?refer|refer)(s|ted|tal|red|ral)?\b/i,
  /\b(commit|hold|held|kill|recede|concur|waive|accept|recall|without recommendation)\b/i,
  /\bconcurrence\b/i,
  /\bprevious question\b/i,
  /\b(close|limit|end|extend)\w*\s+(\w+\s+)?debate\b/i,
  /\b(veto|notwithstanding|objections?)\b/i,
  /\b(inexpedient|unfavorabl|adverse|indefinite|disapprov|killed|not recommended|interim|study|retain|vacate|insist|adhere|nonconcur\w*|lie over|return)/i,
  /\b(not|fail|fails|failed)\s+(to\s+)?(be\s+)?pass/i,
  /\bdo\s+not\b/i,
  /\bpass(ed|ing|es)?\s+(over|by|temporarily)\b/i,
  /\bminority\b/i,
  /\b(appeal|point of order|ruling|quorum|question of|order of the day)\b/i,
  /\b(strik\w+|enacting clause|emergency|effective date|title)\b/i,
  /\b(conference|take from|taken from|take up|special order|consideration of|consider)\b/i,
  /\b(introduc\w+|first reading|1st reading|second reading|2nd reading|read by)\b/i,
  /\b(nomination|confirm\w*)\b/i,
];

/**
 * Whether a roll call says who is for the bill: yes for it, no against it. So does a vote that OpenStates classes as passage
 * and nothing else, where its motion itself speaks of passage and of nothing else: what reads the legislatures' pages
 * classes many motions as passage that are none. A roll call that the organizer names, by its identifier or id, always counts: the organizer
 * answers for it.
 */
export function setsPositions(
  { id, identifier, classification, motion }: RollCall,
  named: readonly string[],
): boolean {
  const names = named.map(bare).filter((name) => name !== '');
  if (names.includes(bare(id)) || names.includes(bare(identifier))) return true;
  if (!classification.some((one) => PASSAGE.includes(one))) return false;
  if (!classification.every((one) => PASSAGE.includes(one) || BESIDE_PASSAGE.includes(one))) return false;
  const rest = STILL_PASSAGE.reduce((text, pattern) => text.replace(pattern, ' '), motion);
  return SPEAKS_OF_PASSAGE.test(rest) && !ANOTHER_MOTION.some((pattern) => pattern.test(rest));
}

const bare = (name: string) => name.toLowerCase().replaceAll(/\s+/g, '');
