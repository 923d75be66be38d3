import type { KnownBills } from '../bills/known-bills.ts';
import type {
  District,
  Legislator,
  OrgClassification,
  Representation,
  Roster,
} from '../legislators/legislator.ts';
import type { Campaign, NamedTarget, Stance } from './campaign.ts';
import {
  askedChambers,
  type ChamberPassage,
  decidedBill,
  decidersIn,
  doneChambers,
  passagesOf,
} from './deciders.ts';
import type { LocalText } from './local-text.ts';
import { type KnownPosition, positionsOf, stanceOf } from './positions.ts';
import { seatOf } from './seats.ts';

/** A legislator as a campaign sees one. */
export interface Seen {
  district: District;
  legislator: Legislator;
  /** All that counts of what they did or said on the bill, the most telling first. */
  positions: KnownPosition[];
  /** The first of them: by it the wording is chosen. */
  position: KnownPosition | undefined;
  stance: Stance;
  /** Whether the supporter lives in their district. */
  is_constituent: boolean;
  /** The committee that has the bill, where they sit on it; '' where they do not, or its name is not known. */
  committee: string;
}

/** A legislator whom a campaign asks this supporter to contact. */
export interface Target extends Seen {
  /** Why everybody is asked to contact them, of those whom the campaign names. */
  reason: LocalText | undefined;
}

/** Why a legislator is no target. */
export type WhyNot =
  | { kind: 'passed'; passage: ChamberPassage }
  /** All chambers are done with the bill. */
  | { kind: 'decided'; bill: string }
  /** The campaign asks other chambers. */
  | { kind: 'chamber'; chambers: OrgClassification[] }
  /** Another chamber decides next. */
  | { kind: 'elsewhere'; chambers: OrgClassification[] }
  /** A committee decides next, and they do not sit on it. */
  | { kind: 'committee'; committees: string[] }
  /** The campaign asks legislators of other stances. */
  | { kind: 'stance'; stance: Stance };

/** One of the supporter's own legislators whom the campaign does not ask to be contacted. */
export interface Untargeted extends Seen {
  why: WhyNot;
}

/** Whom a supporter is asked to contact, and whom not. */
export interface Targeting {
  /** The supporter's own first, in the order of the campaign's chambers and then of the districts; then those whom the campaign names. */
  targets: Target[];
  /** Those of the supporter's own who are no target, in the order of the districts. */
  untargeted: Untargeted[];
  /** The chambers that are asked now. */
  chambers: OrgClassification[];
}

/** What targets are chosen from. */
export interface TargetingParts {
  /** Of the supporter's districts. */
  representations: Representation[];
  known: KnownBills;
  roster: Roster;
  /** The state's day, an ISO date. */
  today: string;
}

/**
 * Chooses whom a supporter is asked to contact: their own legislators, of the chambers asked now, who decide next where the
 * campaign wants that, and are of the stances that it asks; then those whom it names for everybody, unless their chamber
 * has passed the bill; and, where none of the supporter's own is a target, the one whom it falls back on.
 */
export function targetingOf(campaign: Campaign, parts: TargetingParts): Targeting {
  const { representations, known, roster } = parts;
  const chambers = askedChambers(campaign, known, roster);
  const see = createSight(campaign, parts);
  const whyNot = createRules(campaign, parts, chambers);
  const { extra, fallback } = campaign.targets;
  const done = doneChambers(campaign, known, roster);
  const named = namedIn(extra, roster, done);
  const judged = representations
    .flatMap(({ district, legislators }) => legislators.map((legislator) => see(district, legislator)))
    .map((seen) => {
      const reason = named.find(({ legislator }) => legislator.id === seen.legislator.id)?.reason;
      return { seen, reason, why: reason ? undefined : whyNot(seen) };
    });
  const place = ({ district }: Seen) => {
    const index = chambers.indexOf(district.org_classification);
    return index === -1 ? chambers.length : index;
  };
  const own = judged
    .flatMap(({ seen, reason, why }) => (why ? [] : [{ ...seen, reason }]))
    .toSorted((one, other) => place(one) - place(other));
  const fallen_back = own.length === 0 && fallback ? namedIn([fallback], roster, done) : [];
  const targets: Target[] = [...own];
  for (const { district, legislator, reason } of [...named, ...fallen_back]) {
    const is_there = targets.some((target) => target.legislator.id === legislator.id);
    if (!is_there) targets.push({ ...see(district, legislator), reason });
  }
  return {
    targets,
    // One of the supporter's own whom the campaign falls back on is a target after all.
    untargeted: judged
      .filter(({ seen }) => !targets.some(({ legislator }) => legislator.id === seen.legislator.id))
      .flatMap(({ seen, why }) => (why ? [{ ...seen, why }] : [])),
    chambers,
  };
}

/** Sees a legislator as the campaign does. */
function createSight(
  campaign: Campaign,
  { representations, known, roster, today }: TargetingParts,
): (district: District, legislator: Legislator) => Seen {
  const own_ids = new Set(representations.flatMap(({ legislators }) => legislators.map(({ id }) => id)));
  return (district, legislator) => {
    const positions = positionsOf(campaign, known, legislator.id, today);
    const position = positions[0];
    const deciders = decidersIn(district.org_classification, campaign, known, roster);
    const is_member = deciders.kind === 'committee' && deciders.member_ids.has(legislator.id);
    return {
      district,
      legislator,
      positions,
      position,
      stance: stanceOf(position?.position, campaign.ask),
      is_constituent: own_ids.has(legislator.id),
      committee: is_member ? (deciders.committees[0] ?? '') : '',
    };
  };
}

/** The legislators whom a campaign names, as far as they sit today and their chamber is not done with the bill. */
function namedIn(
  named: NamedTarget[],
  roster: Roster,
  done: OrgClassification[],
): { district: District; legislator: Legislator; reason: LocalText }[] {
  return named.flatMap(({ person_id, reason }) => {
    const seat = seatOf(roster, person_id);
    return seat && !done.includes(seat.district.org_classification) ? [{ ...seat, reason }] : [];
  });
}

/** Tells why one of the supporter's own legislators is no target; undefined for a target. */
function createRules(
  campaign: Campaign,
  { known, roster }: TargetingParts,
  chambers: OrgClassification[],
): (seen: Seen) => WhyNot | undefined {
  const passages = passagesOf(campaign, known, roster);
  const decided = decidedBill(campaign, known, roster);
  return ({ district, legislator, stance }) => {
    const chamber = district.org_classification;
    const passage = passages.find((one) => one.chamber === chamber);
    if (passage) return { kind: 'passed', passage };
    if (decided !== undefined) return { kind: 'decided', bill: decided };
    if (!chambers.includes(chamber)) return { kind: 'chamber', chambers };
    if (campaign.targets.committee === 'current') {
      const deciders = decidersIn(chamber, campaign, known, roster);
      if (deciders.kind === 'elsewhere') return deciders;
      if (deciders.kind === 'committee' && !deciders.asked_ids.has(legislator.id))
        return { kind: 'committee', committees: deciders.committees };
    }
    return campaign.targets.stances.includes(stance) ? undefined : { kind: 'stance', stance };
  };
}
