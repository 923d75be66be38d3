/** Everything that a legislator can have done or said on a bill, as far as campaigns tell it apart. */
export const POSITIONS = [
  'sponsor',
  'cosponsor',
  'voted_yes',
  'voted_no',
  'not_voting',
  'on_committee',
  'says_support',
  'says_oppose',
  'undecided',
] as const;
/** What a legislator has done or said on the bill. */
export type PositionName = (typeof POSITIONS)[number];

/** One position of one legislator, with where it is known from. */
export interface Position {
  /** OpenStates id of the legislator. */
  person_id: string;
  position: PositionName;
  /** The bill it was taken on: 'SB 316'. */
  bill?: string | undefined;
  session: string;
  /** ISO date. Of sponsors and cosponsors from OpenStates, which does not tell when they signed: of the bill's first action. */
  date: string;
  /** URL of the source. */
  source: string;
}
