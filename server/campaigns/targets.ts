import type {
  District,
  Legislator,
  OrgClassification,
  Representation,
  Roster,
} from '../legislators/legislator.ts';
import type { Campaign, NamedTarget, Stance } from './campaign.ts';
import { decidersIn } from './deciders.ts';
import type { LocalText } from './local-text.ts';
import {
  askedChambers,
  type ChamberPassage,
  decidedBill,
  doneChambers,
  passagesOf,
} from './located-bills.ts';
import { seatOf } from './seats.ts';
import { createSight, type Seen, type SightParts } from './sight.ts';

/** A legislator whom a campaign asks this supporter to contact. */
export interface Target extends Seen {
  /** Whether the supporter lives in their district. */
  is_constituent: boolean;
  /** Why everybody is asked to contact them, of those whom the campaign names. */
  reason: LocalText | undefined;
  /** Whether they are asked since none of the supporter's own is. */
  is_fallback: boolean;
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
  is_constituent: boolean;
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
export interface TargetingParts extends SightParts {
  /** Of the supporter's districts. */
  representations: Representation[];
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
  const own_ids = new Set(judged.map(({ seen }) => seen.legislator.id));
  const place = ({ district }: Seen) => {
    const index = chambers.indexOf(district.org_classification);
    return index === -1 ? chambers.length : index;
  };
  const own = judged
    .flatMap(({ seen, reason, why }) =>
      why ? [] : [{ ...seen, is_constituent: true, reason, is_fallback: false }],
    )
    .toSorted((one, other) => place(one) - place(other));
  const fallen_back = own.length === 0 && fallback ? namedIn([fallback], roster, done) : [];
  const targets: Target[] = [...own];
  for (const { district, legislator, reason } of [...named, ...fallen_back]) {
    const { id } = legislator;
    if (targets.some((target) => target.legislator.id === id)) continue;
    const is_fallback = !named.some((one) => one.legislator.id === id);
    targets.push({ ...see(district, legislator), is_constituent: own_ids.has(id), reason, is_fallback });
  }
  return {
    targets,
    // One of the supporter's own whom the campaign falls back on is a target after all.
    untargeted: judged
      .filter(({ seen }) => !targets.some(({ legislator }) => legislator.id === seen.legislator.id))
      .flatMap(({ seen, why }) => (why ? [{ ...seen, is_constituent: true, why }] : [])),
    chambers,
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
  { known, roster }: SightParts,
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
