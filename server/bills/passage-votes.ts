import type { RollCall } from './bill-record.ts';

/** OpenStates' classes of a vote by which a bill passes; `bill-passage` is the older spelling. */
const PASSAGE = ['passage', 'bill-passage'];
/** What may stand beside these. */
const BESIDE_PASSAGE = ['reading-3', 'committee-passage', 'committee-passage-favorable'];

/** Words by which a motion speaks of passage, or of a step that only those who are for a bill take. */
const OF_PASSAGE = [
  /\b(pass|passed|passes|passing|passage)\b/i,
  /\b(third|3rd|final)\s+(and\s+final\s+)?reading\b/i,
  /\bread(ing)?\s+(for\s+)?(a|the)\s+(third|3rd)\s+time\b/i,
  // New Hampshire and Maine: 'ought to pass', with an amendment too.
  /\botp(a\w*)?\b/i,
  /\benact/i,
  /\bfavorabl[ey]\b/i,
  // A report, an amendment or a rule can be adopted too: only what is told as a resolution counts.
  /\badopt.*\b(resolution|memorial|[hsa]j?c?[rm]\s*\d+)\b/i,
  /\b(resolution|memorial|[hsa]j?c?[rm]\s*\d+)\b.*\badopt/i,
];
/** A passage that changes are part of, and a committee that sends the bill on to the next: still for the bill. */
const STILL_PASSAGE = [
  /\b(as|so|if)\s+(further\s+)?amended\b/gi,
  /\bwith\s+(\w+\s+){0,3}amendments?\b/gi,
  /(?<=\bdo pass\b.*)\b(and\s+)?(be\s+)?re-?\s?referred\b.*$/gi,
];
/** Motions that are none of passage, or where yes is against the bill. Where a motion has such words beside others, nobody says. */
const ANOTHER_MOTION = [
  /\b(lay|lays|laid|table|tabled|tabling)\b/i,
  /\bamend/i,
  /\b(itl|ontp)\b/i,
  /\b(insist|adher|nonconcur|vacat|rescind|expung|dispens|dismiss|oppos|objection|retain|excus)/i,
  /\breconsider/i,
  /\b(postpon|defer|sustain|adjourn|recess|cloture|discharg|suspen|overrid|overrul|withdr|reject|refus|defeat)/i,
  /\b(re-?\s?commit|re-?\s?refer|refer)(s|ted|tal|red|ral)?\b/i,
  /\b(commit|hold|held|kill|recede|concur|waive|accept|recall|without recommendation)\b/i,
  /\bconcurrence\b/i,
  /\b(previous|main) question\b/i,
  /\bdivi(de|sion) (of )?(the )?question\b/i,
  /\b(study|lie over|against|for the day|immediate(ly)?\s+(consider\w*|third|passage))\b/i,
  /\breturn\w*\b.*\bcommittee\b/i,
  /\bnot\s+recommend/i,
  /\b(close|limit|end|extend)\w*\s+(\w+\s+)?debate\b/i,
  /\b(veto|notwithstanding)/i,
  /\b(inexpedient|unfavorabl|adverse|indefinite|disapprov)/i,
  /\b(not|fail|fails|failed)\s+(to\s+)?(be\s+)?pass/i,
  /\bdo\s+not\b/i,
  /\bpass(ed|ing|es)?\s+(over|by|temporarily)\b/i,
  /\bminority\b/i,
  /\b(appeal|point of order|ruling|quorum|question of|order of the day)\b/i,
  /\b(strik\w+|enacting clause|emergency|effective|title)\b/i,
  /\b(conference|take from|taken from|take up|special order|consideration of|consider)\b/i,
  /\b(introduc\w+|first reading|1st reading|second reading|2nd reading|read by)\b/i,
  /\b(nomination|confirm\w*)\b/i,
];

/**
 * Whether a roll call says who is for the bill: yes for it, no against it. So does a vote that OpenStates classes as passage
 * and nothing else, if its motion itself speaks of passage, and of nothing else: what reads the legislatures' pages classes
 * many motions as passage that are none (New Hampshire's all of them). A roll call that the organizer names, by its
 * identifier or id, always counts: the organizer answers for it.
 */
export function setsPositions(roll_call: RollCall, named: readonly string[]): boolean {
  const { classification, motion } = roll_call;
  if (isNamed(roll_call, named)) return true;
  if (!classification.some((one) => PASSAGE.includes(one))) return false;
  if (!classification.every((one) => PASSAGE.includes(one) || BESIDE_PASSAGE.includes(one))) return false;
  const rest = STILL_PASSAGE.reduce((text, pattern) => text.replace(pattern, ' '), motion);
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(rest));
  return says(OF_PASSAGE) && !says(ANOTHER_MOTION);
}

/** Whether a roll call is among those named, by its identifier or its id, in any case and spacing. */
export function isNamed({ id, identifier }: RollCall, named: readonly string[]): boolean {
  const names = named.map(bare).filter((name) => name !== '');
  return names.includes(bare(id)) || names.includes(bare(identifier));
}

const bare = (name: string) => name.toLowerCase().replaceAll(/\s+/g, '');
