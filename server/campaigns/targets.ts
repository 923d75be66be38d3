import type { District, Legislator, Representation } from '../legislators/legislator.ts';
import type { Campaign, Position, PositionName, Stance } from './campaign.ts';

/** A legislator whom a campaign asks this supporter to contact. */
export interface Target {
  district: District;
  legislator: Legislator;
  /** What they did or said on the bill, where it is known. */
  position: Position | undefined;
  stance: Stance;
}

const FOR_THE_BILL: readonly PositionName[] = ['sponsor', 'cosponsor', 'voted_yes', 'says_support'];
const AGAINST_THE_BILL: readonly PositionName[] = ['voted_no', 'says_oppose'];

/** A position seen from what the campaign asks: a sponsor is an ally where it asks for support, an opponent where not. */
export function stanceOf(position: PositionName | undefined, ask: Campaign['ask']): Stance {
  if (position === undefined) return 'unknown';
  if (FOR_THE_BILL.includes(position)) return ask === 'support' ? 'ally' : 'opponent';
  if (AGAINST_THE_BILL.includes(position)) return ask === 'support' ? 'opponent' : 'ally';
  return 'unknown';
}

/** A legislator's latest position; of those on one day the one that stands last in the file. */
export function positionOf(campaign: Campaign, legislator_id: string): Position | undefined {
  return campaign.positions
    .filter((position) => position.person_id === legislator_id)
    .reduce<Position | undefined>(
      (latest, next) => (latest && latest.date > next.date ? latest : next),
      undefined,
    );
}

/**
 * Every member of the districts' targeted chambers: the campaign's first chamber first, then in the order of the districts,
 * each with its members as the roster has them (by family name).
 */
export function targetsOf(campaign: Campaign, representations: Representation[]): Target[] {
  const { chambers } = campaign.targets;
  return representations
    .filter(({ district }) => chambers.includes(district.org_classification))
    .flatMap(({ district, legislators }) => legislators.map((legislator) => ({ district, legislator })))
    .map(({ district, legislator }) => {
      const position = positionOf(campaign, legislator.id);
      return { district, legislator, position, stance: stanceOf(position?.position, campaign.ask) };
    })
    .toSorted(
      (a, b) =>
        chambers.indexOf(a.district.org_classification) - chambers.indexOf(b.district.org_classification),
    );
}
