import type { PositionName } from '../bills/position.ts';
import { daysAfter } from '../calendar.ts';
import type { OfficeReply } from './office-reply.ts';
import type { CountedReply } from './office-reply-queries.ts';

/** How many calls must have heard the same before a position is proposed. */
export const FEWEST_ALIKE = 3;
/** Within how many days, today included: what an office said before may no longer be so. */
export const PROPOSAL_DAYS = 30;
/** The largest part of these days' answers that may be others, 'would not say' among them. */
export const MOST_OTHERWISE = 1 / 4;

/** The position that an answer stands for; who would not say has none. */
const POSITION_OF: Partial<Record<OfficeReply, PositionName>> = {
  supports: 'says_support',
  opposes: 'says_oppose',
  undecided: 'undecided',
};

/** A position that an organizer may write into campaign.yaml once there is a public source for it. Nothing sets it by itself. */
export interface ProposedPosition {
  person_id: string;
  position: PositionName;
  session: string;
  /** The last day on which an office said so, an ISO date. */
  date: string;
  /** How many calls heard it, of how many answers in these days. */
  alike: number;
  answers: number;
  /** To paste below `positions:`; its `source` is still to be filled in. */
  yaml: string;
}

/**
 * The position that the answers of one legislator's office amount to on a day of the state (an ISO date); undefined where they
 * are too few, too old or too far apart.
 */
export function proposedPosition(
  replies: readonly CountedReply[],
  { session, today }: { session: string; today: string },
): ProposedPosition | undefined {
  const recent = replies.filter(({ day }) => day > daysAfter(today, -PROPOSAL_DAYS));
  const answers = countOf(recent);
  for (const [reply, position] of Object.entries(POSITION_OF)) {
    const same = recent.filter((one) => one.reply === reply);
    const alike = countOf(same);
    if (alike < FEWEST_ALIKE || answers - alike > answers * MOST_OTHERWISE) continue;
    const person_id = same[0]!.legislator_id;
    const date = same
      .map(({ day }) => day)
      .toSorted()
      .at(-1)!;
    const yaml = yamlOf({ person_id, position, session, date });
    return { person_id, position, session, date, alike, answers, yaml };
  }
  return undefined;
}

function countOf(replies: readonly CountedReply[]): number {
  return replies.reduce((sum, one) => sum + one.replies, 0);
}

function yamlOf(position: Pick<ProposedPosition, 'person_id' | 'position' | 'session' | 'date'>): string {
  return `  - person_id: ${position.person_id}
    position: ${position.position}
    session: ${JSON.stringify(position.session)}
    date: ${position.date}
    # source: a public web page that proves it. A phone call is none: look for one first.
`;
}
