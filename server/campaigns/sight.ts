import type { KnownBills } from '../bills/known-bills.ts';
import type { District, Legislator, OrgClassification, Roster } from '../legislators/legislator.ts';
import type { Campaign, Stance } from './campaign.ts';
import { committeeNameOf, type Deciders, decidersIn } from './deciders.ts';
import { type KnownPosition, positionsOf, stanceOf } from './positions.ts';

/** A legislator as a campaign sees one. */
export interface Seen {
  district: District;
  legislator: Legislator;
  /** All that counts of what they did or said on the bill, the most telling first. */
  positions: KnownPosition[];
  /** The first of them: by it the wording is chosen. */
  position: KnownPosition | undefined;
  stance: Stance;
  /** The committee that has the bill, where they sit on it; '' where they do not, or its name is not known. */
  committee: string;
}

/** What legislators are seen with; `today` is the state's day, an ISO date. */
export interface SightParts {
  known: KnownBills;
  roster: Roster;
  today: string;
}

/** Sees legislators as a campaign does. A seat on a committee that no longer has the bill is told as of the past. */
export function createSight(
  campaign: Campaign,
  { known, roster, today }: SightParts,
): (district: District, legislator: Legislator) => Seen {
  const found = new Map<OrgClassification, Deciders>();
  const decidersOf = (chamber: OrgClassification): Deciders => {
    const deciders = found.get(chamber) ?? decidersIn(chamber, campaign, known, roster);
    found.set(chamber, deciders);
    return deciders;
  };
  return (district, legislator) => {
    const chamber = district.org_classification;
    const deciders = decidersOf(chamber);
    const is_member = deciders.kind === 'committee' && deciders.member_ids.has(legislator.id);
    const positions = positionsOf(campaign, known, legislator.id, today).map((one) =>
      one.position === 'on_committee' ? { ...one, is_current: one.is_current && is_member } : one,
    );
    const [position] = positions;
    return {
      district,
      legislator,
      positions,
      position,
      stance: stanceOf(position?.position, campaign.ask),
      committee: is_member ? committeeNameOf(legislator.id, chamber, { campaign, known, roster }) : '',
    };
  };
}
